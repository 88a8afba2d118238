import type { Definition } from '../../model/definition.ts';
import { within } from '../../run/configuration.ts';
import { walkTo } from '../path.ts';
import { begin } from '../session.ts';

/** The way that nearly every case goes: the interpreter's own to the first goal. */
export interface Usual {
  readonly events: ReadonlySet<string>;
  /** Event from outside -> the state in which the case waits for it. */
  readonly outside: ReadonlyMap<string, string>;
  readonly states: ReadonlySet<string>;
  /** Active leaves when a word from outside came, or a day: nobody had anything to do there but wait for it. */
  readonly waiting: ReadonlySet<string>;
}

const known = new WeakMap<Definition, Usual>();

export function usualWay(definition: Definition): Usual {
  const found = known.get(definition) ?? walked(definition);
  known.set(definition, found);
  return found;
}

function walked(definition: Definition): Usual {
  const goal = definition.declared.goals[0];
  const begun = begin(definition);
  const arrived = goal === undefined ? null : walkTo(begun, goal);
  const events = new Set<string>();
  const outside = new Map<string, string>();
  const states = new Set<string>();
  const waiting = new Set<string>();
  let active: readonly string[] = [];
  let newest: readonly string[] = [];
  let before = begun.now;
  const [start, ...entries] = arrived?.journal ?? [];
  for (const entry of start === undefined ? [] : [start, ...entries]) {
    if (entry !== start) {
      const { command, at = before } = arrived?.commands?.[entries.indexOf(entry)] ?? {};
      if (command?.kind === 'event') {
        events.add(command.event);
        if (at > before) for (const leaf of active) waiting.add(leaf);
      }
      before = at;
      if (command?.kind === 'outside') {
        outside.set(command.event, anchorOf(definition, command.event, newest, active));
        for (const leaf of active) waiting.add(leaf);
      }
    }
    const left = new Set(entry.left);
    active = [...new Set([...active.filter((leaf) => !left.has(leaf)), ...entry.entered])];
    newest = entry.entered;
    for (const state of entry.entered) states.add(state);
  }
  return { events, outside, states, waiting };
}

/** Where a case waits for it: the leaf that it came to last, one that hears it itself rather than another. */
function anchorOf(definition: Definition, event: string, newest: readonly string[], active: readonly string[]): string {
  const hears = (leaf: string) =>
    Object.values(definition.chart.states).some(
      ({ address, on }) => address !== '' && address.includes('.') && within(leaf, address) && on[event] !== undefined,
    );
  return newest.find(hears) ?? newest[0] ?? active.find(hears) ?? active[0] ?? '';
}
