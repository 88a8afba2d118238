import { outcomeEvent, timerEvent, timerId } from '../compile/names.ts';
import type { ChartState } from '../model/composed.ts';
import { heardAmong } from '../run/hearing.ts';
import type { Configuration } from './configurations.ts';
import type { Searched } from './nodes.ts';
import type { Space } from './space.ts';
import { voidSets } from './voids.ts';

/** Something that may happen to a case in a configuration. */
export interface Move {
  readonly kind: 'start' | 'event' | 'outside' | 'outcome' | 'timer';
  /** Event, `address:OUTCOME`, or id of the timer. */
  readonly name: string;
  /** XState's event type. */
  readonly type: string;
  /** Sets of facts that the forms it saves may void. */
  readonly voids: readonly ReadonlySet<string>[];
  /** Who may make it, of those who signed before; null: no person does. */
  readonly person: { readonly only: string | null; readonly not: readonly string[] } | null;
}

/** What one region adds to the moves of a configuration, whatever the others are at. */
interface Part {
  readonly events: readonly Move[];
  /** Answers and deadlines. */
  readonly others: readonly Move[];
}

/** Everything that may happen in a configuration, in document order of the leaves that hear it. */
export class Moves {
  private readonly space: Space;
  private readonly known = new Map<number, readonly Move[]>();
  private readonly parts = new Map<string, Part>();
  private readonly voided = new Map<string, Move['voids']>();
  private readonly facts: ReadonlySet<string>;
  /** Whoever sends it sends it everywhere; where nobody hears it, that is something to be told. */
  private readonly everywhere: readonly Move[];

  constructor(space: Space) {
    this.space = space;
    this.facts = new Set(space.slots.flatMap((slot) => (slot.kind === 'fact' ? [slot.name] : [])));
    const heard = new Set(space.nodes.all.flatMap((node) => [...node.on.keys()]));
    this.everywhere = Object.entries(space.searched.declared.events).flatMap(([name, known]) =>
      known.heard === 'always' && heard.has(name)
        ? [{ kind: 'outside' as const, name, type: name, voids: [], person: null }]
        : [],
    );
  }

  in(configuration: Configuration): readonly Move[] {
    let found = this.known.get(configuration.id);
    if (found === undefined) {
      found = this.work(configuration);
      this.known.set(configuration.id, found);
    }
    return found;
  }

  private work(configuration: Configuration): readonly Move[] {
    const parts = this.regionsIn(configuration).map((leaves) => this.partOf(leaves));
    const events = new Map<string, Move>();
    for (const part of parts) for (const move of part.events) if (!events.has(move.name)) events.set(move.name, move);
    for (const move of this.everywhere) if (!events.has(move.name)) events.set(move.name, move);
    const others = new Map(parts.flatMap((part) => part.others.map((move) => [move.name, move])));
    // Each configuration has moves of its own: what comes of one depends on all that is active.
    return [...events.values(), ...others.values()].map((move) => ({ ...move }));
  }

  /** The leaves by the child of a parallel root that they are in; all together where the root itself hears something. */
  private regionsIn({ leaves }: Configuration): readonly (readonly number[])[] {
    const { nodes, configurations } = this.space;
    const [root] = nodes.all;
    if (root?.kind !== 'parallel' || root.on.size > 0) return [leaves];
    return root.children.map((child) => leaves.filter((leaf) => leaf === child || configurations.isBelow(leaf, child)));
  }

  private partOf(leaves: readonly number[]): Part {
    const key = leaves.join();
    let part = this.parts.get(key);
    if (part === undefined) {
      const states = this.space.statesAround(leaves).flatMap((node) => (node.state === null ? [] : [node.state]));
      part = { events: this.events(states), others: this.answersAndDeadlines(states) };
      this.parts.set(key, part);
    }
    return part;
  }

  private events(states: readonly ChartState[]): readonly Move[] {
    const { events } = this.space.searched.declared;
    const moves: Move[] = [];
    for (const name of new Set(states.flatMap((state) => Object.keys(state.on)))) {
      const known = events[name];
      if (known === undefined) continue;
      if (known.by === undefined) {
        moves.push({ kind: 'outside', name, type: name, voids: [], person: null });
        continue;
      }
      const task = heardAmong(states, name, known);
      const forms = task?.saves === 'complete' ? (task.task?.task.forms ?? []) : [];
      const person = { only: task?.task?.task.only ?? null, not: task?.task?.task.not ?? [] };
      moves.push({ kind: 'event', name, type: name, voids: this.voidsOf(forms), person });
    }
    return moves;
  }

  private answersAndDeadlines(states: readonly ChartState[]): readonly Move[] {
    const moves: Move[] = [];
    for (const state of states) {
      for (const outcome of outcomesOf(this.space.searched, state)) {
        const type = outcomeEvent(state.address, outcome);
        moves.push({ kind: 'outcome', name: `${state.address}:${outcome}`, type, voids: [], person: null });
      }
      for (const deadline of state.after) {
        const id = timerId(state.address, 'after', deadline.key);
        moves.push({ kind: 'timer', name: id, type: timerEvent(id), voids: [], person: null });
      }
    }
    return moves;
  }

  private voidsOf(forms: readonly string[]): Move['voids'] {
    const key = forms.join(' ');
    let found = this.voided.get(key);
    if (found === undefined) {
      found = voidSets(this.space.searched.declared.facts, forms, this.facts);
      this.voided.set(key, found);
    }
    return found;
  }
}

function outcomesOf({ connectors }: Searched, { call, outcomes }: ChartState): ReadonlySet<string> {
  if (call === null) return new Set();
  const operation = connectors[call.connector]?.operations[call.operation];
  return new Set([...Object.keys(operation?.outcomes ?? outcomes), 'UNAVAILABLE']);
}
