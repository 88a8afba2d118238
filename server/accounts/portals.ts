import { createPublicKey, createSecretKey, type KeyObject } from 'node:crypto';
import { type JWTPayload, jwtVerify } from 'jose';
import type { Json } from '../../engine/model/json.ts';
import type { Clock } from '../clock.ts';
import { ConfigError } from '../config.ts';
import type { Crypto } from '../crypto/crypto.ts';
import { Fault } from '../fault.ts';
import { isObject } from '../json.ts';
import { APPLICANT } from '../policies/roles.ts';
import { Conflict, type Store } from '../store/store.ts';
import { type Person, personOf } from './account.ts';
import type { Accounts } from './accounts.ts';
import { cleanName } from './accounts.ts';
import type { Companies } from './companies.ts';

/** A portal of others whose logged-in people come over without logging in again (content `hall`, `portals`). */
export interface Portal {
  readonly id: string;
  readonly title: string;
  /** Projects that it may send people to. */
  readonly projects: readonly string[];
}

/** Somebody came over. */
export interface Arrival {
  readonly person: Person;
  readonly project: string;
  /** The company that the portal vouches for. */
  readonly company: string;
}

export interface Portals {
  /**
   * Takes a signed token: of a portal that is known, for one of its projects, not older than five minutes, once.
   * @throws Fault jump-invalid, jump-used
   */
  arrive(token: string): Promise<Arrival>;
  sweep(): Promise<void>;
}

/** The longest that a token may be good for, whatever it says. */
const LONGEST = 5 * 60;
/** Clocks of two houses differ. */
const TOLERANCE = 30;
const AUDIENCE = 'certflow-hall';

/** What a portal signs: JWT with `iss` its id, `aud` certflow-hall, `sub` its user, `jti`, `iat`, `exp`. */
interface Said extends JWTPayload {
  readonly project: string;
  readonly name: string;
  readonly company: { readonly number: string; readonly name: string };
}

export function createPortals(deps: {
  readonly portals: () => readonly Portal[];
  /** Null where none is set: then nobody comes from there. */
  readonly keyOf: (portal: string) => KeyObject | null;
  readonly accounts: Accounts;
  readonly companies: Companies;
  readonly store: Store;
  readonly crypto: Crypto;
  readonly clock: Clock;
}): Portals {
  const { accounts, companies, store, crypto, clock } = deps;

  async function verified(token: string): Promise<{ readonly said: Said; readonly portal: Portal; until: number }> {
    const refuse = (): never => {
      throw new Fault(403, 'jump-invalid');
    };
    try {
      const { payload } = await jwtVerify(
        token,
        ({ alg }, { payload: part }) => {
          const { iss } = JSON.parse(Buffer.from(String(part), 'base64url').toString('utf8')) as { iss?: unknown };
          const key = deps.portals().some(({ id }) => id === iss) ? deps.keyOf(String(iss)) : null;
          // A secret signs with HMAC and a key pair with its own: a public key must never be taken for a secret.
          if (!key || (key.type === 'secret') !== (alg === 'HS256')) throw new Error('no such key');
          return key;
        },
        {
          algorithms: ['HS256', 'EdDSA', 'RS256', 'ES256'],
          audience: AUDIENCE,
          requiredClaims: ['iss', 'sub', 'jti', 'iat', 'exp'],
          maxTokenAge: LONGEST,
          clockTolerance: TOLERANCE,
          currentDate: new Date(clock.real()),
        },
      );
      const portal = deps.portals().find(({ id }) => id === payload.iss);
      if (!portal || !isSaid(payload) || !portal.projects.includes(payload.project)) return refuse();
      return { said: payload, portal, until: ((payload.exp ?? 0) + TOLERANCE) * 1000 };
    } catch {
      return refuse();
    }
  }

  return {
    async arrive(token) {
      const { said, portal, until } = await verified(token);
      const use = crypto.digest('jump', `${portal.id}\0${said.jti}`);
      try {
        await store.writeDocument('jump', use, { until } satisfies Json, 0);
      } catch (error) {
        if (error instanceof Conflict) throw new Fault(403, 'jump-used');
        throw error;
      }
      const identity = `portal\0${portal.id}\0${said.sub}`;
      const name = cleanName(said.name.slice(0, 40));
      const found = await accounts.book.find('identity', identity);
      if (found?.disabled) throw new Fault(403, 'jump-invalid');
      const grants = [{ role: APPLICANT, projects: null }];
      const account =
        found ?? (await accounts.book.create({ ...{ account: '', name, grants, password: null }, identity }));
      const company = await companies.vouch(account.id, said.company);
      const now = (await accounts.book.read(account.id)) ?? account;
      return { person: personOf(now), project: said.project, company };
    },
    async sweep() {
      for await (const { id, document } of store.listDocuments('jump')) {
        if ((document.data as { until: number }).until <= clock.real()) await store.removeDocument('jump', id);
      }
    },
  };
}

function isSaid(payload: JWTPayload): payload is Said {
  const { project, name, company, jti, sub } = payload;
  const isText = (value: unknown, most: number): boolean =>
    typeof value === 'string' && value.trim() !== '' && value.length <= most;
  return (
    isText(project, 80) &&
    isText(name, 40) &&
    isText(jti, 200) &&
    isText(sub, 200) &&
    isObject(company) &&
    isText(company.number, 40) &&
    isText(company.name, 120)
  );
}

/** A key as it is written in the environment: PEM of a public key, or base64 of a shared secret. @throws ConfigError */
export function portalKey(name: string, text: string): KeyObject {
  if (text.includes('-----BEGIN')) {
    try {
      return createPublicKey(text.replaceAll('\\n', '\n'));
    } catch {
      throw new ConfigError(`${name} is no public key in PEM`);
    }
  }
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length < 32) throw new ConfigError(`${name} must be a public key in PEM or 32 bytes or more in base64`);
  return createSecretKey(bytes);
}

/** The portals that the hall's content names. */
export function portalsIn(content: Json | undefined): readonly Portal[] {
  const listed = isObject(content) && Array.isArray(content.portals) ? content.portals : [];
  return listed.flatMap((one) => {
    if (!isObject(one) || typeof one.id !== 'string' || typeof one.title !== 'string') return [];
    const projects = Array.isArray(one.projects) ? one.projects.filter((id) => typeof id === 'string') : [];
    return [{ id: one.id, title: one.title, projects: projects as string[] }];
  });
}
