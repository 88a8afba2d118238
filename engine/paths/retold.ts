import { type Hung, transitions } from '../check/walk.ts';
import { dateOf } from '../compose/duration.ts';
import { parse, references } from '../expressions/index.ts';
import type { Delay } from '../model/composed.ts';
import type { Json } from '../model/json.ts';
import { atOf, configurationOf, historyOf, within } from '../run/configuration.ts';
import { formOf } from '../run/forms.ts';
import { scopeOf } from '../run/scope.ts';
import { worldOf } from '../run/world.ts';
import type { ScenarioStep } from '../simulate/scenario.ts';
import { envOf } from '../simulate/session.ts';
import { carriedOut } from './moves.ts';
import { chainOf, type Found, type Search } from './search.ts';
import { leavesOf } from './terms.ts';
import { otherSides, valuesOf } from './values.ts';

/** What is told otherwise on the way. */
type Other =
  /** A field that was filled in, with another value; null leaves it out. */
  | { readonly kind: 'field'; readonly form: string; readonly field: string; readonly value: Json }
  /** A call that was made, with another reply. */
  | { readonly kind: 'reply'; readonly operation: string; readonly reply: Json }
  /** A call that nobody answers or gives up on: the way ends where it waits. */
  | { readonly kind: 'lost'; readonly operation: string };

/**
 * Branches that hang on what happened long before: the way to where they stand is told again with each other value of
 * the fields that their conditions read, with a call that stays open while they wait, or with a date that lies ahead;
 * for the search to go on from there. [PTH-3]
 */
export function retell(search: Search): void {
  const { chart } = search.definition;
  for (const hung of transitions(chart)) {
    if (!hung.transition.branches.some((branch) => search.missing.has(branch.address))) continue;
    const found = search.ways.get(hung.state.address)?.found;
    if (found === undefined) continue;
    const fields = fieldsFor(search, found, hung);
    const lost = lostFor(search, hung);
    for (const other of [...fields, ...lost]) tellWith(search, found, [other]);
    for (const field of fields) for (const open of lost) tellWith(search, found, [field, open]);
  }
  for (const state of Object.values(chart.states)) {
    const found = search.ways.get(state.address)?.found;
    for (const { key, duration } of state.remind) {
      if (found === undefined || !search.missing.has(`${state.address}.remind.${key}`)) continue;
      for (const other of datesFor(search, found, duration)) tellWith(search, found, [other]);
    }
  }
}

function fieldsFor({ definition }: Search, { session }: Found, { transition }: Hung): readonly Other[] {
  const world = worldOf(session.state, historyOf(session.state), { event: {}, actor: null }, envOf(session));
  const scope = scopeOf(definition, world, atOf(configurationOf(session.state.active)));
  const others = new Map<string, Other>();
  for (const text of transition.branches.flatMap((branch) => branch.if ?? [])) {
    const parsed = parse(text);
    if (parsed.kind === 'failed') continue;
    for (const leaf of leavesOf(parsed.expression.ast)) {
      for (const { path } of references(leaf)) {
        const [form = '', field = '', more] = path;
        const known = more === undefined ? (formOf(definition, form)?.field(field) ?? null) : null;
        if (known === null || known.compute !== null) continue;
        const now = world.forms[form]?.[field];
        const compared = { form, name: field, others: otherSides(leaf, path) };
        for (const value of valuesOf(session, world, compared, scope, now))
          if (value !== now) others.set(JSON.stringify([form, field, value]), { kind: 'field', form, field, value });
      }
    }
  }
  return [...others.values()];
}

/** Calls during which a deadline may pass, or a day may end before the answer comes. */
function lostFor({ definition }: Search, { state, kind }: Hung): readonly Other[] {
  if (kind !== 'outcome' && kind !== 'after') return [];
  const calls = Object.values(definition.chart.states).flatMap(({ address, call }) =>
    call !== null && within(address, state.address) ? [`${call.connector}.${call.operation}`] : [],
  );
  return [...new Set(calls)].map((operation) => ({ kind: 'lost', operation }));
}

const farAhead = 2 * 365 * 86_400_000;

/** The date that a delay counts from, two years ahead. */
function datesFor({ definition }: Search, { session }: Found, delay: Delay): readonly Other[] {
  if (delay.kind !== 'moment') return [];
  const value = dateOf(session.now + farAhead);
  const [root = '', name = '', inner = ''] = delay.of.split('.');
  if (root !== 'last') return [{ kind: 'field', form: root, field: name, value }];
  const record = definition.declared.records[name];
  if (record?.form !== undefined) return [{ kind: 'field', form: record.form, field: inner, value }];
  const [connector, operation, outcome] = record?.of?.split('.') ?? [];
  if (outcome === undefined) return [];
  return [{ kind: 'reply', operation: `${connector}.${operation}`, reply: { outcome, data: { [inner]: value } } }];
}

/** The same steps, each told otherwise where it was last decided. */
function tellWith(search: Search, found: Found, others: readonly Other[]): void {
  const key = JSON.stringify([found.session.state.active, others]);
  if (search.retold.has(key)) return;
  search.retold.add(key);
  const chain = chainOf(found);
  const places = others.map((other) => ({ other, at: placeOf(chain, other) }));
  if (places.some(({ at }) => at < 1)) return;
  const from = Math.min(...places.map(({ at }) => at));
  const ends = places.flatMap(({ other, at }) => (other.kind === 'lost' ? [at] : []));
  const until = Math.min(chain.length - 1, ...ends);
  let here = chain[from - 1] as Found;
  for (let index = from; index <= until; index++) {
    const told = places.filter(({ at }) => at === index).map(({ other }) => other);
    const steps = told.reduce(withOther, (chain[index] as Found).steps);
    const move = carriedOut(here.session, steps);
    const next = move === null ? null : search.take(here, move.session, steps, index === until);
    if (next === null) return;
    here = next;
  }
}

/** The last place of the chain at which it was decided; -1: nowhere. */
function placeOf(chain: readonly Found[], other: Other): number {
  return chain.findLastIndex((one, index) => {
    const before = chain[index - 1];
    if (before === undefined) return false;
    if (other.kind !== 'field') {
      const made = one.session.made.slice(before.session.made.length);
      return made.some((call) => `${call.connector}.${call.operation}` === other.operation);
    }
    const said = (each: Found) => JSON.stringify(each.session.state.forms[other.form]);
    return said(one) !== said(before);
  });
}

function withOther(steps: readonly ScenarioStep[], other: Other): readonly ScenarioStep[] {
  if (other.kind === 'field') return steps.map((step) => withValue(step, other));
  const { operation } = other;
  const rest = steps.map((step) => {
    if (step.world === undefined) return step;
    const { [operation]: _before, ...world } = step.world;
    return { ...step, world };
  });
  return [{ world: { [operation]: other.kind === 'lost' ? 'lost' : other.reply } }, ...rest];
}

function withValue(step: ScenarioStep, other: Extract<Other, { readonly kind: 'field' }>): ScenarioStep {
  if (step.do === undefined) return step;
  const fill = typeof step.fill === 'object' ? step.fill : {};
  const given = fill[other.form];
  const values = given !== null && typeof given === 'object' && !Array.isArray(given) ? given : {};
  return { ...step, fill: { ...fill, [other.form]: { ...values, [other.field]: other.value } } };
}
