import { compileForm } from '../forms/index.ts';
import type { CompiledForm, FormContext } from '../forms/types.ts';
import type { Definition } from '../model/definition.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { scopeOf } from './scope.ts';
import type { World } from './world.ts';

/** A form of the definition, compiled (once per schema). Null when the definition has none of that name. */
export function formOf(definition: Definition, id: string): CompiledForm | null {
  const schema = definition.forms[id];
  return schema === undefined ? null : compileForm(id, schema);
}

/**
 * What the conditions of the form `id` see: committed data overlaid by the working copies of the other forms, and the
 * roots of the process.
 */
export function formContext(
  definition: Definition,
  world: World,
  id: string,
  working: { readonly [form: string]: JsonObject } = {},
): FormContext {
  const { [id]: _own, ...others } = working;
  const forms = { ...emptyForms(definition), ...world.forms, ...others };
  const { values } = scopeOf(definition, world);
  const roots: JsonObject = {};
  for (const root of ['facts', 'counters', 'records', 'last', 'people', 'case', 'now', 'today'] as const) {
    roots[root] = values[root] as Json;
  }
  return {
    forms,
    settings: definition.settings,
    tables: definition.declared.tables,
    roots,
    secrets: 'verdict',
    now: world.now,
    documents: definition.documents,
    // What was printed is what is committed; a step that changes it voids the proof about it anyway.
    printed: { ...emptyForms(definition), ...world.forms },
    agreements: agreementVersions(definition),
  };
}

function emptyForms(definition: Definition): { [form: string]: JsonObject } {
  return Object.fromEntries(Object.keys(definition.forms).map((id) => [id, {}]));
}

/** Version of each article of the content `agreements`. */
export function agreementVersions(definition: Definition): { [agreement: string]: string } {
  const versions: { [agreement: string]: string } = {};
  for (const [id, article] of Object.entries(definition.content.agreements ?? {})) {
    const version = article !== null && typeof article === 'object' && !Array.isArray(article) ? article.version : null;
    if (typeof version === 'string' || typeof version === 'number') versions[id] = String(version);
  }
  return versions;
}
