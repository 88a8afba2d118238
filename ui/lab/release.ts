import { formFromStandalone, type ValidatorModule } from '../../engine/forms/live.ts';
import { type Calendar, type Definition, type Issue, load } from '../../engine/index.ts';
import { api, type LabRelease } from '../api/index.ts';

export type Opened =
  | { readonly kind: 'ready'; readonly definition: Definition; readonly calendar: Calendar }
  | { readonly kind: 'broken'; readonly issues: readonly Issue[] };

/**
 * A release's files, read and compiled here by the production engine. The page's policy forbids code from strings, so
 * that the forms' validators come generated from the server; the engine then finds them.
 */
export async function openRelease(hash: string): Promise<Opened> {
  return opened(await api.labRelease(hash), api.validatorsUrl(hash));
}

/** The same of a project's draft, as it was saved last. */
export async function openDraft(project: string): Promise<Opened> {
  return opened(await api.labDraft(project), api.draftValidatorsUrl(project, Date.now()));
}

async function opened({ files, project, calendar }: LabRelease, validators: string): Promise<Opened> {
  const { definition, issues } = load(files, project);
  if (definition === null) return { kind: 'broken', issues };
  const module = (await import(/* @vite-ignore */ validators)) as ValidatorModule;
  formFromStandalone(module, definition.forms);
  return { kind: 'ready', definition, calendar };
}
