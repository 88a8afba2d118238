import { formFromStandalone, type ValidatorModule } from '../../engine/forms/live.ts';
import { type Calendar, type Definition, type Issue, load, loadReleased } from '../../engine/index.ts';
import { api, type LabRelease } from '../api/index.ts';
import type { Source } from './worker/messages.ts';

export type Opened =
  | {
      readonly kind: 'ready';
      readonly definition: Definition;
      readonly calendar: Calendar;
      /** The same for a worker, which makes its own of it. */
      readonly source: Source;
    }
  | { readonly kind: 'broken'; readonly issues: readonly Issue[] };

/**
 * A release's files, read and compiled here by the production engine. The page's policy forbids code from strings, so
 * that the forms' validators come generated from the server; the engine then finds them.
 */
export async function openRelease(hash: string): Promise<Opened> {
  return opened(await api.labRelease(hash), api.validatorsUrl(hash), true);
}

/** The same of a project's draft, as it was saved last. */
export async function openDraft(project: string): Promise<Opened> {
  return opened(await api.labDraft(project), api.draftValidatorsUrl(project, Date.now()), false);
}

async function opened(release: LabRelease, validators: string, released: boolean): Promise<Opened> {
  return definitionOf({ ...release, validators, released });
}

export async function definitionOf(source: Source): Promise<Opened> {
  const { definition, issues } = (source.released ? loadReleased : load)(source.files, source.project);
  if (definition === null) return { kind: 'broken', issues };
  const module = (await import(/* @vite-ignore */ source.validators)) as ValidatorModule;
  formFromStandalone(module, definition.forms);
  return { kind: 'ready', definition, calendar: source.calendar, source };
}
