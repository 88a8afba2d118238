import type { Scope } from '../expressions/index.ts';
import { offered } from '../forms/index.ts';
import type { CompiledForm, Rule } from '../forms/types.ts';
import type { Definition } from '../model/definition.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { formOf } from '../run/forms.ts';
import { type Truth, truthOf } from '../run/truth.ts';

/** What is known of every case of a project before anybody filled in anything. */
export interface Known {
  readonly definition: Definition;
  /** Fields that leave no choice: the settings offer one value only. */
  readonly fixed: { readonly [form: string]: JsonObject };
}

export function knownOf(definition: Definition): Known {
  const fixed: { [form: string]: JsonObject } = {};
  for (const id of Object.keys(definition.forms)) {
    const values: { [field: string]: Json } = {};
    for (const field of formOf(definition, id)?.fields ?? []) {
      if (field.type === 'array' || field.required !== true) continue;
      const [only, ...others] = offered(field, { settings: definition.settings, forms: {} });
      if (only !== undefined && others.length === 0) values[field.name] = only.value;
    }
    fixed[id] = values;
  }
  return { definition, fixed };
}

/** As an expression of a text or, with a form, of that form sees it. */
export function knownScope({ definition, fixed }: Known, form?: CompiledForm): Scope {
  const own = form === undefined ? {} : fixed[form.id];
  return { values: { ...fixed, ...own, settings: definition.settings } };
}

/** Whether a rule of a form holds in every case (`yes`), in none (`no`), or hangs on what is filled in. */
export function ruleHolds(known: Known, form: CompiledForm, rule: Rule): Truth {
  return typeof rule === 'boolean' ? (rule ? 'yes' : 'no') : conditionHolds(known, rule.text, form);
}

/** The same of any condition. */
export function conditionHolds(known: Known, text: string, form?: CompiledForm): Truth {
  const { values } = knownScope(known, form);
  return truthOf(text, { values }, (path) => {
    let here: Json | undefined = values as JsonObject;
    for (const name of path) {
      if (here === null || typeof here !== 'object' || Array.isArray(here) || !Object.hasOwn(here, name)) return true;
      here = here[name];
    }
    return false;
  });
}
