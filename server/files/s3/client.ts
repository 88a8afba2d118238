import { setTimeout as pause } from 'node:timers/promises';
import { AwsV4Signer } from 'aws4fetch';
import { FilesUnavailable, sha256Of } from '../sealed-files.ts';
import type { ObjectStorage } from './settings.ts';

export interface Asked {
  readonly method: 'GET' | 'PUT' | 'DELETE';
  /** Below the bucket; empty for the bucket itself. */
  readonly key: string;
  readonly query?: { readonly [name: string]: string };
  readonly body?: Uint8Array;
  /** Only where there is none yet; else the answer is 412. */
  readonly onlyNew?: boolean;
}

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Buffer;
  /** What the storage calls the refusal (`NoSuchBucket`); empty where it says nothing. */
  readonly code: string;
}

/** Tries of one request, the first among them. */
const TRIES = 5;
const FIRST_WAIT = 100;
/** Slower than this, a transfer counts as cut: bytes per ms. */
const SLOWEST = 50;
const NOTHING = sha256Of(Buffer.alloc(0));

/**
 * Requests to a bucket, signed. Each of them may be given again, for none does anything more when it is done twice: so an
 * answer that is lost, late, cut or says that it is our fault no longer than now (5xx, 429) is asked for once more.
 */
export class S3Client {
  readonly #storage: ObjectStorage;
  /** Why the last request came to nothing; null when it was answered. */
  #trouble: string | null = null;

  constructor(storage: ObjectStorage) {
    this.#storage = storage;
  }

  get trouble(): string | null {
    return this.#trouble;
  }

  /** Answers below 300, 404 and 412. @throws FilesUnavailable, S3Refused */
  async ask(asked: Asked, tries = TRIES): Promise<Answered> {
    for (let nth = 1; ; nth += 1) {
      const answer = await this.#try(asked).catch((error: unknown) => reasonOf(error));
      const again = typeof answer === 'string' || isPassing(answer);
      if (!again) {
        // A thing that is not there is an answer; a bucket that is not there is none.
        if (answer.status < 300 || answer.status === 412 || (answer.status === 404 && answer.code !== 'NoSuchBucket')) {
          this.#trouble = null;
          return answer;
        }
        this.#trouble = wordsOf(answer);
        throw new S3Refused(answer);
      }
      if (nth >= tries) {
        this.#trouble = typeof answer === 'string' ? answer : wordsOf(answer);
        throw new FilesUnavailable(this.#trouble);
      }
      // Not all at the same moment again.
      await pause(FIRST_WAIT * 2 ** (nth - 1) * (0.5 + Math.random()));
    }
  }

  /** An address that gives whoever has it these bytes, sealed, for so long. */
  async presign(key: string, seconds: number): Promise<string> {
    const url = this.#url(key, { 'X-Amz-Expires': String(seconds) });
    const signed = await new AwsV4Signer({ ...this.#keys(), method: 'GET', url, signQuery: true }).sign();
    return signed.url.href;
  }

  async #try({ method, key, query = {}, body, onlyNew = false }: Asked): Promise<Answered> {
    const url = this.#url(key, query);
    const headers: { [name: string]: string } = { 'x-amz-content-sha256': body ? sha256Of(body) : NOTHING };
    if (body) headers['content-type'] = 'application/octet-stream';
    if (onlyNew) headers['if-none-match'] = '*';
    const signed = await new AwsV4Signer({ ...this.#keys(), method, url, headers }).sign();
    const { timeout } = this.#storage;
    const response = await fetch(signed.url, {
      method,
      headers: signed.headers,
      redirect: 'manual',
      signal: AbortSignal.timeout(Math.ceil(timeout + (body?.length ?? MOST_READ) / SLOWEST)),
      ...(body && { body: Buffer.from(body) }),
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    const { status } = response;
    const code = status < 300 ? '' : (/<Code>([A-Za-z0-9]+)<\/Code>/.exec(bytes.toString('utf8'))?.[1] ?? '');
    return { status, headers: response.headers, bytes, code };
  }

  #keys() {
    const { keyId, secret, region } = this.#storage;
    return { accessKeyId: keyId, secretAccessKey: secret, region, service: 's3' };
  }

  #url(key: string, query: { readonly [name: string]: string }): string {
    const { endpoint, bucket, addressing } = this.#storage;
    const url = new URL(endpoint);
    if (addressing === 'host') url.hostname = `${bucket}.${url.hostname}`;
    const path = addressing === 'host' ? [key] : [bucket, key];
    url.pathname = path.filter((part) => part !== '').join('/');
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    return url.href;
  }
}

/** An answer of so many bytes is waited for, at the slowest. */
const MOST_READ = 1_000_000;

/** The storage answered, and will not do it: asking again would not help. */
export class S3Refused extends FilesUnavailable {
  readonly status: number;
  readonly code: string;
  constructor(answer: Pick<Answered, 'status' | 'code'>) {
    super(wordsOf(answer));
    this.name = 'S3Refused';
    this.status = answer.status;
    this.code = answer.code;
  }
}

const wordsOf = ({ status, code }: Pick<Answered, 'status' | 'code'>): string =>
  code === '' ? `status ${status}` : `${code} (${status})`;

const PASSING: ReadonlySet<string> = new Set(['RequestTimeout', 'SlowDown', 'InternalError', 'ServiceUnavailable']);

const isPassing = ({ status, code }: Answered): boolean => status >= 500 || status === 429 || PASSING.has(code);

/** Of a connection: the name of what happened, never an address with a signature. @throws whatever is no failure of one */
function reasonOf(error: unknown): string {
  const { name, cause } = error as Error;
  if (name === 'TimeoutError') return 'no answer in time';
  // How `fetch` says that a connection failed.
  if (!(error instanceof TypeError)) throw error;
  const code = (cause as NodeJS.ErrnoException | undefined)?.code;
  return code ?? name;
}
