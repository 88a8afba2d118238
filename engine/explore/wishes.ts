import { evaluateText, type Node, parse, pathOf, print } from '../expressions/index.ts';
import { smallest } from '../forms/index.ts';
import type { CaseState } from '../model/case.ts';
import type { Environment } from '../model/command.ts';
import type { Definition } from '../model/definition.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { historyOf } from '../run/configuration.ts';
import { formContext, formOf } from '../run/forms.ts';
import { scopeOf } from '../run/scope.ts';
import { worldOf } from '../run/world.ts';
import type { Step } from './explore.ts';

/** How a term of a condition is wanted to come out: `path == other`, `has(path)`. */
export interface Wish {
  /** `organization.name`, `event.mode` */
  readonly path: readonly [root: string, field: string];
  readonly want: 'equal' | 'other' | 'there' | 'gone' | '<' | '<=' | '>' | '>=';
  /** The other side of the comparison. */
  readonly than: string;
}

/** What the choices of a step say about data of events and forms. */
export function wishesOf(step: Pick<Step, 'choices'>): readonly Wish[] {
  return step.choices.flatMap((choice) => {
    const parsed = parse(choice.about);
    return parsed.kind === 'parsed' ? wishesIn(parsed.expression.ast, choice.option === 1) : [];
  });
}

function wishesIn(node: Node, holds: boolean): readonly Wish[] {
  if (node.op === 'call' && node.args[0] === 'has') {
    const path = fieldOf(node.args[1][0]);
    return path === null ? [] : [{ path, want: holds ? 'there' : 'gone', than: '' }];
  }
  const asked = fieldOf(node);
  if (asked !== null) return [{ path: asked, want: holds ? 'equal' : 'other', than: 'true' }];
  if (node.op === '<' || node.op === '<=' || node.op === '>' || node.op === '>=') {
    const path = fieldOf(node.args[0]);
    return path === null ? [] : [{ path, want: holds ? node.op : contrary[node.op], than: print(node.args[1]) }];
  }
  if (node.op !== '==') return [];
  const [one, two] = node.args;
  return [
    [one, two],
    [two, one],
  ].flatMap(([side, other]) => {
    const path = fieldOf(side);
    return path === null || other === undefined
      ? []
      : [{ path, want: holds ? ('equal' as const) : ('other' as const), than: print(other) }];
  });
}

const contrary = { '<': '>=', '<=': '>', '>': '<=', '>=': '<' } as const;

function fieldOf(node: Node | undefined): readonly [string, string] | null {
  const [root, field, more] = (node === undefined ? null : pathOf(node)) ?? [];
  return root === undefined || field === undefined || more !== undefined ? null : [root, field];
}

/**
 * Values for a form (or the data of an event) that make the wishes come true, as far as they can be made now; null takes
 * a field away. What cannot be known yet is left out.
 */
export function valuesFor(
  definition: Definition,
  state: CaseState,
  env: Environment,
  root: string,
  wishes: readonly Wish[],
  schema: JsonObject | undefined,
): JsonObject {
  const world = worldOf(state, historyOf(state), { event: {}, actor: null }, env);
  const scope = scopeOf(definition, world);
  const values: JsonObject = {};
  for (const { path, want, than } of wishes) {
    const [at, field] = path;
    if (at !== root) continue;
    if (want === 'gone') values[field] = null;
    if (want === 'gone' || want === 'there') continue;
    const known = evaluateText(than, scope);
    if (want !== 'equal' && want !== 'other') {
      const number = numberFor(want, known.kind === 'value' ? known.value : null);
      if (number !== undefined && values[field] === undefined) values[field] = number;
    }
    if (want === 'equal' && known.kind === 'value' && known.value !== null) values[field] = known.value;
    if (want === 'other' && values[field] === undefined) {
      const denied = wishes.flatMap((each) =>
        each.path[0] === at && each.path[1] === field && each.want === 'other' ? [each.than] : [],
      );
      const value = otherThan(known.kind === 'value' ? known.value : null, schema, field, denied);
      if (value !== undefined) values[field] = value;
    }
  }
  return values;
}

/** A whole number that compares so. */
function numberFor(want: '<' | '<=' | '>' | '>=', than: Json): number | undefined {
  if (typeof than !== 'number') return undefined;
  if (want === '<') return than - 1;
  return want === '>' ? than + 1 : than;
}

/** A value of that field which none of the denied literals is. */
function otherThan(
  known: Json,
  schema: JsonObject | undefined,
  field: string,
  denied: readonly string[],
): Json | undefined {
  const property = ((schema?.properties ?? {}) as JsonObject)[field] as JsonObject | undefined;
  const allowed = property?.enum;
  if (Array.isArray(allowed)) return allowed.find((value) => !denied.includes(JSON.stringify(value)));
  if (property?.['x-secret'] !== undefined)
    return ['right', 'wrong', 'expired', 'used'].find((verdict) => !denied.includes(JSON.stringify(verdict)));
  if (property?.type === 'boolean') return known !== true;
  if (typeof known === 'number') return known + 1;
  if (typeof known === 'string') return `${known}甲`;
  return undefined;
}

/** Other valid-looking values of a field than the one it has. */
export function othersOf(
  definition: Definition,
  state: CaseState,
  env: Environment,
  form: string,
  field: string,
): readonly Json[] {
  const compiled = formOf(definition, form);
  if (compiled === null) return [];
  const world = worldOf(state, historyOf(state), { event: {}, actor: null }, env);
  const context = formContext(definition, world, form);
  const now = state.forms[form]?.[field];
  const allowed = compiled.field(field)?.schema.enum;
  const made = [1, 2, 3].map((seed) => smallest(compiled, context, { seed })[field]);
  const longer = typeof now === 'string' ? [`${now}甲`, `${now}1`] : typeof now === 'number' ? [now + 1] : [];
  const file =
    now !== null && typeof now === 'object' && !Array.isArray(now) && 'sha256' in now
      ? [{ ...now, id: `${String(now.id)}-2`, sha256: '1'.repeat(64) }]
      : [];
  return [...made, ...(Array.isArray(allowed) ? allowed : []), ...longer, ...file].filter(
    (value): value is Json => value !== undefined && JSON.stringify(value) !== JSON.stringify(now),
  );
}
