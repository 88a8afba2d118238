import { outcomeEvent, timerEvent, timerId } from '../compile/names.ts';
import type { ChartState } from '../model/composed.ts';
import { configurationOf } from '../run/configuration.ts';
import { hear } from '../run/offers.ts';
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
}

/** Everything that may happen in a configuration, in document order of the leaves that hear it. */
export class Moves {
  private readonly space: Space;
  private readonly known = new Map<number, readonly Move[]>();
  private readonly voided = new Map<string, Move['voids']>();
  private readonly facts: ReadonlySet<string>;

  constructor(space: Space) {
    this.space = space;
    this.facts = new Set(space.slots.flatMap((slot) => (slot.kind === 'fact' ? [slot.name] : [])));
  }

  in(configuration: Configuration): readonly Move[] {
    let found = this.known.get(configuration.id);
    if (found === undefined) {
      found = [...this.events(configuration), ...this.answersAndDeadlines(configuration)];
      this.known.set(configuration.id, found);
    }
    return found;
  }

  private events(configuration: Configuration): readonly Move[] {
    const { searched } = this.space;
    const { events } = searched.declared;
    const heard = new Set(this.statesIn(configuration).flatMap((state) => Object.keys(state.on)));
    const leaves = configurationOf(this.space.addresses(configuration));
    const moves: Move[] = [];
    for (const name of heard) {
      const known = events[name];
      if (known === undefined) continue;
      if (known.by === undefined) {
        moves.push({ kind: 'outside', name, type: name, voids: [] });
        continue;
      }
      const task = hear(searched, leaves, name, known);
      const forms = task?.saves === 'complete' ? (task.task?.task.forms ?? []) : [];
      moves.push({ kind: 'event', name, type: name, voids: this.voidsOf(forms) });
    }
    for (const [name, known] of Object.entries(events)) {
      // Whoever sends it sends it everywhere; where nobody hears it, that is something to be told.
      if (known.heard !== 'always' || heard.has(name) || !this.hears(name)) continue;
      moves.push({ kind: 'outside', name, type: name, voids: [] });
    }
    return moves;
  }

  private answersAndDeadlines(configuration: Configuration): readonly Move[] {
    const moves: Move[] = [];
    for (const state of this.statesIn(configuration)) {
      for (const outcome of outcomesOf(this.space.searched, state)) {
        const type = outcomeEvent(state.address, outcome);
        moves.push({ kind: 'outcome', name: `${state.address}:${outcome}`, type, voids: [] });
      }
      for (const deadline of state.after) {
        const id = timerId(state.address, 'after', deadline.key);
        moves.push({ kind: 'timer', name: id, type: timerEvent(id), voids: [] });
      }
    }
    return moves;
  }

  private statesIn(configuration: Configuration) {
    return this.space.states(configuration).flatMap((node) => (node.state === null ? [] : [node.state]));
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

  private hears(event: string): boolean {
    return this.space.nodes.all.some((node) => node.on.has(event));
  }
}

function outcomesOf({ connectors }: Searched, { call, outcomes }: ChartState): ReadonlySet<string> {
  if (call === null) return new Set();
  const operation = connectors[call.connector]?.operations[call.operation];
  return new Set([...Object.keys(operation?.outcomes ?? outcomes), 'UNAVAILABLE']);
}
