import type { Definition } from '../model/definition.ts';
import { expectation } from '../simulate/expectation.ts';
import { isAt } from '../simulate/path.ts';
import { perform } from '../simulate/perform.ts';
import { optionsOf } from '../simulate/scenario.ts';
import { begin, type Session, settleCalls } from '../simulate/session.ts';
import { type Mutant, mutated } from './mutants.ts';
import { commandsBetween, type PlayedStep, type PlayedStory, replay } from './play.ts';

/** What noticed a mutant: a law, or something that a story expects (`expect`, `refused`). */
export interface Kill {
  readonly by: 'law' | 'expectation';
  /** Title of the story. */
  readonly story: string;
  /** 0-based index of the step in the story; -1 for the start. */
  readonly step: number;
}

/**
 * The first story that notices the mutant, or null. Only laws and what somebody has written that it is so count: a step
 * that is not possible any more is left out and the story goes on; where the way of a `through` is gone, or the player
 * itself fails, the story says nothing about it. Stories are taken up at the step that touches what is changed: up to
 * there the mutant does the same. [COV-2]
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

/** Some story comes by what is changed. */
export function isTouched(mutant: Mutant, stories: readonly PlayedStory[]): boolean {
  return stories.some((story) => nextTouch(mutant, story, 0) >= 0);
}

/** Index of the first step from `from` on that touches what is changed; -1 when none does. */
function nextTouch(mutant: Mutant, story: PlayedStory, from: number): number {
  return story.steps.findIndex((step, index) => index >= from && mutant.seen.some((key) => step.seen.has(key)));
}

function playMutant(definition: Definition, mutant: Mutant, story: PlayedStory, first: number): Kill | null {
  const title = story.scenario.scenario;
  let session = { ...(story.steps[first] as PlayedStep).before, definition };
  let { mark } = story.steps[first] as PlayedStep;
  for (let index = first; index < story.steps.length; index++) {
    const step = story.steps[index] as PlayedStep;
    const before = session;
    const kill = (by: Kill['by']): Kill => ({ by, story: title, step: index - 1 });
    const attempted = attempt(before, step, story, mark);
    if (attempted.how === 'wrong') return kill('expectation');
    session = { ...attempted.session, definition };
    if (session.incidents.slice(before.incidents.length).some((each) => each.startsWith('law:'))) return kill('law');
    if (attempted.how === 'lost') return null;
    if (step.written?.expect !== undefined) mark = session.notices.length;
    if (!isSame(session, step.after)) continue;
    // Nothing differs any more: the mutant does the same until it is touched again.
    const next = nextTouch(mutant, story, index + 1);
    if (next < 0) return null;
    session = { ...(story.steps[next] as PlayedStep).before, definition };
    ({ mark } = story.steps[next] as PlayedStep);
    index = next - 1;
  }
  return null;
}

/**
 * `wrong`: not as somebody has written that it is; `lost`: its way was generated and is not there any more, or the
 * player failed.
 */
interface Attempt {
  readonly session: Session;
  readonly how: 'done' | 'wrong' | 'lost';
}

/** One step under the mutant. `mark`: how many notices had been sent at the `expect` before. */
function attempt(session: Session, step: PlayedStep, story: PlayedStory, mark: number): Attempt {
  const { written } = step;
  try {
    if (written === null)
      return { session: settleCalls(begin(session.definition, optionsOf(story.scenario))), how: 'done' };
    if (written.through !== undefined) return again(session, step, written.through);
    const { expect } = written;
    const outcome = expect === undefined ? perform(session, written) : expectation(session, expect, mark);
    const claimed = expect !== undefined || written.refused !== undefined;
    return { session: outcome.session, how: outcome.wrong !== undefined && claimed ? 'wrong' : 'done' };
  } catch {
    return { session, how: 'lost' };
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
