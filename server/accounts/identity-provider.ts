import { randomBytes } from 'node:crypto';
import * as oidc from 'openid-client';
import type { Json } from '../../engine/model/json.ts';
import type { Clock } from '../clock.ts';
import type { OidcConfig } from '../config.ts';
import type { Crypto } from '../crypto/crypto.ts';
import { Fault } from '../fault.ts';
import type { Log } from '../log.ts';
import type { Grant } from '../policies/roles.ts';
import { Conflict, type Store } from '../store/store.ts';
import type { Person } from './account.ts';
import { personOf } from './account.ts';
import type { Accounts } from './accounts.ts';
import { cleanName } from './accounts.ts';

/** The house's own identity provider: OpenID Connect, authorization code with PKCE. */
export interface IdentityProvider {
  readonly title: string;
  /** @param back where the provider sends the browser @returns where the browser goes, and what it keeps until then */
  begin(back: string, next: string): Promise<{ readonly url: string; readonly token: string }>;
  /**
   * The browser is back. @param token what it kept @throws Fault provider-failed, provider-weak, provider-no-role, too late included
   */
  finish(back: URL, token: string): Promise<{ readonly person: Person; readonly next: string }>;
}

interface Flow {
  readonly verifier: string;
  readonly state: string;
  readonly nonce: string;
  readonly next: string;
  readonly until: number;
}

export const FLOW_LIFE = 10 * 60_000;
const KIND = 'oidcFlow';

export function createIdentityProvider(deps: {
  readonly settings: OidcConfig;
  readonly accounts: Accounts;
  readonly store: Store;
  readonly crypto: Crypto;
  readonly clock: Clock;
  readonly log: Log;
  readonly development: boolean;
}): IdentityProvider {
  const { settings, accounts, store, crypto, clock, log } = deps;
  let known: Promise<oidc.Configuration> | null = null;
  // Asked for when somebody logs in: a provider that is down must not keep the hall from starting.
  const configuration = (): Promise<oidc.Configuration> => {
    known ??= oidc
      .discovery(new URL(settings.issuer), settings.clientId, settings.clientSecret, undefined, {
        // A token is believed for its signature, not for the line that it came by.
        execute: [oidc.enableNonRepudiationChecks, ...(deps.development ? [oidc.allowInsecureRequests] : [])],
        timeout: 10,
      })
      .catch((error: Error) => {
        known = null;
        log.error({ error: error.name }, 'the identity provider cannot be asked');
        throw new Fault(503, 'provider-failed');
      });
    return known;
  };
  const idOf = (token: string): string => crypto.digest('oidcFlow', token);

  /** What the provider says of somebody, as roles of ours. */
  function grantsOf(claims: { readonly [name: string]: unknown }): readonly Grant[] {
    const said = claims[settings.claim];
    const values = (Array.isArray(said) ? said : [said]).filter((one): one is string => typeof one === 'string');
    const grants = values.flatMap((value) =>
      Object.hasOwn(settings.roles, value) ? (settings.roles[value] ?? []) : [],
    );
    return grants.filter(
      (grant, at) => grants.findIndex((one) => JSON.stringify(one) === JSON.stringify(grant)) === at,
    );
  }

  async function personFor(claims: oidc.IDToken): Promise<Person> {
    const grants = grantsOf(claims);
    if (grants.length === 0) throw new Fault(403, 'provider-no-role');
    const name = cleanName(String(claims.name ?? claims.preferred_username ?? claims.sub).slice(0, 40));
    const identity = `oidc\0${claims.iss}\0${claims.sub}`;
    const found = await accounts.book.find('identity', identity);
    if (found?.disabled) throw new Fault(403, 'provider-no-role');
    const account = found
      ? await accounts.book.update(found.id, (now) => ({ ...now, name, grants, provided: true }))
      : await accounts.book.create({ ...{ account: '', name, grants, password: null }, provided: true, identity });
    return personOf(account);
  }

  return {
    title: settings.title,
    async begin(back, next) {
      const config = await configuration();
      const token = randomBytes(32).toString('base64url');
      const flow: Flow = {
        verifier: oidc.randomPKCECodeVerifier(),
        state: oidc.randomState(),
        nonce: oidc.randomNonce(),
        next,
        until: clock.real() + FLOW_LIFE,
      };
      await store.writeDocument(KIND, idOf(token), flow as unknown as Json);
      const url = oidc.buildAuthorizationUrl(config, {
        redirect_uri: back,
        scope: settings.scope,
        code_challenge: await oidc.calculatePKCECodeChallenge(flow.verifier),
        code_challenge_method: 'S256',
        state: flow.state,
        nonce: flow.nonce,
        ...(settings.acr.length > 0 && { acr_values: settings.acr.join(' ') }),
        ...(settings.maxAge !== null && { max_age: String(settings.maxAge) }),
      });
      return { url: url.href, token };
    },
    async finish(back, token) {
      const id = idOf(token);
      const stored = await store.readDocument(KIND, id);
      if (!stored) throw new Fault(403, 'provider-failed');
      const flow = stored.data as unknown as Flow;
      // One try: whatever comes back belongs to this one journey.
      await store.removeDocument(KIND, id, stored.version).catch((error: unknown) => {
        throw error instanceof Conflict ? new Fault(403, 'provider-failed') : error;
      });
      if (flow.until <= clock.real()) throw new Fault(403, 'provider-failed');
      const tokens = await oidc
        .authorizationCodeGrant(await configuration(), back, {
          pkceCodeVerifier: flow.verifier,
          expectedState: flow.state,
          expectedNonce: flow.nonce,
          idTokenExpected: true,
          // `auth_time` has to be there then, and to be young enough.
          ...(settings.maxAge !== null && { maxAge: settings.maxAge }),
        })
        .catch((error: Error) => {
          log.warn({ error: error.name }, 'a login by the identity provider was refused');
          throw new Fault(403, 'provider-failed');
        });
      const claims = tokens.claims();
      if (!claims) throw new Fault(403, 'provider-failed');
      if (settings.acr.length > 0 && !settings.acr.includes(String(claims.acr))) {
        // It was asked for only: a provider may let somebody in who showed less.
        log.warn('a login by the identity provider was weaker than asked for');
        throw new Fault(403, 'provider-weak');
      }
      return { person: await personFor(claims), next: flow.next };
    },
  };
}
