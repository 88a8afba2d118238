import type { FormLocale } from './types.ts';

/** Integer fen as yuan with two digits and thousands apart: 128000 -> `1,280.00`. */
export function yuan(fen: number): string {
  const whole = Math.trunc(Math.abs(fen) / 100);
  const rest = String(Math.round(Math.abs(fen) % 100)).padStart(2, '0');
  return `${fen < 0 ? '−' : ''}${String(whole).replace(/\B(?=(\d{3})+$)/g, ',')}.${rest}`;
}

/** The one way to write an amount: `1,280.00 元`, in English `1,280.00 CNY`. */
export function moneyText(fen: number, locale: FormLocale): string {
  return `${yuan(fen)} ${locale === 'en' ? 'CNY' : '元'}`;
}
