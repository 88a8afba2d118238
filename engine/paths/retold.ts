import { transitions } from '../check/walk.ts';
import { parse, references } from '../expressions/index.ts';
import { offered } from '../forms/index.ts';
import type { Json } from '../model/json.ts';
import { historyOf } from '../run/configuration.ts';
import { formContext, formOf } from '../run/forms.ts';
import { worldOf } from '../run/world.ts';
import { perform } from '../simulate/perform.ts';
import type { ScenarioStep } from '../simulate/scenario.ts';

import { envOf } from '../simulate/session.ts';
import { chainOf, type Found, type Search } from './search.ts';

/** A field that was filled in on the way, with another value. */
interface Other {
  readonly form: string;
  readonly field: string;
  readonly value: Json;
}

/**
 * Branches that hang on what was filled in long before: the way to where they stand is told again with each other choice
 * in the fields that their conditions read, for the search to go on from there.
 */
export function retell(search: Search): void {
  const { chart } = search.definition;
  for (const { state, transition } of transitions(chart)) {
    if (!transition.branches.some((branch) => search.missing.has(branch.address))) continue;
    const way = search.ways.get(state.address);
    if (way === undefined) continue;
    const texts = transition.branches.flatMap((branch) => (branch.if === null ? [] : [branch.if]));
    for (const other of othersOf(search, way.found, texts)) tellWith(search, way.found, other);
  }
}

function othersOf(search: Search, found: Found, texts: readonly string[]): readonly Other[] {
  const { definition } = search;
  const { session } = found;
  const world = worldOf(session.state, historyOf(session.state), { event: {}, actor: null }, envOf(session));
  const others = new Map<string, Other>();
  for (const text of texts) {
    const parsed = parse(text);
    if (parsed.kind === 'failed') continue;
    for (const { path } of references(parsed.expression.ast)) {
      const [id = '', name = '', more] = path;
      const field = more === undefined ? (formOf(definition, id)?.field(name) ?? null) : null;
      if (field === null || field.compute !== null) continue;
      for (const { value } of offered(field, formContext(definition, world, id))) {
        if (value === world.forms[id]?.[name]) continue;
        others.set(`${id}.${name} ${JSON.stringify(value)}`, { form: id, field: name, value });
      }
    }
  }
  return [...others.values()];
}

/** The same steps, with the other value where the form was last committed. */
function tellWith(search: Search, found: Found, other: Other): void {
  const chain = chainOf(found);
  const valueIn = (one: Found | undefined) => JSON.stringify(one?.session.state.forms[other.form]);
  const at = chain.findLastIndex((one, index) => index > 0 && valueIn(one) !== valueIn(chain[index - 1]));
  if (at < 0) return;
  let here = chain[at - 1] as Found;
  for (const [index, one] of chain.slice(at).entries()) {
    const steps = index === 0 ? one.steps.map((step) => withOther(step, other)) : one.steps;
    let { session } = here;
    for (const step of steps) {
      const told = perform(session, step);
      if (told.wrong !== undefined) return;
      session = told.session;
    }
    const next = search.take(here, session, steps, index === chain.length - at - 1);
    if (next === null) return;
    here = next;
  }
}

function withOther(step: ScenarioStep, other: Other): ScenarioStep {
  if (step.do === undefined) return step;
  const fill = typeof step.fill === 'object' ? step.fill : {};
  const given = fill[other.form];
  const values = given !== null && typeof given === 'object' && !Array.isArray(given) ? given : {};
  return { ...step, fill: { ...fill, [other.form]: { ...values, [other.field]: other.value } } };
}
