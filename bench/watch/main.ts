import { type ChildProcess, fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { median, print, round } from '../measure.ts';

const turns = 24;
const warmUp = 4;
const seconds = 1.5;
const names = ['plain', 'watched'] as const;

/**
 * `npm run bench -- watch`: CPU of a durable step with everything that is counted and traced of it, beside the same step
 * without. They take turns, each in a process of its own; the ratio is the median of those of the turns.
 */
export async function main(): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'certflow-bench-'));
  const program = fileURLToPath(new URL('./child.ts', import.meta.url));
  const children = Object.fromEntries(names.map((name) => [name, fork(program, [name, folder])]));
  try {
    await Promise.all(Object.values(children).map(answerOf));
    const cpu: { [name: string]: number[] } = { plain: [], watched: [] };
    for (let turn = 0; turn < turns + warmUp; turn += 1) {
      // Who is first in a turn is second in the next one.
      for (const name of turn % 2 === 0 ? names : names.toReversed()) {
        const child = children[name] as ChildProcess;
        const answer = answerOf(child);
        child.send(seconds);
        if (turn < warmUp) await answer;
        else cpu[name]?.push(await answer);
      }
    }
    const { plain = [], watched = [] } = cpu;
    const ratios = plain.map((used, turn) => used / (watched[turn] ?? Number.NaN));
    const told = { ours: round(median(watched)), peer: round(median(plain)), ratio: round(median(ratios)) };
    print({ bench: 'watch', metric: 'cpu-of-a-watched-step-ms', ...told });
  } finally {
    for (const child of Object.values(children)) child.kill();
    await rm(folder, { recursive: true, force: true });
  }
  return 0;
}

function answerOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null) => reject(new Error(`a contestant ended with ${code}`));
    child.once('exit', ended);
    child.once('message', (answer) => {
      child.off('exit', ended);
      resolve(Number(answer));
    });
  });
}
