/** The unified social credit code (GB 32100-2015) of a fictional company. @param serial 0 to 9,999,999 */
export function creditCode(serial: number): string {
  const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
  const stem = `91990000MA${String(serial).padStart(7, '0')}`;
  const sum = [...stem].reduce((total, letter, n) => total + alphabet.indexOf(letter) * (3 ** n % 31), 0);
  return stem + alphabet[(31 - (sum % 31)) % 31];
}
