import { hash, verify } from '@node-rs/argon2';

/** OWASP's second choice: 19 MiB, 2 passes, 1 lane; about 40 ms. The library's default algorithm is argon2id. */
const OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** At most two at the same time and a short line behind them: a flood of logins must not starve the rest. */
const AT_ONCE = 2;
const WAITING = 50;

let running = 0;
const line: (() => void)[] = [];

/** The line before the door is full. */
export class Busy extends Error {}

async function inTurn<T>(job: () => Promise<T>): Promise<T> {
  if (running >= AT_ONCE) {
    if (line.length >= WAITING) throw new Busy('too many passwords at once');
    await new Promise<void>((resolve) => line.push(resolve));
  }
  running += 1;
  try {
    return await job();
  } finally {
    running -= 1;
    line.shift()?.();
  }
}

/** @throws Busy */
export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(password.normalize('NFKC'), OPTIONS));
}

/** @throws Busy */
export function isPassword(stored: string, password: string): Promise<boolean> {
  return inTurn(() => verify(stored, password.normalize('NFKC')));
}

const COMMON = new Set(
  '12345678 123456789 1234567890 password password1 qwertyui qwerty123 11111111 88888888 00000000 66666666 12341234 abcd1234 a1234567 abc12345 1qaz2wsx iloveyou asdfghjk zxcvbnm1 woaini1314 admin123 administrator'.split(
    ' ',
  ),
);

/** Length and common ones only: rules about kinds of characters make passwords worse. */
export function isAcceptable(password: string, account: string): boolean {
  const plain = password.normalize('NFKC');
  const lower = plain.toLowerCase();
  return plain.length >= 8 && plain.length <= 128 && lower !== account.toLowerCase() && !COMMON.has(lower);
}
