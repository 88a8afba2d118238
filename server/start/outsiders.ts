import { join } from 'node:path';
import { portalsIn } from '../accounts/portals.ts';
import type { Cases } from '../cases/cases.ts';
import type { MovableClock } from '../clock.ts';
import type { Config } from '../config.ts';
import { createClients } from '../connectors/clients.ts';
import { type Connectors, createConnectors } from '../connectors/index.ts';
import { createBreaker } from '../connectors/outside/breaker.ts';
import { createCredentials } from '../connectors/outside/credentials.ts';
import type { createOutside } from '../connectors/outside/hosts.ts';
import { createReferences } from '../connectors/outside/references.ts';
import { createRefusals } from '../connectors/outside/refusals.ts';
import { createLedger } from '../connectors/payment/ledger.ts';
import { createUntold } from '../connectors/payment/untold.ts';
import { sandboxPayment } from '../connectors/sandbox/payment.ts';
import type { Crypto } from '../crypto/crypto.ts';
import { createInbox } from '../jobs/inbox.ts';
import type { Log } from '../log.ts';
import { createSandbox } from '../sandbox/index.ts';
import type { Store } from '../store/store.ts';
import type { InForce } from './in-force.ts';

interface Given {
  readonly config: Config;
  readonly store: Store;
  readonly crypto: Crypto;
  readonly cases: Cases;
  readonly clock: MovableClock;
  readonly log: Log;
  readonly inForce: InForce;
  readonly hosts: ReturnType<typeof createOutside>;
  /** Another outside world; null = the real clients, and the sandbox in development. */
  readonly connectors: Connectors | null;
}

/** The other systems: whatever connectors reach, as real clients or as the sandbox's, and what is remembered of them. */
export async function openOutsiders(given: Given) {
  const { config, store, crypto, cases, clock, log, inForce, hosts } = given;
  /** What the sandbox's portals sign with; a portal with a key of its own in the environment is a real one. */
  const portalSecret = (id: string): string => crypto.digest('sandbox-portal', id);
  const { outside: world } = config;
  const pays = ['CERTFLOW_WECHAT_MCHID', 'CERTFLOW_ALIPAY_APP_ID'].some((name) => world.env[name]);
  // Its keys are made with a library that production never loads.
  const merchant =
    config.sandbox && !pays
      ? await (await import('../sandbox/merchant.ts')).loadMerchant(join(config.dataDir, 'sandbox'))
      : null;
  const sandbox = config.sandbox
    ? createSandbox({
        ...{ dataDir: config.dataDir, contracts: inForce.contracts, merchant },
        portals: () => portalsIn(inForce.hallContent()).map((one) => ({ ...one, key: portalSecret(one.id) })),
        log: (line) => log.warn({ line }, 'sandbox'),
      })
    : null;
  const refusals = await createRefusals(store, clock, log);
  const breaker = createBreaker(clock);
  const http = {
    outside: hosts,
    credentials: createCredentials(world.env),
    references: createReferences(store),
    publicUrl: world.publicUrl,
    baseOf: (id: string) => world.env[`CERTFLOW_BASE_${id.replaceAll('-', '_').toUpperCase()}`],
  };
  /** Where the sandbox calls us back; known when we listen. */
  let ownUrl = '';
  const inbox = createInbox(cases, log);
  const ledger = createLedger(store);
  const untold = createUntold(store);
  const warn = (reason: string) => log.error({ reason }, 'left for the next start');
  const real = [...createClients({ ...http, env: world.env, inbox, store, ledger, untold, warn, now: clock.now })];
  if (sandbox && merchant) {
    const { references } = http;
    const tools = { references, inbox, ledger, untold, warn, now: clock.now, publicUrl: () => ownUrl };
    real.push(sandboxPayment(merchant, sandbox.platforms, tools));
  }
  const connectors = given.connectors ?? createConnectors({ sandbox, http, breaker, real });
  return {
    sandbox,
    connectors,
    refusals,
    breaker,
    inbox,
    ledger,
    portalSecret,
    /** What was asked and not answered before the last stop. */
    async recover(): Promise<void> {
      for (const client of real) await client.recover?.();
    },
    /** @param url of this server, once it listens */
    areCalledBackAt(url: string): void {
      ownUrl = url;
    },
  };
}
