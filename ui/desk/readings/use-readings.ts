import type { ReadingsView } from '../../../engine/contract/routes.ts';
import type { CaseView, TaskView } from '../../../engine/contract/view.ts';
import { api } from '../../api/index.ts';
import { type Loaded, useLoad } from '../../app/load.ts';
import { isObject } from '../papers.ts';

/** What stands on the pictures of a task beside what was typed: asked for once for the files that it shows. */
export function useReadings(
  view: CaseView,
  task: TaskView | null,
): { readonly asked: boolean; readonly state: Loaded<ReadingsView>; again(): void } {
  const files =
    task === null ? [] : task.sections.flatMap((one) => (one.kind === 'form' ? picturesIn(one.values) : []));
  const asked = files.length > 0 && view.erased?.files === undefined;
  const key = `readings ${view.id} ${task?.mine === true} ${files.join(' ')}`;
  const { state, reload } = useLoad(asked ? key : null, () => api.readings(view.id));
  return { asked, state, again: reload };
}

function picturesIn(values: { readonly [field: string]: unknown }): readonly string[] {
  return Object.values(values).flatMap((value) => {
    const file = value as Parameters<typeof isObject>[0];
    const isPicture = isObject(file) && typeof file.id === 'string' && String(file.type).startsWith('image/');
    return isPicture ? [String(file.id)] : [];
  });
}
