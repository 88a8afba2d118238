import type { Connectors } from '../../../server/connectors/index.ts';
import { openFileStore } from '../../../server/store/file/file-store.ts';
import { aloneNodes, type Nodes } from '../../../server/store/nodes.ts';
import type { Store } from '../../../server/store/store.ts';
import { createSimulatedDisk, type SimulatedDisk } from '../../server/store/simulated-disk.ts';
import type { Chance } from './chance.ts';
import type { VirtualClock } from './clock.ts';
import { type MortalDisk, mortalDisk } from './deaths.ts';
import type { Hall } from './hall.ts';

/** What a process of the hall stands on. */
export interface Ground {
  readonly store: Store;
  readonly nodes: Nodes;
  readonly clock: VirtualClock;
  readonly connectors: Connectors;
  /** Nothing that it says counts any more. */
  isDead(): boolean;
}

export interface PlaceOptions {
  readonly clock: VirtualClock;
  readonly connectors: Connectors;
  make(ground: Ground): Promise<Hall>;
  onError(text: string, about: object): void;
}

/** Where the processes of the hall run, and how they die. */
export interface Place {
  /** One that lives. */
  hall(how: Chance): Hall;
  /** One of them dies at one of its next writes. */
  doom(how: Chance): void;
  /** Nobody dies any more before the next doom. */
  spare(): void;
  /** Resolves when one has died. */
  died(): Promise<unknown>;
  /** What has died is followed by another process. @returns how it died */
  comeBack(how: Chance): Promise<string>;
  /** Moves the time; what becomes due on the way is done. */
  advance(how: Chance, ms: number): Promise<void>;
  idle(): Promise<void>;
  close(): Promise<void>;
}

/** One process on a data folder, whose disk loses what was not synchronised when the power goes. */
export async function onOneDisk({ clock, connectors, make, onError }: PlaceOptions): Promise<Place> {
  let disk: MortalDisk;
  let hall: Hall;
  async function boot(next: SimulatedDisk): Promise<void> {
    clock.forget();
    disk = mortalDisk(next);
    const onFatal = (message: string): void => onError('the store is dead', { message });
    const store = await openFileStore({ folder: '/data', io: disk.io, onFatal });
    hall = await make({ store, nodes: aloneNodes(), clock, connectors, isDead: () => false });
  }
  await boot(createSimulatedDisk());
  return {
    hall: () => hall,
    doom: (how) => disk.dieBefore(1 + how.below(16)),
    spare: () => disk.dieBefore(Number.POSITIVE_INFINITY),
    died: () => disk.disk.cut,
    async comeBack(how) {
      const power = how.percent(50);
      const what = `${power ? 'power cut' : 'killed'} before ${disk.diedBefore}`;
      const { disk: was } = disk;
      await boot(power ? was.afterCut(() => how.below(1 << 30) / (1 << 30)) : was.afterKill());
      return what;
    },
    advance: (_how, ms) => hall.jobs.advance(ms),
    idle: () => hall.jobs.idle(),
    close: async () => undefined,
  };
}
