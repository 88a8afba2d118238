import { loadAll } from '../../engine/load.ts';
import { baseFiles } from '../engine/definitions.ts';

export interface FuzzReport {
  readonly mutants: number;
  readonly seed: number;
  /** Mutants with an error, all of them located. */
  readonly refused: number;
  readonly sound: number;
  readonly slowestMs: number;
  /** What was not as promised, at most twenty, each with the mutant that shows it. */
  readonly failures: readonly string[];
}

const scraps = [
  ...['{', '}', '[', ']', ':', ',', '"', "'", '&a ', '*a', '!', '#', '\n', '  ', '\t', '- ', '? ', '|', '>', '%', '@'],
  ...['<<: ', '__proto__: ', '"__proto__":', 'constructor', '0', '~', '\u0000', '字', 'to: ', 'if: ', 'next', '.back'],
  ...['999999999999999999999', 'null', 'true', '(a+)+', ' && ', 'has(', '-1', '""'],
];
const hang = 1000;

/** Mutants of every kind of definition file: no crash, no hang, no polluted prototype, every refusal located. */
export function fuzz(mutants: number, seed: number, say: (line: string) => void = () => {}): FuzzReport {
  const files = baseFiles();
  const paths = Object.keys(files);
  const random = generator(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const failures: string[] = [];
  let refused = 0;
  let slowestMs = 0;
  loadAll(files);
  for (let index = 0; index < mutants && failures.length < 20; index++) {
    const hurt: { [path: string]: string } = { ...files };
    const done: string[] = [];
    for (let count = 1 + Math.floor(random() * 3); count > 0; count--) {
      const path = pick(paths);
      const text = hurt[path] ?? '';
      const at = Math.floor(random() * text.length);
      const lines = text.split('\n');
      const line = Math.floor(random() * lines.length);
      const kind = Math.floor(random() * 4);
      if (kind === 0) hurt[path] = text.slice(0, at) + pick(scraps) + text.slice(at + Math.floor(random() * 30));
      else if (kind === 1) hurt[path] = lines.toSpliced(line, 1).join('\n');
      else if (kind === 2) hurt[path] = lines.toSpliced(line, 0, pick(lines)).join('\n');
      else hurt[path] = text.slice(0, at) + String.fromCharCode(32 + Math.floor(random() * 95)) + text.slice(at + 1);
      done.push(`${path}@${kind < 1 || kind > 2 ? at : `line ${line + 1}`}`);
    }
    const fail = (reason: string) => failures.push(`mutant ${index} (${done.join(', ')}): ${reason}`);
    const before = performance.now();
    const worked = process.cpuUsage();
    try {
      const { issues } = loadAll(hurt);
      if (issues.some((issue) => issue.severity === 'error')) refused++;
      for (const issue of issues) {
        const lines = hurt[issue.file]?.split('\n');
        if (lines === undefined || issue.line < 1 || issue.line > lines.length || issue.column < 1)
          fail(`${issue.code} is not located: ${issue.file}:${issue.line}:${issue.column}`);
        if (issue.code === 'not-compiled') fail(issue.message);
      }
    } catch (error) {
      fail(`threw ${error instanceof Error ? error.stack : String(error)}`);
    }
    const used = process.cpuUsage(worked);
    // Time on the processor, so that a busy machine is no hang; the wall clock catches what waits.
    const ms = Math.min(performance.now() - before, (used.user + used.system) / 1000);
    slowestMs = Math.max(slowestMs, ms);
    if (ms > hang) fail(`took ${Math.round(ms)} ms`);
    if (Object.keys(Object.prototype).length > 0 || 'polluted' in {}) fail('Object.prototype has changed');
    if ((index + 1) % 1000 === 0) say(`${index + 1} mutants, ${refused} refused, slowest ${Math.round(slowestMs)} ms`);
  }
  return { mutants, seed, refused, sound: mutants - refused, slowestMs: Math.round(slowestMs), failures };
}

/** mulberry32: the same numbers for the same seed everywhere. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
