import type { Definition } from '../../../engine/model/definition.ts';
import { StoreCorrupt } from '../../../server/store/store.ts';
import { createSimulatedDisk, type SimulatedDisk } from '../../server/store/simulated-disk.ts';
import { type Chance, chance } from '../world/chance.ts';
import { createVirtualClock, type VirtualClock } from '../world/clock.ts';
import { type House, openHouse } from './house.ts';
import { createProvider } from './provider.ts';
import { SealedTruth } from './sealed.ts';
import { Truth } from './truth.ts';

/** How a process ends. */
type End = 'cut' | 'kill' | 'stop' | 'full' | 'failed';

export interface ChainReport {
  readonly cycles: number;
  readonly acknowledged: number;
  /** How often a process ended how. */
  readonly ends: { readonly [end in End]?: number };
  readonly flips: number;
  readonly restarts: { readonly index: number; readonly scan: number };
  readonly violations: readonly string[];
}

const hour = 3_600_000;
const owner = 'writer/one';
const applicant = { id: owner, roles: ['applicant'] };
const most = 3;

/**
 * One disk and the processes that use it one after the other. Each works for a while (persons press buttons, two at a
 * time on one case; somebody looks; time passes; the outbox asks the provider) until it ends at an operation of the disk,
 * also in the middle of its start or its stop. The next one has to come up by itself and to know all that was told.
 */
export class Chain {
  readonly #how: Chance;
  readonly #definition: Definition;
  readonly #clock: VirtualClock = createVirtualClock(Date.parse('2026-03-02T01:00:00Z'));
  readonly #provider = createProvider();
  readonly #truth = new Truth();
  readonly #ends: { [end in End]?: number } = {};
  readonly #restarts = { index: 0, scan: 0 };
  #disk: SimulatedDisk;
  #house!: House;
  /** The process of now: what a dead one would still have said, nobody hears. */
  #life = { over: false };
  #flips = 0;
  #presses = 0;
  #cycles = 0;

  readonly #sealed: SealedTruth | null;

  constructor(seed: number, definition: Definition, isSealed = false) {
    this.#sealed = isSealed ? new SealedTruth() : null;
    this.#how = chance(seed);
    this.#definition = definition;
    const pace = chance(-seed);
    this.#disk = createSimulatedDisk(() => pace.below(10));
  }

