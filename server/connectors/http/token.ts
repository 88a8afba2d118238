import type { HttpOauth } from '../../../engine/model/http.ts';
import { objectIn } from '../../json.ts';
import { TechnicalFailure } from '../failure.ts';
import type { Credentials } from '../outside/credentials.ts';
import type { Outside } from '../outside/hosts.ts';

/** Before a token ends a new one is fetched. */
const early = 60_000;
/** A provider that does not say how long its token lives. */
const otherwise = 300;

/** Tokens by OAuth 2.0 client credentials: one is kept in memory until shortly before its end. */
export class Tokens {
  readonly #how: HttpOauth;
  readonly #credentials: Credentials;
  readonly #outside: Outside;
  #kept: { readonly token: string; readonly until: number } | null = null;
  #fetching: Promise<string> | null = null;

  constructor(how: HttpOauth, { credentials, outside }: { credentials: Credentials; outside: Outside }) {
    this.#how = how;
    this.#credentials = credentials;
    this.#outside = outside;
  }

  /** @throws TechnicalFailure when none is given, MissingCredential, HostRefused */
  async get(base: string, timeout: number): Promise<string> {
    if (this.#kept !== null && Date.now() < this.#kept.until) return this.#kept.token;
    this.#fetching ??= this.#fetch(base, timeout).finally(() => {
      this.#fetching = null;
    });
    return this.#fetching;
  }

  /** The other side does not take it any more, whatever it said of its end. */
  forget(token: string): void {
    if (this.#kept?.token === token) this.#kept = null;
  }

  async #fetch(base: string, timeout: number): Promise<string> {
    const { path, client, secret, scope } = this.#how;
    // RFC 6749, 2.3.1: both are form-encoded before they become the user and the password.
    const pair = [client, secret].map((name) => encodeURIComponent(this.#credentials.get(name))).join(':');
    const answer = await this.#outside.ask(base + path, {
      method: 'POST',
      headers: {
        accept: 'application/json',
        authorization: `Basic ${Buffer.from(pair).toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams({ grant_type: 'client_credentials', ...(scope ? { scope } : {}) }).toString(),
      timeout,
    });
    const said = parsed(answer.body.toString('utf8'));
    const { access_token: token, expires_in: seconds } = said;
    if (answer.status !== 200 || typeof token !== 'string' || !/^[\x21-\x7e]+$/.test(token))
      throw new TechnicalFailure('oauth', `HTTP ${answer.status}: no token`);
    const lives = (typeof seconds === 'number' && seconds > 0 ? seconds : otherwise) * 1_000;
    this.#kept = { token, until: Date.now() + Math.max(lives - early, lives / 2) };
    return token;
  }
}

function parsed(text: string): { readonly [name: string]: unknown } {
  try {
    return objectIn(JSON.parse(text));
  } catch {
    return {};
  }
}
