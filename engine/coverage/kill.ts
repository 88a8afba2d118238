import type { Definition } from '../model/definition.ts';
import { expectation } from '../simulate/expectation.ts';
import { isAt } from '../simulate/path.ts';
import { perform } from '../simulate/perform.ts';
import { begin, type Session, settleCalls } from '../simulate/session.ts';
import { type Mutant, mutated } from './mutants.ts';
import { commandsBetween, type PlayedStep, type PlayedStory, replay } from './play.ts';

/** What noticed a mutant: a law, an expectation, or a step that somebody wrote and that is not possible any more. */
export interface Kill {
  readonly by: 'law' | 'expectation' | 'step';
  /** Title of the story. */
  readonly story: string;
  /** 0-based index of the step in the story; -1 for the start. */
  readonly step: number;
}

/**
 * The first story that notices the mutant, or null. Only what is written by hand counts, and laws: where the way of a
 * `through` is gone, the story says nothing about it. Stories are taken up at the step that touches what is changed: up
 * to there the mutant does the same. [COV-2]
 */
export function killedBy(mutant: Mutant, stories: readonly PlayedStory[]): Kill | null {
  let definition: Definition | null = null;
  const touching = stories
    .map((story) => ({ story, first: nextTouch(mutant, story, 0) }))
    .filter(({ first }) => first >= 0)
    .sort((a, b) => a.story.steps.length - a.first - (b.story.steps.length - b.first));
  for (const { story, first } of touching) {
    definition ??= mutated(mutant);
    const kill = playMutant(definition, mutant, story, first);
    if (kill !== null) return kill;
  }
  return null;
}

/** Index of the first step from `from` on that touches what is changed; -1 when none does. */
function nextTouch(mutant: Mutant, story: PlayedStory, from: number): number {
  return story.steps.findIndex((step, index) => index >= from && mutant.seen.some((key) => step.seen.has(key)));
}

function playMutant(definition: Definition, mutant: Mutant, story: PlayedStory, first: number): Kill | null {
  const title = story.scenario.scenario;
  let session = { ...(story.steps[first] as PlayedStep).before, definition };
  for (let index = first; index < story.steps.length; index++) {
    const step = story.steps[index] as PlayedStep;
    const before = session;
    const kill = (by: Kill['by']): Kill => ({ by, story: title, step: index - 1 });
    const attempted = attempt(before, step, story);
    if (attempted.how === 'wrong') return kill(step.written?.expect === undefined ? 'step' : 'expectation');
    session = { ...attempted.session, definition };
    if (session.incidents.slice(before.incidents.length).some((each) => each.startsWith('law:'))) return kill('law');
    if (attempted.how === 'lost') return null;
    if (!isSame(session, step.after)) continue;
    // Nothing differs any more: the mutant does the same until it is touched again.
    const next = nextTouch(mutant, story, index + 1);
    if (next < 0) return null;
    session = { ...(story.steps[next] as PlayedStep).before, definition };
    index = next - 1;
  }
  return null;
}

/** `wrong`: the step is not as written; `lost`: its way was generated and is not there any more. */
interface Attempt {
  readonly session: Session;
  readonly how: 'done' | 'wrong' | 'lost';
}

/** One step under the mutant. */
function attempt(session: Session, step: PlayedStep, story: PlayedStory): Attempt {
  const { written, mark } = step;
  try {
    if (written === null) {
      const { now } = story.scenario;
      const begun = begin(session.definition, now === undefined ? {} : { start: Date.parse(now) });
      return { session: settleCalls(begun), how: 'done' };
    }
    if (written.through !== undefined) return again(session, step, written.through);
    const { expect } = written;
    const outcome = expect === undefined ? perform(session, written) : expectation(session, expect, mark);
    return { session: outcome.session, how: outcome.wrong === undefined ? 'done' : 'wrong' };
  } catch {
    return { session, how: written === null || written.through !== undefined ? 'lost' : 'wrong' };
  }
}

/** The generated way once more. */
function again(session: Session, step: PlayedStep, target: string): Attempt {
  const { session: arrived, whole } = replay(session, commandsBetween(step.before, step.after));
  if (!whole) return { session: arrived, how: 'lost' };
  const { script, now } = step.after;
  const settled = settleCalls({ ...arrived, ...(script === undefined ? {} : { script }) });
  return { session: { ...settled, now: Math.max(settled.now, now) }, how: isAt(settled, target) ? 'done' : 'lost' };
}

function isSame(one: Session, two: Session): boolean {
  return (
    one.notices.length === two.notices.length &&
    one.calls.length === two.calls.length &&
    JSON.stringify(one.state) === JSON.stringify(two.state)
  );
}