  /** So many processes, then one that nothing happens to, in which everything comes to rest. `at`: from which operation on they end. */
  async play(cycles: number, at: number): Promise<ChainReport> {
    for (let n = 0; n < cycles && this.#truth.wrongs.length === 0; n += 1) await this.#cycle(1 + ((at + n * 7) % 83));
    if (this.#truth.wrongs.length === 0) await this.#rest();
    return {
      cycles: this.#cycles,
      acknowledged: this.#truth.count,
      ends: this.#ends,
      flips: this.#flips,
      restarts: this.#restarts,
      violations: this.#truth.wrongs,
    };
  }

  async #cycle(at: number): Promise<void> {
    this.#cycles += 1;
    const end = this.#how.weighed<End>({ cut: 45, kill: 25, stop: 12, full: 9, failed: 9 });
    this.#ends[end] = (this.#ends[end] ?? 0) + 1;
    let die: () => void = () => undefined;
    const died = new Promise<void>((resolve) => {
      die = resolve;
    });
    if (end === 'cut' || end === 'kill') this.#disk.cutAt(at);
    if (end === 'full') this.#disk.failAt(at, 'ENOSPC', 'write');
    if (end === 'failed') this.#disk.failAt(at, 'EIO', this.#how.pick(['syncFile', 'rename', 'syncFolder'] as const));
    const work = this.#work(end, die);
    const gone = Promise.race([this.#disk.cut, died]).then(() => 'gone' as const);
    const done = await Promise.race([gone, work.then((how) => how)]);
    if (done === 'refused') this.#truth.wrongs.push(`cycle ${this.#cycles}: the store did not come up by itself`);
    this.#life.over = true;
    this.#disk.cutAt(0);
    const power = end === 'cut' || (end === 'failed' && this.#how.percent(50)) || this.#how.percent(10);
    this.#disk = power ? this.#disk.afterCut(() => this.#how.below(1 << 30) / (1 << 30)) : this.#disk.afterKill();
    if (this.#how.percent(8)) await this.#flip();
  }

  /** @returns how it came to its end, when it did */
  async #work(end: End, onFatal: () => void): Promise<'ended' | 'refused'> {
    try {
      await this.#open(onFatal);
    } catch (error) {
      // A disk that is full or fails may refuse a start; the next one finds everything.
      return end === 'full' || end === 'failed' ? 'ended' : this.#refused(error);
    }
    await this.#truth.compare(this.#house, this.#provider);
    await this.#compareSealed();
    const deeds = 4 + this.#how.below(8);
    for (let n = 0; n < deeds; n += 1) await this.#together();
    if (end === 'stop') await this.#house.close();
    return 'ended';
  }

  #refused(error: unknown): 'refused' {
    this.#truth.wrongs.push(`start: ${(error as Error).message}`);
    return 'refused';
  }

  async #open(onFatal: () => void): Promise<void> {
    this.#clock.forget();
    this.#life = { over: false };
    this.#house = await openHouse(
      this.#disk,
      this.#clock,
      this.#provider,
      this.#definition,
      onFatal,
      this.#sealed !== null,
    );
    this.#restarts[this.#house.fromIndex ? 'index' : 'scan'] += 1;
    for (const id of this.#house.broken) this.#truth.wrongs.push(`case ${id} cannot be read`);
  }

  /** One thing or two at the same time. */
  async #together(): Promise<void> {
    const one = this.#deed();
    if (this.#how.percent(60)) await Promise.all([one, this.#deed()]);
    else await one;
  }

  async #deed(): Promise<void> {
    const { ids } = this.#truth;
    const deed = this.#how.weighed({
      start: ids.length < most ? 30 : 0,
      press: 50,
      look: 20,
      time: 12,
      stale: 6,
      ...(this.#sealed ? { upload: 14, write: 14, rotate: 5 } : { upload: 0, write: 0, rotate: 0 }),
    });
    if (deed === 'start' || ids.length === 0) return this.#start();
    const id = this.#how.pick(ids);
    if (deed === 'press') return this.#press(id);
    if (deed === 'look') return this.#look(id);
    if (deed === 'stale') return this.#stale(id);
    if (deed === 'upload' || deed === 'write' || deed === 'rotate') return this.#seal(deed, id);
    return this.#house.jobs.advance(this.#how.below(4) * hour);
  }

  async #seal(deed: 'upload' | 'write' | 'rotate', id: string): Promise<void> {
    const [truth, parts, life] = [this.#sealed, this.#house.sealed, this.#life];
    if (!truth || !parts) return;
    const isOver = (): boolean => life.over;
    const done =
      deed === 'upload'
        ? truth.upload(parts, id, isOver)
        : deed === 'write'
          ? truth.write(parts, isOver)
          : truth.rotate(parts);
    await done.catch(refusedByDisk);
  }

  async #compareSealed(): Promise<void> {
    const parts = this.#house.sealed;
    if (!parts || !this.#sealed) return;
    await this.#sealed.compare(parts);
    this.#truth.wrongs.push(...this.#sealed.wrongs.splice(0));
  }

  /** Again and again: while somebody else's step is being written, too. */
  async #look(id: string): Promise<void> {
    const [house, life] = [this.#house, this.#life];
    for (let times = 1 + this.#how.below(12); times > 0; times -= 1) await this.#truth.look(house, id, life);
  }

  async #start(): Promise<void> {
    const life = this.#life;
    const started = await this.#house.cases.start(this.#definition, owner).catch(refusedByDisk);
    if (started && !life.over) this.#truth.told(started);
  }

