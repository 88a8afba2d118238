import type { Chart, Transition } from '../model/composed.ts';
import { parentOf, within } from '../run/configuration.ts';
import type { Searched } from './nodes.ts';

/**
 * Whether two parts can never be signed by one person, by the tasks alone: wherever the one is signed, the task keeps
 * away (`not`) whoever signed as the other. What holds at first and is kept by every step holds always; nothing has to be
 * searched. False: it may still be so, by the order in which a case goes.
 */
export function keptApart(searched: Searched): (one: string, other: string) => boolean {
  const kept = keptAwayOf(searched);
  return (one, other) =>
    one !== other && kept(one).every((not) => not.includes(other)) && kept(other).every((not) => not.includes(one));
}

/** For each place at which a part is signed, who may not sign there. */
function keptAwayOf(searched: Searched): (part: string) => readonly (readonly string[])[] {
  const known = new Map<string, readonly (readonly string[])[]>();
  return (part) => {
    let found = known.get(part);
    if (found === undefined) {
      found = [...signingsOf(searched, part)];
      known.set(part, found);
    }
    return found;
  };
}

function* signingsOf(searched: Searched, part: string): Generator<readonly string[]> {
  const signs = ({ branches }: Transition) => branches.filter(({ words }) => words.sign.includes(part));
  for (const state of Object.values(searched.chart.states)) {
    // Who signs as several at once is one person.
    for (const [event, transition] of Object.entries(state.on))
      for (const { words } of signs(transition))
        yield notFor(searched, state.address, event).filter((each) => !words.sign.includes(each));
    // In these the one who acts may come from any task.
    const others = [...Object.values(state.follow), ...(state.when === null ? [] : [state.when])];
    if (state.done !== null) others.push(state.done);
    if (state.enter.sign.includes(part) || others.some((transition) => signs(transition).length > 0)) yield [];
  }
}

/** Parts whose signers may not send this event while that state hears it, whoever else hears it then. [RUN-6] */
function notFor({ chart, declared }: Searched, address: string, event: string): readonly string[] {
  const role = declared.events[event]?.by;
  const states = Object.values(chart.states);
  // The task that counts is that of the innermost state that hears it, or of another region.
  const hearing = states.filter((state) => state.on[event] !== undefined && together(chart, state.address, address));
  const kept = hearing.flatMap((heard) => {
    const around = states.filter((state) => state.task?.by === role && within(heard.address, state.address));
    return around.length === 0 ? [[]] : around.map((state) => state.task?.not ?? []);
  });
  const [first = [], ...others] = kept;
  return first.filter((part) => others.every((not) => not.includes(part)));
}

/** Both may be active at once. */
function together({ states }: Chart, one: string, other: string): boolean {
  if (within(one, other) || within(other, one)) return true;
  let around = parentOf(one);
  while (!within(other, around)) around = parentOf(around);
  return states[around]?.kind === 'parallel';
}
