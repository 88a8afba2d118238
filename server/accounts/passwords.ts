import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';

/** OWASP's second choice: 19 MiB, 2 passes, 1 lane; about 40 ms. The library's default algorithm is argon2id. */
const OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** A quarter of the processors, and a short line before them: a flood of logins must not starve the rest. */
const QUARTER = availableParallelism() / 4;
const AT_ONCE = Math.max(1, Math.floor(QUARTER));
/** How long a thread rests for each millisecond of work while others wait: of two processors one thread is more than a quarter. */
const REST = Math.max(0, AT_ONCE / QUARTER - 1);
const WAITING = 50;

let running = 0;
const line: (() => void)[] = [];

/** The line before the door is full. */
export class Busy extends Error {}

/** One more would be turned away. */
export const isCrowded = (): boolean => line.length >= WAITING;

async function inTurn<T>(job: (thread: Thread) => Promise<T>): Promise<T> {
  if (running >= AT_ONCE) {
    if (isCrowded()) throw new Busy('too many passwords at once');
    await new Promise<void>((resolve) => line.push(resolve));
  }
  running += 1;
  const thread = idle.pop() ?? new Thread();
  const began = performance.now();
  try {
    return await job(thread);
  } finally {
    const rest = line.length > 0 ? (performance.now() - began) * REST : 0;
    const next = (): void => {
      idle.push(thread);
      running -= 1;
      line.shift()?.();
    };
    if (rest > 0) setTimeout(next, rest);
    else next();
  }
}

interface Answer {
  readonly result: string | boolean | null;
}

/** One job after the other; it keeps the process alive only while it has one. */
class Thread {
  #worker: Worker | null = null;
  #waiting: { done(result: Answer['result']): void; failed(error: Error): void } | null = null;

  async ask(job: { readonly password: string; readonly stored?: string }): Promise<Answer['result']> {
    this.#worker ??= this.#start();
    const worker = this.#worker;
    worker.ref();
    try {
      return await new Promise((done, failed) => {
        this.#waiting = { done, failed };
        worker.postMessage({ ...job, options: OPTIONS });
      });
    } finally {
      this.#waiting = null;
      worker.unref();
    }
  }

  #start(): Worker {
    const worker = new Worker(new URL('./password-worker.mjs', import.meta.url), { execArgv: [] });
    worker.on('message', ({ result }: Answer) => this.#waiting?.done(result));
    const broken = (error: Error): void => {
      if (this.#worker === worker) this.#worker = null;
      this.#waiting?.failed(error);
    };
    worker.on('error', broken);
    worker.on('exit', (code) => broken(new Error(`the thread for passwords ended (${code})`)));
    return worker;
  }
}

const idle: Thread[] = [];

/** @throws Busy */
export function hashPassword(password: string): Promise<string> {
  return inTurn(async (thread) => {
    const made = await thread.ask({ password: password.normalize('NFKC') });
    if (typeof made !== 'string') throw new Error('a password was not hashed');
    return made;
  });
}

/** @throws Busy */
export function isPassword(stored: string, password: string): Promise<boolean> {
  return inTurn(async (thread) => (await thread.ask({ stored, password: password.normalize('NFKC') })) === true);
}

/** Those of this country that the list, which is of the whole world, may lack. */
const MORE = '66666666 88888888 12341234 a1234567 woaini1314 woaini520 administrator qwer1234 5201314a'.split(' ');

let common: ReadonlySet<string> | undefined;

/** Some fifty thousand that are tried first; read when the first password is chosen. */
function isCommon(lower: string): boolean {
  common ??= new Set([
    ...(createRequire(import.meta.url)(LIST) as PasswordList).dictionary['passwords-common'],
    ...MORE,
  ]);
  return common.has(lower);
}

const LIST = '@zxcvbn-ts/language-common';
interface PasswordList {
  readonly dictionary: { readonly 'passwords-common': readonly string[] };
}

/** Of the product and its duties; those of the house come with its brand. docs/security.md, Ways in. */
let product: readonly string[] | undefined;

/** Nothing but words that everybody here would try, with digits and signs between them: `Certflow@2026`, `admin-2026`. */
function isOfTheHouse(lower: string, words: readonly string[]): boolean {
  product ??= (createRequire(import.meta.url)('../data/password-words.json') as { readonly words: string[] }).words;
  const lettersOf = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\P{L}/gu, '');
  const own = words.map(lettersOf).filter((word) => word.length >= 2);
  const letters = lettersOf(lower);
  // The longest first: `administrator` is no `admin` with something behind it.
  const all = [...product, ...own].sort((a, b) => b.length - a.length);
  return letters !== '' && all.reduce((left, word) => left.replaceAll(word, ''), letters) === '';
}

/**
 * Length, common ones and words of the house only: rules about kinds of characters make passwords worse.
 * @param words names of the house, besides those of the product
 */
export function isAcceptable(password: string, account: string, words: readonly string[] = []): boolean {
  const plain = password.normalize('NFKC');
  const lower = plain.toLowerCase();
  return (
    plain.length >= 8 &&
    plain.length <= 128 &&
    lower !== account.toLowerCase() &&
    !isCommon(lower) &&
    !isOfTheHouse(lower, [account, ...words])
  );
}
