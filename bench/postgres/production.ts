import * as engine from '../../engine/index.ts';
import { createBus } from '../../server/cases/bus.ts';
import { Cases } from '../../server/cases/cases.ts';
import { createDeskNotices } from '../../server/cases/desk-notices.ts';
import { describing, listedBy } from '../../server/cases/listed.ts';
import { createNumbers } from '../../server/cases/numbers.ts';
import { createReservations } from '../../server/cases/reservations.ts';
import { searchKeys } from '../../server/cases/search-keys.ts';
import { createSecrets } from '../../server/cases/secrets.ts';
import { createCrypto } from '../../server/crypto/crypto.ts';
import { parseKeyRing } from '../../server/crypto/keys.ts';
import type { Log } from '../../server/log.ts';
import type { Releases } from '../../server/releases/releases.ts';
import { openPostgres } from '../../server/store/postgres/open.ts';
import { sealedStore } from '../../server/store/sealed.ts';
import { sensitiveSchemas } from '../../server/store/sensitive-schemas.ts';
import type { CaseDocument } from '../../server/store/store.ts';
import { hallOn, wayOf } from '../store/hall.ts';
import { definitionOf } from './complete.ts';

const FORM = 'bench';
const silent = (): void => undefined;
const log = { debug: silent, info: silent, warn: silent, trace: silent, error: silent } as unknown as Log;
const calendar = { offsetMinutes: 480, exceptions: {}, until: '2030-12-31' };

/** The server's own parts between HTTP and the database, as `server.ts` puts them together for several nodes. */
export interface Production {
  /** The next step of whoever walks under this name: cases go their whole way, one after the other. */
  step(walker: string): Promise<void>;
  /** What lists keep of a case, as the step writes it that made the last entry of its journal. */
  beside(document: CaseDocument): NonNullable<CaseDocument['beside']>;
  stop(): Promise<void>;
}

/** @param url of an empty database */
export async function openProduction(url: string): Promise<Production> {
  const definition = definitionOf();
  const way = wayOf(definition);
  const crypto = createCrypto(parseKeyRing(`bench:${Buffer.alloc(32, 5).toString('base64')}`));
  const { store: raw, nodes } = await openPostgres({ url, onFatal: fail, isShared: true });
  let cases: Cases | null = null;
  const hall = await hallOn(way, false, async (clock) => {
    const store = sealedStore(
      raw,
      crypto,
      async () => sensitiveSchemas(definition),
      async () => describing(definition, cases as Cases, crypto, FORM),
    );
    const bus = createBus((topic, revision) => nodes.tell(topic, revision));
    cases = new Cases({
      ...{ store, engine, clock, calendar, bus, log },
      releases: { definition: async () => definition } as unknown as Releases,
      secrets: createSecrets(crypto),
      reservations: createReservations(store, crypto, nodes),
      numbers: createNumbers(store, clock),
      deskNotices: createDeskNotices(store, clock, bus),
      keysOf: (of, state) => searchKeys(crypto, of, state),
      isShared: true,
      listed: listedBy(raw.listing, crypto, FORM),
    });
    return { cases, close: () => raw.close() };
  });
  const walkers = new Map<string, { id: string; n: number; place: number }>();
  let count = 0;
  return {
    async step(walker) {
      const at = walkers.get(walker);
      if (at === undefined || at.place === way.recorded.length) {
        const n = count++;
        walkers.set(walker, { id: await hall.start(n), n, place: 0 });
      } else {
        await hall.step(at.id, at.n, at.place);
        at.place += 1;
      }
    },
    beside(document) {
      const describe = describing(definition, cases as Cases, crypto, FORM);
      const { course } = describe({ ...document, journal: document.journal.slice(0, -1) }, { course: null });
      return describe(document, { course });
    },
    stop: hall.close,
  };
}

function fail(message: string): never {
  throw new Error(message);
}
