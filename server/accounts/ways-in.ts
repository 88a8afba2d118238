import type { KeyObject } from 'node:crypto';
import type { JsonObject } from '../../engine/model/json.ts';
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import type { Connectors } from '../connectors/index.ts';
import type { Context } from '../context.ts';
import type { Crypto } from '../crypto/crypto.ts';
import { objectIn } from '../json.ts';
import type { Log } from '../log.ts';
import type { Exclusive } from '../store/nodes.ts';
import type { Store } from '../store/store.ts';
import type { Accounts } from './accounts.ts';
import { CODE_MINUTES, createCodes } from './codes.ts';
import { createCompanies } from './companies.ts';
import { createIdentityProvider } from './identity-provider.ts';
import { createInvitations } from './invitations.ts';
import { createPortals, portalKey, portalsIn } from './portals.ts';
import { createSecondFactors } from './second-factor.ts';
import type { Limits } from './shared-limit.ts';

/** How people come in beside their password, and for whom they act. */
export type WaysIn = Pick<
  Context,
  'sms' | 'secondFactors' | 'invitations' | 'identityProvider' | 'portals' | 'companies'
>;

/** @throws ConfigError when the key of a portal in the environment is none */
export function createWaysIn(deps: {
  readonly config: Config;
  readonly accounts: Accounts;
  readonly store: Store;
  readonly crypto: Crypto;
  readonly clock: Clock;
  readonly log: Log;
  readonly connectors: Connectors;
  readonly exclusive: Exclusive;
  readonly limits: Limits;
  /** The hall's content in force. */
  hallContent(): JsonObject;
  brandName(): string;
  /** Somebody sends messages. */
  readonly sendsSms: boolean;
  /** What a portal of the sandbox signs with; null where there is none. */
  sandboxKey(portal: string): KeyObject | null;
}): WaysIn {
  const { config, accounts, store, crypto, clock, log, connectors, exclusive, limits, hallContent, brandName } = deps;
  const codeText = (): string | null => {
    const { code } = objectIn(hallContent().sms);
    return typeof code === 'string' ? code : null;
  };
  const codes = createCodes({
    ...{ store, crypto, clock, exclusive, limits, perAddress: config.development ? 1_000 : 20 },
    async send(mobile, code, key) {
      const text = codeText();
      if (text === null) throw new Error('the hall has no text for codes');
      const filled = text.replaceAll('{code}', code).replaceAll('{minutes}', String(CODE_MINUTES));
      const nowhere = { caseId: '', caseNumber: '', project: '', call: '', generation: 0 };
      await connectors.send({ by: 'sms', to: mobile, text: filled }, { ...nowhere, key: `code-${key}`, urgent: true });
    },
  });
  const companies = createCompanies({ store, crypto, clock, accounts, exclusive });
  const portalKeys = keysOfPortals(config.outside.env);
  return {
    sms: { codes, ready: () => deps.sendsSms && codeText() !== null },
    secondFactors: createSecondFactors({ accounts, crypto, clock, issuer: brandName }),
    invitations: createInvitations(store, crypto, clock),
    identityProvider:
      config.oidc &&
      createIdentityProvider({
        ...{ settings: config.oidc, accounts, store, crypto, clock, log },
        development: config.development,
      }),
    companies,
    portals: createPortals({
      ...{ accounts, companies, store, crypto, clock },
      portals: () => portalsIn(hallContent()),
      keyOf: (id) => portalKeys.get(id) ?? deps.sandboxKey(id),
    }),
  };
}

/** Keys of portals, by their id: CERTFLOW_PORTAL_KEY_<ID>. @throws ConfigError */
function keysOfPortals(env: Config['outside']['env']): ReadonlyMap<string, KeyObject> {
  const prefix = 'CERTFLOW_PORTAL_KEY_';
  const named = Object.entries(env).filter(([name]) => name.startsWith(prefix));
  return new Map(
    named.map(([name, text]) => [name.slice(prefix.length).toLowerCase().replaceAll('_', '-'), portalKey(name, text)]),
  );
}
