import type { Locale } from '../errors/index.ts';
import { compileForm } from '../forms/index.ts';
import type { CompiledForm, FormContext } from '../forms/types.ts';
import type { Definition } from '../model/definition.ts';
import type { JsonObject } from '../model/json.ts';
import { once } from '../model/once.ts';
import { committedForms, formRootsOf } from './scope.ts';
import type { World } from './world.ts';

/** A form of the definition, compiled (once per schema). Null when the definition has none of that name. */
export function formOf(definition: Definition, id: string): CompiledForm | null {
  const schema = definition.forms[id];
  return schema === undefined ? null : compileForm(id, schema);
}

/**
 * What the conditions of the form `id` see: committed data overlaid by the working copies of the other forms, and the
 * roots of the process.
 * @param locale in which mistakes are told
 */
export function formContext(
  definition: Definition,
  world: World,
  id: string,
  working: { readonly [form: string]: JsonObject } = nothing,
  locale?: Locale,
): FormContext {
  const { [id]: _own, ...others } = working;
  const committed = committedForms(definition, world);
  return {
    forms: working === nothing ? committed : { ...committed, ...others },
    settings: definition.settings,
    tables: definition.declared.tables,
    roots: formRootsOf(definition, world),
    secrets: 'verdict',
    now: world.now,
    documents: definition.documents,
    // What was printed is what is committed; a step that changes it voids the proof about it anyway.
    printed: committed,
    agreements: agreementVersions(definition.content),
    ...(locale !== undefined && { locale }),
  };
}

const nothing = {};

/** Version of each article of the content `agreements`. */
const agreementVersions = once((content: Definition['content']) => {
  const versions: { [agreement: string]: string } = {};
  for (const [id, article] of Object.entries(content.agreements ?? {})) {
    const version = article !== null && typeof article === 'object' && !Array.isArray(article) ? article.version : null;
    if (typeof version === 'string' || typeof version === 'number') versions[id] = String(version);
  }
  return versions;
});