  /** A button; pressed again under the same id until somebody has answered. */
  async #press(id: string): Promise<void> {
    this.#presses += 1;
    const request = `request:${this.#presses}`;
    const life = this.#life;
    for (let tries = 0; tries < 2; tries += 1) {
      const result = await this.#house.cases
        .apply(id, (document) => {
          if (document.consumed.includes(request)) return null;
          const event = { kind: 'event', event: 'NEXT', actor: applicant } as const;
          const isWriting = document.state.active.includes('main.write');
          const forms = isWriting ? { forms: { note: { text: `${request} ${id}` } } } : {};
          return { command: { ...event, ...forms }, consumed: [request] };
        })
        .catch(refusedByDisk);
      if (life.over) return;
      if (result === null) {
        await this.#truth.look(this.#house, id, life);
        continue;
      }
      if (result.kind === 'applied') this.#truth.told(result.document, request);
      return;
    }
  }

  /** Somebody who read the case before others moved it on writes what they think is next. */
  async #stale(id: string): Promise<void> {
    const { store } = this.#house;
    const life = this.#life;
    const read = await store.readCase(id);
    if (read === null) return;
    await this.#press(id);
    const now = (await store.readCase(id))?.state.revision;
    if (now === read.state.revision) return;
    const state = { ...read.state, revision: read.state.revision + 1 };
    const taken = await store
      .updateCase(id, () => ({ ...read, state }), read.state.revision)
      .then(
        () => true,
        () => false,
      );
    if (taken && !life.over) this.#truth.wrongs.push(`case ${id}: a stale writer was let in`);
  }

  /** A bit of a case's file changes while nobody looks: it must be told, and put back it must be good again. */
  async #flip(): Promise<void> {
    const id = this.#truth.ids.length > 0 ? this.#how.pick(this.#truth.ids) : null;
    const path = id === null ? null : await this.#truth.pathOf(this.#disk, id);
    const good = path === null ? null : await this.#disk.read(path);
    if (path === null || !good || id === null) return;
    this.#flips += 1;
    const bad = Buffer.from(good);
    const at = this.#how.below(bad.length);
    bad[at] = (bad[at] ?? 0) ^ (1 << this.#how.below(8));
    await this.#disk.write(path, bad);
    await this.#open(() => undefined).catch((error: unknown) => this.#refused(error));
    const told = await this.#house.store.readCase(id).then(
      () => false,
      (error: unknown) => error instanceof StoreCorrupt,
    );
    if (!told) this.#truth.wrongs.push(`case ${id}: a flipped bit was not found`);
    const expected = this.#truth.wrongs.indexOf(`case ${id} cannot be read`);
    if (expected >= 0) this.#truth.wrongs.splice(expected, 1);
    await this.#disk.write(path, good);
    await this.#disk.syncFile(path);
    this.#disk.cutAt(0);
    this.#disk = this.#disk.afterKill();
  }

  /** Nothing happens to this one: all that is due is done, and all books agree. */
  async #rest(): Promise<void> {
    try {
      await this.#open(() => this.#truth.wrongs.push('the store died without a reason'));
    } catch (error) {
      this.#refused(error);
      return;
    }
    await this.#house.jobs.advance(9 * hour);
    await this.#house.jobs.idle();
    await this.#truth.compare(this.#house, this.#provider, this.#clock.now());
    const parts = this.#house.sealed;
    if (!parts || !this.#sealed) return;
    // Whatever change of keys was broken off is brought to its end.
    await this.#sealed.rotate(parts);
    if (parts.keys.rotating) this.#truth.wrongs.push('the change of keys came to no end');
    await this.#sealed.search(this.#disk);
    await this.#compareSealed();
  }
}

/** What the disk refused was not done, and whoever asked was told so. */
function refusedByDisk(error: unknown): null {
  const name = (error as Error).name;
  if (name === 'StoreUnavailable' || name === 'FilesUnavailable' || name === 'StoreDead') return null;
  throw error;
}
