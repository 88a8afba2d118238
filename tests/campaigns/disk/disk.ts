import { runCycles } from './cycles.ts';
import { cyclesOf, mutants } from './mutants.ts';

export interface DiskCampaign {
  readonly cycles: number;
  /** The first seed. */
  readonly from: number;
  /** Broken stores instead of the good one: each has to be found within so many cycles. */
  readonly mutants: boolean;
  readonly sealed: boolean;
}

/** Cycles between two lines. */
const PART = 2_000;

/** A line of JSON for each part or mutant. @returns whether something is not as it must be */
export async function disks(given: DiskCampaign, print: (line: string) => void): Promise<boolean> {
  if (given.mutants) return !(await mutantsFound(given, print));
  let failed = false;
  let from = given.from;
  for (let left = given.cycles; left > 0; left -= PART) {
    const report = await runCycles({ from, cycles: Math.min(left, PART), untilWrong: false, sealed: given.sealed });
    print(JSON.stringify({ from, ...report }));
    from += Math.ceil(report.cycles / 12);
    if (report.wrong.length > 0) failed = true;
  }
  return failed;
}

async function mutantsFound(given: DiskCampaign, print: (line: string) => void): Promise<boolean> {
  let missed = 0;
  for (const mutant of mutants) {
    const run = await cyclesOf(mutant);
    const { cycles, wrong } = await run({ from: given.from, cycles: given.cycles, untilWrong: true });
    const [first] = wrong;
    if (first === undefined) missed += 1;
    const found = first?.violations[0] ?? null;
    print(JSON.stringify({ mutant: mutant.title, meaning: mutant.meaning, cycles, seed: first?.seed ?? null, found }));
  }
  return missed === 0;
}
