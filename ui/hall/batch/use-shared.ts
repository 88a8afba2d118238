import { useEffect, useMemo, useRef, useState } from 'react';
import type { ReleaseView } from '../../../engine/contract/routes.ts';
import type { CompiledForm, Field } from '../../../engine/forms/live.ts';
import type { JsonObject } from '../../../engine/model/json.ts';
import { api, onSessionBack } from '../../api/index.ts';
import { type FormServices, FormSet } from '../../form/index.ts';
import { DraftSaver, type DraftState } from '../case/draft-saver.ts';
import { articleIn, contextFor, type Forms, titleOf } from '../case/use-forms.ts';

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
  const [state, setState] = useState<DraftState>({ kind: 'idle' });
  const saver = useRef<DraftSaver | null>(null);
  useEffect(() => {
    const own = new DraftSaver(
      { take: () => set.takeDirty(), restore: (patch) => set.giveBack(patch) },
      {
        save: (patch, leaving) => api.saveBatchShared(project, patch, leaving ? { keepalive: true } : {}),
        saved: () => undefined,
        state: setState,
      },
    );
    saver.current = own;
    const stop = set.subscribe(() => {
      if (set.isDirty()) own.changed();
    });
    if (set.isDirty()) own.changed();
    const leave = (): void => void own.leave();
    const wake = (): void => own.wake();
    window.addEventListener('pagehide', leave);
    window.addEventListener('online', wake);
    const stopHearing = onSessionBack(wake);
    return () => {
      stop();
      void own.stop();
      window.removeEventListener('pagehide', leave);
      window.removeEventListener('online', wake);
      stopHearing();
    };
  }, [project, set]);
  return state;
}

/** What the shared forms need of the page. */
export function useSharedServices(release: ReleaseView): FormServices {
  return useMemo<FormServices>(
    () => ({
      options: (source, ask, signal) => api.options(source, ask, { signal }),
      article: (id) => articleIn(release, id),
      titleOf: (path) => titleOf(release, path),
      schemaOf: (form) => release.forms[form] ?? null,
    }),
    [release],
  );
}
