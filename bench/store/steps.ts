import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { diskIo, type Io } from '../../server/store/file/io.ts';
import { openStoreHall, type StoreHall, type Way } from './hall.ts';

/** What so many cases at the same time got done in one turn. */
export interface Turn {
  /** Acknowledged steps a second, starts among them. */
  readonly perSecond: number;
  /** CPU of all threads of a step, ms. */
  readonly cpu: number;
  /** Bytes of the case's document of each step. */
  readonly written: readonly number[];
}

/** In an empty folder of its own. */
export async function stepsTogether(
  folder: string,
  way: Way,
  together: number,
  seconds: number,
  io: Io = diskIo,
): Promise<Turn> {
  const place = await mkdtemp(join(folder, 'steps-'));
  const hall = await openStoreHall(place, way, io);
  const turn = await stepsIn(hall, way, together, seconds, numbers(0));
  await hall.close();
  await rm(place, { recursive: true });
  return turn;
}

/** Numbers of cases, each used once. */
export function numbers(first: number): () => number {
  let next = first;
  return () => next++;
}

/** `together` cases go their way until the time is over, each its next step as soon as the last one is answered. */
export async function stepsIn(
  hall: StoreHall,
  way: Way,
  together: number,
  seconds: number,
  number: () => number,
): Promise<Turn> {
  const { length: first } = hall.written;
  let steps = 0;
  let end = Number.POSITIVE_INFINITY;
  const walk = async (): Promise<void> => {
    while (performance.now() < end) {
      const n = number();
      const id = await hall.start(n);
      steps += 1;
      for (let at = 0; at < way.recorded.length && performance.now() < end; at += 1) {
        await hall.step(id, n, at);
        steps += 1;
      }
    }
  };
  const before = process.cpuUsage();
  const begun = performance.now();
  end = begun + seconds * 1000;
  await Promise.all(Array.from({ length: together }, walk));
  const took = (performance.now() - begun) / 1000;
  const { user, system } = process.cpuUsage(before);
  return { perSecond: steps / took, cpu: (user + system) / 1000 / steps, written: hall.written.slice(first) };
}
