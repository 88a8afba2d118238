import { evaluateText } from '../expressions/index.ts';
import { openPaths } from '../run/commit.ts';
import { atOf, configurationOf, historyOf } from '../run/configuration.ts';
import { scopeOf } from '../run/scope.ts';
import { countOf, worldOf } from '../run/world.ts';
import { envOf, type Session } from '../simulate/session.ts';
import { termsOf } from './terms.ts';

/**
 * What of a played case decides how it can go on, as words. Two cases with the same words can go on in the same ways,
 * as far as conditions see.
 */
export interface Shape {
  /** Active leaves. */
  readonly at: readonly string[];
  /** What is proven, what conditions find in the data, which fields are open, which calls have no answer yet. */
  readonly holds: readonly string[];
  /** How often something happened, and where that makes a difference. */
  readonly counts: readonly { readonly name: string; readonly word: string; readonly around: string }[];
}

export function shapeOf(session: Session): Shape {
  const { definition, state } = session;
  const { data, counts, edits } = termsOf(definition);
  const world = worldOf(state, historyOf(state), { event: {}, actor: null }, envOf(session));
  const scope = scopeOf(definition, world, atOf(configurationOf(state.active)));
  const holds = Object.keys(state.facts).map((fact) => `fact ${fact}`);
  for (const text of data) {
    const result = evaluateText(text, scope);
    if (result.kind === 'value') holds.push(`${text} is ${String(result.value)}`);
  }
  for (const edit of edits) holds.push(`open ${openPaths(definition, world, edit).join(' ')}`);
  for (const call of session.calls) holds.push(`asked ${call.call}`);
  for (const [call, { status }] of Object.entries(state.calls)) if (status === 'left') holds.push(`left ${call}`);
  for (const parked of Object.keys(state.parked)) holds.push(`parked ${parked}`);
  return {
    at: state.active,
    holds,
    counts: counts.map(({ kind, name, most, around }) => {
      const per = definition.declared.counters[name]?.per;
      const count =
        kind === 'counter' ? countOf(state.counters[name], per, world.today) : (state.records[name] ?? []).length;
      return { name, word: `${name} ${Math.min(count, most)}`, around };
    }),
  };
}

/** One text for everything. */
export function shapeText(shape: Shape): string {
  return [...shape.at, ...[...shape.holds].sort(), ...shape.counts.map((each) => each.word)].join('|');
}
