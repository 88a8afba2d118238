import { AsyncLocalStorage } from 'node:async_hooks';
import { join } from 'node:path';
import { aboutOf, documentDigest } from '../../engine/forms/index.ts';
import type { CaseState } from '../../engine/model/case.ts';
import type { Command } from '../../engine/model/command.ts';
import type { Definition } from '../../engine/model/definition.ts';
import type { Cases } from '../../server/cases/cases.ts';
import type { MovableClock } from '../../server/clock.ts';
import { diskIo, type Io } from '../../server/store/file/io.ts';
import { openHouse } from '../../tests/campaigns/disk/house.ts';
import { creditCode } from '../../tests/support/credit-code.ts';
import { type Recorded, recordedWay } from '../step/recording.ts';

/** A way through the process that cases of the bench take, each under a company of its own. */
export interface Way {
  readonly definition: Definition;
  readonly recorded: readonly Recorded[];
  readonly owner: string;
}

export interface StoreHall {
  readonly cases: Cases;
  /** Bytes of every document that was written, in order. */
  readonly written: number[];
  /** Starts case number `n` of this hall. @returns its id */
  start(n: number): Promise<string>;
  /** Makes step number `at` of the way with it. */
  step(id: string, n: number, at: number): Promise<void>;
  close(): Promise<void>;
}

/** Of the recorded way. */
export const company = '91990000MA00000008';

export function wayOf(definition: Definition): Way {
  const recorded = recordedWay(definition);
  return { definition, recorded, owner: 'applicant/one' };
}

/** The production parts without HTTP in a folder of the real disk: engine, encryption, reservations, outbox, index. */
/** @param alone one case at a time: without what carries the time of each, which is not free */
export async function openStoreHall(folder: string, way: Way, io: Io = diskIo, alone = false): Promise<StoreHall> {
  const written: number[] = [];
  const connectors = { perform: never, poll: never, send: never } as never;
  const disk = counted(under(folder, io), written);
  const hall = await hallOn(way, alone, async (clock) => {
    const house = await openHouse(disk, { ...clock, forget: () => undefined }, connectors, way.definition, () => {
      throw new Error('the disk failed');
    });
    return { cases: house.cases, close: () => house.jobs.stop() };
  });
  return { ...hall, written };
}

type Opened = Pick<StoreHall, 'cases' | 'close'>;

/** The same on whatever `open` opens. */
export async function hallOn(
  way: Way,
  alone: boolean,
  open: (clock: MovableClock) => Promise<Opened>,
): Promise<Omit<StoreHall, 'written'>> {
  const { definition, recorded, owner } = way;
  const begun = recorded[0]?.env.now ?? 0;
  // Each case lives at its own time: numbers of cases are by the second, and no deadline is to come between.
  const times = new AsyncLocalStorage<number>();
  let moment = begun;
  const now = (): number => (alone ? moment : (times.getStore() ?? begun));
  const at = <T>(time: number, work: () => Promise<T>): Promise<T> => {
    if (!alone) return times.run(time, work);
    moment = time;
    return work();
  };
  const { cases, close } = await open({
    ...{ now, real: now, offset: () => 0, at: () => () => undefined },
    moveTo: () => undefined,
  } as never);
  const texts = recorded.map(({ command }) => JSON.stringify(command));
  const stamps = recorded.map((each) => stampsOf(definition, each));
  const commandOf = (n: number, at: number, state: CaseState): Command => {
    let text = (texts[at] ?? '').replaceAll(company, creditCode(n + 1));
    // A scan is of the very paper that was printed: its stamp is that of this company's form.
    for (const [document, stamp] of Object.entries(stamps[at] ?? {}))
      text = text.replaceAll(stamp, stampOf(definition, state.forms, document));
    return JSON.parse(text) as Command;
  };
  return {
    cases,
    start: (n) => at(begun + n * 1000, async () => (await cases.start(definition, owner)).state.id),
    async step(id, n, place) {
      const time = (recorded[place]?.env.now ?? begun) + n * 1000;
      const done = await at(time, () => cases.apply(id, ({ state }) => ({ command: commandOf(n, place, state) })));
      if (done.kind !== 'applied') throw new Error(`step ${place} of ${id} was ${done.kind}`);
    },
    close,
  };
}

function stampOf(definition: Definition, forms: CaseState['forms'], document: string): string {
  return documentDigest(aboutOf(definition.documents[document] ?? {}) ?? [], forms);
}

/** The stamps of printed documents that a recorded command carries. */
function stampsOf(definition: Definition, recorded: Recorded): { readonly [document: string]: string } {
  if (!JSON.stringify(recorded.command).includes('"digest"')) return {};
  const { forms } = JSON.parse(recorded.state) as CaseState;
  return Object.fromEntries(Object.keys(definition.documents).map((id) => [id, stampOf(definition, forms, id)]));
}

async function never(): Promise<never> {
  throw new Error('the bench asks nobody');
}

/** The hall's folder is `/data`; here it is somewhere on the real disk. */
function under(folder: string, io: Io): Io {
  const at = (path: string): string => join(folder, path);
  return {
    read: (path) => io.read(at(path)),
    write: (path, bytes) => io.write(at(path), bytes),
    syncFile: (path) => io.syncFile(at(path)),
    rename: (from, to) => io.rename(at(from), at(to)),
    unlink: (path) => io.unlink(at(path)),
    syncFolder: (path) => io.syncFolder(at(path)),
    makeFolder: (path) => io.makeFolder(at(path)),
    list: (path) => io.list(at(path)),
  };
}

function counted(io: Io, written: number[]): Io {
  return {
    ...io,
    write(path, bytes) {
      if (path.includes('/cases/')) written.push(bytes.length);
      return io.write(path, bytes);
    },
  };
}
