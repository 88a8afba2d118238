import { learnNow } from '../app/now.ts';
import { locale, t } from '../app/texts/index.ts';
import { Fault, faultOf } from './fault.ts';
import { sessionLost } from './session-loss.ts';

export interface RequestOptions {
  readonly signal?: AbortSignal;
  /** Lets the browser finish the request although the page is being left. Bodies up to 64 kB. */
  readonly keepalive?: boolean;
}

/**
 * One JSON request to our own server.
 * @throws Fault for every answer that is not 2xx and when the server cannot be reached; AbortError when aborted.
 */
export async function request<T>(
  method: string,
  path: string,
  body?: unknown,
  options: RequestOptions = {},
): Promise<T> {
  const answer = await ask(method, path, body, options);
  const text = await answer.text().catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new Fault(0, 'offline', t('fault.offline'));
  });
  try {
    return (text === '' ? undefined : JSON.parse(text)) as T;
  } catch {
    throw new Fault(answer.status, 'unreadable', t('fault.unreadable', { status: answer.status }));
  }
}

/** A file that the server makes for this request. @throws Fault, as above */
export async function requestFile(path: string, body: unknown): Promise<Blob> {
  return (await ask('POST', path, body, {})).blob();
}

async function ask(method: string, path: string, body: unknown, options: RequestOptions): Promise<Response> {
  const headers = { accept: 'application/json', 'accept-language': locale() };
  const init: RequestInit = { method, credentials: 'same-origin', headers };
  if (method !== 'GET') {
    init.headers = { ...headers, 'content-type': 'application/json' };
    init.body = JSON.stringify(body ?? {});
  }
  if (options.signal) init.signal = options.signal;
  if (options.keepalive) init.keepalive = true;
  let answer: Response;
  try {
    answer = await fetch(path, init);
    learnNow(answer.headers.get('date'));
    if (answer.ok) return answer;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new Fault(0, 'offline', t('fault.offline'));
  }
  const text = await answer.text().catch(() => '');
  const fault = faultOf(answer.status, text, t('fault.unreadable', { status: answer.status }));
  if (fault.loggedOut) sessionLost();
  throw fault;
}

/** `?a=1&b=2` of the parameters that have a value, or nothing. */
export function query(params: { readonly [name: string]: string | number | undefined }): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (value !== undefined && value !== '') search.set(name, String(value));
  }
  const text = search.toString();
  return text === '' ? '' : `?${text}`;
}
