import { useMemo } from 'react';
import type { ReleaseView } from '../../../engine/contract/routes.ts';
import type { CompiledForm, Field } from '../../../engine/forms/live.ts';
import type { JsonObject } from '../../../engine/model/json.ts';
import { api } from '../../api/index.ts';
import { type FormServices, FormSet } from '../../form/index.ts';
import type { DraftState } from '../case/draft-saver.ts';
import { contextFor, type Forms, servicesOf } from '../case/use-forms.ts';
import { useSaver } from '../case/use-saver.ts';

/** The forms that all rows share, as one set; a file belongs to a case, so its slot is closed here. */
export function useSharedSet(
  release: ReleaseView,
  forms: Forms,
  kept: { readonly [form: string]: JsonObject },
): FormSet {
  return useMemo(() => {
    const shared = (release.batch?.shared ?? []).flatMap((id) => forms[id] ?? []);
    return new FormSet({
      forms: shared.map((form) => ({ form, values: kept[form.id] ?? {}, editable: openFields(form) })),
      context: contextFor(release, kept),
    });
  }, [release, forms, kept]);
}

function openFields({ id, fields }: CompiledForm): readonly string[] {
  const isOpen = ({ file, secret }: Field) => file === null && secret === null;
  return fields.filter(isOpen).map(({ name }) => `${id}.${name}`);
}

/** Saves what is typed by itself, as the forms of a case do. */
export function useSharedDraft(project: string, set: FormSet): DraftState {
  return useSaver(project, set, () => ({
    save: (patch, leaving) => api.saveBatchShared(project, patch, leaving ? { keepalive: true } : {}),
  })).state;
}

/** What the shared forms need of the page. */
export function useSharedServices(release: ReleaseView): FormServices {
  return useMemo(() => servicesOf(release), [release]);
}
