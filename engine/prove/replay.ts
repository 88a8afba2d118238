import type { Course } from '../explore/courses.ts';
import type { Step } from '../explore/explore.ts';
import type { Outcome, Situation, Space } from '../explore/space.ts';

/** A way of the search, with a last step that may lead into no new state. */
interface Walked {
  readonly begun: Course;
  readonly way: readonly Step[];
  readonly last: Course | null;
}

/**
 * Whether a way that was found without following every counter is one that a case can really take: it is gone again in
 * a space that follows them all, in every way in which what is not known may be.
 */
export function isReal(exact: Space, violation: Walked): boolean {
  let here = distinct(exact.start().filter((outcome) => sameStep(outcome, violation.begun)));
  if (violation.way.length === 0 && violation.last === null) return here.length > 0;
  for (const step of [...violation.way, ...(violation.last === null ? [] : [violation.last])]) {
    const next: Outcome[] = [];
    for (const situation of here)
      for (const move of exact.moves(situation.configuration)) {
        if (move.type !== step.move.type) continue;
        for (const outcome of exact.outcomes(situation, move)) if (sameStep(outcome, step)) next.push(outcome);
      }
    if (step === violation.last) return next.some((outcome) => outcome.possible);
    here = distinct(next);
    if (here.length === 0) return false;
  }
  return true;
}

function sameStep(outcome: Outcome, step: Pick<Step, 'taken' | 'voided'>): boolean {
  const one = outcome.taken.map((edge) => edge.id).join();
  const other = step.taken.map((edge) => edge.id).join();
  return one === other && outcome.voided.join() === step.voided.join();
}

function distinct(outcomes: readonly Outcome[]): readonly Situation[] {
  const found = new Map<string, Situation>();
  for (const { next } of outcomes)
    if (next !== null) found.set(`${next.configuration.id} ${next.values.join(' ')}`, next);
  return [...found.values()];
}

/** What the world gave on a way: `counter x`, `record x`. */
export function givenOn(violation: Walked): ReadonlySet<string> {
  const steps = [violation.begun, ...violation.way, ...(violation.last === null ? [] : [violation.last])];
  return new Set(steps.flatMap(({ choices }) => choices.filter((each) => each.given).map((each) => each.about)));
}
