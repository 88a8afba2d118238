import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { openStoreHall, type Way } from './hall.ts';

/** What so many cases at the same time got done in one turn. */
export interface Turn {
  /** Acknowledged steps a second, starts among them. */
  readonly perSecond: number;
  /** Bytes of the case's document of each step. */
  readonly written: readonly number[];
}

/** `together` cases go their way until the time is over, each its next step as soon as the last one is answered. */
export async function stepsTogether(folder: string, way: Way, together: number, seconds: number): Promise<Turn> {
  const place = await mkdtemp(join(folder, 'steps-'));
  const hall = await openStoreHall(place, way);
  let next = 0;
  let steps = 0;
  let end = Number.POSITIVE_INFINITY;
  const walk = async (): Promise<void> => {
    while (performance.now() < end) {
      const n = next++;
      const id = await hall.start(n);
      steps += 1;
      for (let at = 0; at < way.recorded.length && performance.now() < end; at += 1) {
        await hall.step(id, n, at);
        steps += 1;
      }
    }
  };
  const begun = performance.now();
  end = begun + seconds * 1000;
  await Promise.all(Array.from({ length: together }, walk));
  const took = (performance.now() - begun) / 1000;
  await hall.close();
  await rm(place, { recursive: true });
  return { perSecond: steps / took, written: hall.written };
}

/** One writer that appends the same bytes to one file, each time followed by fdatasync. @returns writes a second */
export function rawAppends(folder: string, written: readonly number[], seconds: number): number {
  const path = join(folder, 'raw');
  const fd = openSync(path, 'w', 0o600);
  const bytes = Buffer.alloc(Math.max(...written), 97);
  const begun = performance.now();
  let count = 0;
  for (; performance.now() < begun + seconds * 1000; count += 1) {
    writeSync(fd, bytes, 0, written[count % written.length] ?? 0);
    fdatasyncSync(fd);
  }
  const perSecond = count / ((performance.now() - begun) / 1000);
  closeSync(fd);
  return perSecond;
}
