import { compileForm } from '../forms/index.ts';
import { scopeIn } from '../forms/scope.ts';
import { exampleOf, smallest } from '../forms/smallest.ts';
import type { CompiledForm, FormContext } from '../forms/types.ts';
import { validateForm } from '../forms/validate.ts';
import type { CaseState } from '../model/case.ts';
import type { Environment } from '../model/command.ts';
import type { Definition } from '../model/definition.ts';
import type { JsonObject } from '../model/json.ts';
import { historyOf } from '../run/configuration.ts';
import { formContext } from '../run/forms.ts';
import { worldOf } from '../run/world.ts';

/** Enough to get past a rule about a day of birth, or of a week. */
const MOST_TRIES = 40;

type Forms = CaseState['forms'];

/** What a form of the case sees around itself. */
export function contextFor(definition: Definition, state: CaseState, id: string, env: Environment): FormContext {
  return formContext(definition, worldOf(state, historyOf(state), { event: {}, actor: null }, env), id);
}

/**
 * Forms whose texts are fictional already, so that they are as right as the originals were: what is computed is computed
 * anew, the version code of a scan fits where it fitted, and a rule across fields that held holds again.
 */
export function mended(definition: Definition, before: CaseState, forms: Forms, env: Environment): Forms {
  let now = forms;
  const change = (id: string, values: JsonObject): void => {
    now = { ...now, [id]: values };
  };
  const stateNow = (): CaseState => ({ ...before, forms: now });
  for (const id of Object.keys(forms))
    change(id, computed(formOf(definition, id), now[id] ?? {}, contextFor(definition, stateNow(), id, env)));
  for (const id of Object.keys(forms)) {
    const was = before.forms[id] ?? {};
    const form = formOf(definition, id);
    const context = contextFor(definition, stateNow(), id, env);
    change(id, coded(form, was, now[id] ?? {}, contextFor(definition, before, id, env), context));
  }
  for (const id of Object.keys(forms)) {
    const form = formOf(definition, id);
    if (validateForm(form, before.forms[id] ?? {}, contextFor(definition, before, id, env)).length > 0) continue;
    change(id, valid(form, now[id] ?? {}, contextFor(definition, stateNow(), id, env)));
  }
  return now;
}

function formOf(definition: Definition, id: string): CompiledForm {
  return compileForm(id, definition.forms[id] ?? { title: id, type: 'object', properties: {} });
}

function computed(form: CompiledForm, values: JsonObject, context: FormContext): JsonObject {
  const out = { ...values };
  for (const field of form.fields) {
    if (field.compute === null || out[field.name] === undefined) continue;
    const value = field.compute.run(scopeIn(form, out, context));
    if (value !== undefined) out[field.name] = value;
  }
  return out;
}

/** A scan carries the code of what was printed: right where it was right, and not where it was not. */
function coded(
  form: CompiledForm,
  was: JsonObject,
  values: JsonObject,
  before: FormContext,
  now: FormContext,
): JsonObject {
  const out = { ...values };
  for (const field of form.fields) {
    const old = was[field.name];
    const made = out[field.name];
    if (!field.file?.digest || !isObject(old) || !isObject(made) || typeof old.digest !== 'string') continue;
    const code = (context: FormContext) => (exampleOf(field, context) as JsonObject | undefined)?.digest;
    const right = code(now);
    out[field.name] = {
      ...made,
      digest: old.digest === code(before) && typeof right === 'string' ? right : 'outdated',
    };
  }
  return out;
}

/** Fields that are refused now get other values; where that does not help, what the form can be satisfied with. */
function valid(form: CompiledForm, values: JsonObject, context: FormContext): JsonObject {
  let best = values;
  let errors = validateForm(form, best, context);
  for (let round = 0; round < form.fields.length && errors.length > 0; round += 1) {
    const name = errors[0]?.path.split('.')[1] ?? '';
    const field = form.field(name);
    if (field === null) break;
    const better = Array.from({ length: MOST_TRIES }, (_, seed) => exampleOf(field, context, seed))
      .flatMap((value) => (value === undefined ? [] : [{ ...best, [name]: value }]))
      .find((tried) => validateForm(form, tried, context).length < errors.length);
    if (better === undefined) break;
    best = better;
    errors = validateForm(form, best, context);
  }
  if (errors.length === 0) return best;
  const wrong = new Set(errors.map(({ path }) => path.split('.')[1]));
  const given = Object.fromEntries(Object.entries(best).filter(([name]) => !wrong.has(name)));
  const rest = smallest(form, context, { given });
  return validateForm(form, rest, context).length < errors.length ? rest : best;
}

function isObject(value: JsonObject[string] | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
