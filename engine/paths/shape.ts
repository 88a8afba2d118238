import { evaluateText } from '../expressions/index.ts';
import type { Definition } from '../model/definition.ts';
import { openPaths } from '../run/commit.ts';
import { atOf, configurationOf, historyOf, within } from '../run/configuration.ts';
import { scopeOf } from '../run/scope.ts';
import { countOf, worldOf } from '../run/world.ts';
import { envOf, type Session } from '../simulate/session.ts';
import { Finder } from './found.ts';
import { termsOf } from './terms.ts';

/**
 * What of a played case decides how it can go on. Two cases of the same shape can go on in the same ways, as far as
 * conditions see.
 */
export interface Shape {
  /** Active leaves. */
  readonly at: readonly string[];
  /**
   * What is proven (`fact x`), what conditions find in the data (their text), which fields are open (`open`), which
   * calls have no answer yet (`asked`, `lost`, `left`), what is parked. Name -> value.
   */
  readonly holds: ReadonlyMap<string, string>;
  /** How often something happened, and where that makes a difference. */
  readonly counts: readonly Counted[];
}

interface Counted {
  readonly name: string;
  readonly count: string;
  readonly around: string;
}

/** What conditions about dates will find when nothing but time has passed, as one text. */
export function datesAt(session: Session, now: number): string {
  const { definition, state, calendar } = session;
  const world = worldOf(state, historyOf(state), { event: {}, actor: null }, envOf({ now, calendar }));
  const scope = scopeOf(definition, world, atOf(configurationOf(state.active)));
  return termsOf(definition)
    .data.filter((text) => /\b(today|now)\b/.test(text))
    .map((text) => {
      const result = evaluateText(text, scope);
      return result.kind === 'value' ? String(result.value) : '';
    })
    .join(' ');
}

const shapes = new WeakMap<Session, Shape>();

/** Worked out once for each session, which nobody changes. */
export function shapeOf(session: Session): Shape {
  let shape = shapes.get(session);
  if (shape === undefined) {
    shape = workedOut(session);
    shapes.set(session, shape);
  }
  return shape;
}

const finders = new WeakMap<Definition, Finder>();

function finderOf(definition: Definition, data: readonly string[]): Finder {
  const finder = finders.get(definition) ?? new Finder(definition, data);
  finders.set(definition, finder);
  return finder;
}

function workedOut(session: Session): Shape {
  const { definition, state } = session;
  const { data, counts, edits } = termsOf(definition);
  const world = worldOf(state, historyOf(state), { event: {}, actor: null }, envOf(session));
  const scope = scopeOf(definition, world, atOf(configurationOf(state.active)));
  const holds = new Map<string, string>();
  for (const fact of Object.keys(state.facts)) holds.set(`fact ${fact}`, '');
  for (const [text, found] of finderOf(definition, data).in(state, scope)) holds.set(text, found);
  for (const edit of edits) holds.set(`open ${edit}`, openPaths(definition, world, edit).join(' '));
  for (const call of session.calls) holds.set(`${call.reply?.lost === true ? 'lost' : 'asked'} ${call.call}`, '');
  for (const [call, { status }] of Object.entries(state.calls)) if (status === 'left') holds.set(`left ${call}`, '');
  for (const parked of Object.keys(state.parked)) holds.set(`parked ${parked}`, '');
  return {
    at: state.active,
    holds,
    counts: counts.map(({ kind, name, most, around }) => {
      const per = definition.declared.counters[name]?.per;
      const count =
        kind === 'counter' ? countOf(state.counters[name], per, world.today) : (state.records[name] ?? []).length;
      return { name, count: String(Math.min(count, most)), around };
    }),
  };
}

/** The value of something that a condition looks at, named as in `namesIn`; undefined where it is not so. */
export function valueIn(shape: Shape, name: string): string | undefined {
  if (name.startsWith('at ')) {
    const address = name.slice(3);
    return shape.at.some((leaf) => within(leaf, address)) ? '' : undefined;
  }
  return shape.holds.get(name) ?? shape.counts.find((each) => each.name === name)?.count;
}

const texts = new WeakMap<Shape, string>();

/** One text for everything. */
export function shapeText(shape: Shape): string {
  let text = texts.get(shape);
  if (text === undefined) {
    text = written(shape);
    texts.set(shape, text);
  }
  return text;
}

function written(shape: Shape): string {
  const holds = [...shape.holds].map(([name, value]) => `${name} ${value}`).sort();
  return [...shape.at, ...holds, ...shape.counts.map(({ name, count }) => `${name} ${count}`)].join('|');
}
