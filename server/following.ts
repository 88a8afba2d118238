import { deskTopic } from './cases/bus.ts';
import type { Cases } from './cases/cases.ts';
import type { MovableClock } from './clock.ts';
import type { Context } from './context.ts';
import type { Log } from './log.ts';
import type { Change, Listener } from './store/nodes.ts';
import { type Store, StoreDead, StoreUnavailable } from './store/store.ts';
import { toldOf } from './told.ts';

/** Cases that are read at once after others have changed them. */
const AT_ONCE = 16;

export interface FollowingDeps
  extends Pick<Context, 'batches' | 'works' | 'boards' | 'portalClients' | 'deskNotices' | 'released'> {
  readonly cases: Pick<Cases, 'heard'>;
  readonly bus: Pick<Context['bus'], 'tell'>;
  readonly refusals: { heard(): Promise<void> };
  readonly keys: Pick<Context['keys']['keys'], 'reload'>;
  readonly raw: Pick<Store, 'readDocument'>;
  readonly clock: MovableClock;
  readonly log: Log;
}

/** What this node does when another one has changed something: whatever is kept in memory of it is made anew. */
export function following(deps: FollowingDeps): Listener {
  async function hearDocument({ kind, id }: Change): Promise<void> {
    switch (kind) {
      case 'board':
        return deps.boards.heard(id);
      case 'portalClient':
        return deps.portalClients.heard(id);
      case 'deskNotice':
        return deps.deskNotices.heard(id);
      case 'project':
        return deps.released();
      case 'keyring':
        return deps.keys.reload();
      case 'refusals':
        return deps.refusals.heard();
      case 'clock': {
        const offset = (await deps.raw.readDocument('clock', 'offset'))?.data as { ms: number } | undefined;
        return deps.clock.moveTo(deps.clock.real() + (offset?.ms ?? 0));
      }
      case 'batch':
        return deps.batches.heard(id);
      case 'work':
        deps.works.heard(id);
        return deps.bus.tell(deskTopic, 0);
    }
  }

  const one = async (change: Change): Promise<void> => {
    try {
      await (change.kind === 'case' ? deps.cases.heard(change.id) : hearDocument(change));
    } catch (error) {
      // Heard again when the database is back; what is damaged would keep everything else from being heard.
      if (error instanceof StoreUnavailable || error instanceof StoreDead) throw error;
      deps.log.error({ kind: change.kind, id: change.id, error: toldOf(error) }, 'a change was not followed');
    }
  };

  return {
    async hear(changes) {
      let cases: Change[] = [];
      const read = async (): Promise<void> => {
        for (let n = 0; n < cases.length; n += AT_ONCE) await Promise.all(cases.slice(n, n + AT_ONCE).map(one));
        cases = [];
      };
      // Documents keep their place: a case may need the key or the release that was written before it.
      for (const change of changes) {
        if (change.kind === 'case') cases.push(change);
        else {
          await read();
          await one(change);
        }
      }
      await read();
    },
    told: (topic, count) => deps.bus.tell(topic, count),
  };
}
