/**
 * The server's time: deadlines are counted by its clock, not by a device's clock that may be wrong.
 * Learned from the `Date` of its answers, which is exact to a second; small differences are not worth a jump.
 */
let offset = 0;
const TOLERANCE = 5000;

export function learnNow(date: string | null): void {
  const at = date === null ? Number.NaN : Date.parse(date);
  if (Number.isNaN(at)) return;
  const next = at - Date.now();
  if (Math.abs(next - offset) > TOLERANCE) offset = Math.abs(next) > TOLERANCE ? next : 0;
}

/** Epoch ms. */
export function now(): number {
  return Date.now() + offset;
}
