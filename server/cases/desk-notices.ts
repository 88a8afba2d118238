import type { Json } from '../../engine/model/json.ts';
import type { Clock } from '../clock.ts';
import type { Store } from '../store/store.ts';
import { type CaseBus, noticesTopic } from './bus.ts';

/** News for the desk about a case: a promise that presses, money that does not fit, a law that is broken. */
export interface DeskNotice {
  readonly key: string;
  readonly at: number;
  readonly caseId: string;
  /** The role that is told; null = whoever runs the hall. */
  readonly to: string | null;
  /** The people who are told, where it is not for everybody of a role. */
  readonly people?: readonly string[];
  readonly text: string;
}

export interface DeskNotices {
  /** Written under its key: telling twice tells once. */
  put(notice: Omit<DeskNotice, 'at'>): Promise<void>;
  /** Oldest first. */
  list(): Promise<readonly DeskNotice[]>;
  /** Somebody else has written or forgotten this one. */
  heard(key: string): Promise<void>;
  /** Forgets what was told of a case. */
  erase(caseId: string): Promise<void>;
}

/** Sealed as a whole by the store. */
const kind = 'deskNotice';

/** Older ones are nobody's news; the case's own history says what happened. */
const KEPT = 60 * 86_400_000;

/** All of them in memory, read when somebody first asks: every page of the desk counts them. */
export function createDeskNotices(store: Store, clock: Clock, bus: Pick<CaseBus, 'tell'>): DeskNotices {
  const written = new Map<string, DeskNotice>();
  let loading: Promise<void> | null = null;

  async function load(): Promise<void> {
    const old = clock.now() - KEPT;
    for await (const { id, document } of store.listDocuments(kind)) {
      const notice = named({ ...(document.data as unknown as DeskNotice), key: id });
      if (notice.at < old) await store.removeDocument(kind, id);
      else if (!written.has(id)) written.set(id, notice);
    }
  }

  async function all(): Promise<readonly DeskNotice[]> {
    loading ??= load().catch((error: unknown) => {
      loading = null;
      throw error;
    });
    await loading;
    return [...written.values()].sort((a, b) => a.at - b.at);
  }

  return {
    async put(given) {
      const at = written.get(given.key)?.at ?? clock.now();
      const { key, ...notice } = named({ ...given, at });
      await store.writeDocument(kind, key, notice as unknown as Json);
      written.set(key, { key, ...notice });
      bus.tell(noticesTopic, 0);
    },
    list: all,
    async heard(key) {
      const stored = await store.readDocument(kind, key);
      if (stored === null) written.delete(key);
      else written.set(key, named({ ...(stored.data as unknown as DeskNotice), key }));
      bus.tell(noticesTopic, 0);
    },
    async erase(caseId) {
      for (const { key } of (await all()).filter((one) => one.caseId === caseId)) {
        await store.removeDocument(kind, key);
        written.delete(key);
      }
    },
  };
}

/** The engine tells `role.<id>`, as of an address. */
function named(notice: DeskNotice): DeskNotice {
  return notice.to === null ? notice : { ...notice, to: notice.to.replace(/^role\./, '') };
}
