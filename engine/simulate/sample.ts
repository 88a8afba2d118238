import { conjuncts, evaluateText, parse, pathOf, print, type Scope } from '../expressions/index.ts';
import { fitting } from '../forms/pattern.ts';
import type { CaseState } from '../model/case.ts';
import type { Environment } from '../model/command.ts';
import type { Transition } from '../model/composed.ts';
import type { Definition } from '../model/definition.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { activeStates, atOf, configurationOf, historyOf } from '../run/configuration.ts';
import { scopeOf } from '../run/scope.ts';
import { worldOf } from '../run/world.ts';

/** The smallest value that a schema of a connector's data allows: required fields only, first choices, short texts. */
export function sampleOf(schema: Json | undefined, name = 'value'): Json {
  if (schema === null || typeof schema !== 'object' || Array.isArray(schema)) return name;
  if (schema.const !== undefined) return schema.const;
  if (Array.isArray(schema.enum) && schema.enum[0] !== undefined) return schema.enum[0];
  if (schema.default !== undefined) return schema.default;
  switch (schema.type) {
    case 'boolean':
      return true;
    case 'integer':
    case 'number':
      return typeof schema.minimum === 'number' ? schema.minimum : 1;
    case 'null':
      return null;
    case 'array': {
      const count = typeof schema.minItems === 'number' ? schema.minItems : 0;
      return Array.from({ length: count }, () => sampleOf(schema.items, name));
    }
    case 'object':
      return sampleObject(schema);
    default:
      return sampleText(schema, name);
  }
}

function sampleObject(schema: JsonObject): JsonObject {
  const required = Array.isArray(schema.required) ? schema.required : [];
  const properties = schema.properties;
  const known = properties !== null && typeof properties === 'object' && !Array.isArray(properties) ? properties : {};
  const sample: JsonObject = {};
  for (const field of required) if (typeof field === 'string') sample[field] = sampleOf(known[field], field);
  return sample;
}

function sampleText(schema: JsonObject, name: string): string {
  if (schema.format === 'date') return '2026-01-05';
  if (typeof schema.pattern === 'string') return fitting(schema.pattern) ?? name;
  const least = typeof schema.minLength === 'number' ? schema.minLength : 0;
  const most = typeof schema.maxLength === 'number' ? schema.maxLength : 200;
  return `${name}-1`.padEnd(least, '1').slice(0, Math.max(most, 1));
}

/** Data of an outcome, or null when it has none; what the chart compares it with is taken over. */
export function outcomeData(
  definition: Definition,
  state: CaseState,
  call: { readonly call: string; readonly connector: string; readonly operation: string; readonly input: JsonObject },
  outcome: string,
  env: Environment,
): JsonObject | null {
  const schema = definition.connectors[call.connector]?.operations[call.operation]?.outcomes[outcome]?.data;
  if (schema === undefined) return null;
  const sample = sampleOf(schema) as JsonObject;
  // An answer usually repeats what was asked.
  for (const [name, value] of Object.entries(call.input))
    if (name in sample && typeof value !== 'object') sample[name] = value;
  const transition = definition.chart.states[call.call]?.outcomes[outcome];
  return transition === undefined ? sample : agreeing(definition, state, [transition], sample, env);
}

/** Data of an event from outside, such that the first branch that hears it holds, as far as equalities say how. */
export function outsideData(definition: Definition, state: CaseState, event: string, env: Environment): JsonObject {
  const [connector = '', name = ''] = (definition.declared.events[event]?.from ?? '').split('.');
  const known = definition.connectors[connector];
  const first = Object.values(known?.operations[name]?.outcomes ?? {})[0]?.data;
  const sample = sampleOf(known?.events[name]?.data ?? first ?? { type: 'object' }) as JsonObject;
  const hearing = activeStates(definition, configurationOf(state.active)).flatMap((each) => each.on[event] ?? []);
  return agreeing(definition, state, hearing, sample, env);
}

function agreeing(
  definition: Definition,
  state: CaseState,
  transitions: readonly Transition[],
  sample: JsonObject,
  env: Environment,
): JsonObject {
  const world = worldOf(state, historyOf(state), { event: sample, actor: null }, env);
  const scope = scopeOf(definition, world, atOf(configurationOf(state.active)));
  const data = { ...sample };
  const taken = new Set<string>();
  for (const transition of transitions) {
    const condition = transition.branches[0]?.if ?? null;
    const parsed = condition === null ? null : parse(condition);
    if (parsed?.kind !== 'parsed') continue;
    for (const term of conjuncts(parsed.expression.ast)) {
      if (term.op !== '==') continue;
      for (const [one, two] of [term.args, [term.args[1], term.args[0]]] as const) {
        const path = pathOf(one);
        if (path?.[0] !== 'event' || path[1] === undefined || path.length > 2 || taken.has(path[1])) continue;
        const value = knownValue(print(two), scope);
        if (value === undefined) continue;
        data[path[1]] = value;
        taken.add(path[1]);
      }
    }
  }
  return data;
}

function knownValue(text: string, scope: Scope): Json | undefined {
  const result = evaluateText(text, scope);
  return result.kind === 'value' && result.value !== null ? result.value : undefined;
}
