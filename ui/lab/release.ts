import { formFromStandalone, type ValidatorModule } from '../../engine/forms/live.ts';
import { type Calendar, type Definition, type Issue, load } from '../../engine/index.ts';

import { api } from '../api/index.ts';

export type Opened =
  | { readonly kind: 'ready'; readonly definition: Definition; readonly calendar: Calendar }
  | { readonly kind: 'broken'; readonly issues: readonly Issue[] };

/**
 * A release's files, read and compiled here by the production engine. The page's policy forbids code from strings, so
 * that the forms' validators come generated from the server; the engine then finds them.
 */
export async function openRelease(hash: string): Promise<Opened> {
  const [{ files, project, calendar }, module] = await Promise.all([
    api.labRelease(hash),
    import(/* @vite-ignore */ api.validatorsUrl(hash)) as Promise<ValidatorModule>,
  ]);
  const { definition, issues } = load(files, project);
  if (definition === null) return { kind: 'broken', issues };
  formFromStandalone(module, definition.forms);
  return { kind: 'ready', definition, calendar };
}
