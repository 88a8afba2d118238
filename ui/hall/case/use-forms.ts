import { useEffect, useMemo, useRef } from 'react';
import type { ReleaseView } from '../../../engine/contract/routes.ts';
import type { CaseView, SectionView, TaskView } from '../../../engine/contract/view.ts';
import {
  type CompiledForm,
  type FormContext,
  formFromStandalone,
  type Tables,
  type ValidatorModule,
} from '../../../engine/forms/live.ts';
import type { JsonObject } from '../../../engine/model/json.ts';
import { api, upload } from '../../api/index.ts';
import { asObject, asText } from '../../app/hall-info.tsx';
import { type Loaded, useLoad } from '../../app/load.ts';
import { now } from '../../app/now.ts';
import { locale } from '../../app/texts/index.ts';
import { type Article as FormArticle, type FormServices, FormSet, type FormStore } from '../../form/index.ts';
import type { DraftState } from './draft-saver.ts';
import { useSaver } from './use-saver.ts';

export type Forms = { readonly [form: string]: CompiledForm };

/** The release's forms with the validators that the server generated: no eval in the browser. */
export function useCompiledForms(release: ReleaseView | null): Loaded<Forms> {
  return useLoad(release && `forms ${release.hash}`, async () => {
    if (!release) return {};
    const module = (await import(/* @vite-ignore */ api.validatorsUrl(release.hash))) as ValidatorModule;
    return formFromStandalone(module, release.forms);
  }).state;
}

type FormSection = Extract<SectionView, { kind: 'form' }>;

/** What surrounds the forms of a task: other forms of the case, settings, tables, versions of the agreements. */
export function contextOf(release: ReleaseView, task: TaskView): FormContext {
  const forms: { [form: string]: JsonObject } = { ...task.context?.forms };
  for (const section of task.sections) if (section.kind === 'form') forms[section.form] = section.values;
  return { ...contextFor(release, forms), ...(task.context?.roots && { roots: task.context.roots }) };
}

/** What surrounds forms of a release whatever they belong to. */
export function contextFor(release: ReleaseView, forms: FormContext['forms']): FormContext {
  const agreements: { [id: string]: string } = {};
  for (const [id, agreement] of Object.entries(release.content.agreements ?? {})) {
    const version = asText(asObject(agreement).version);
    if (version) agreements[id] = version;
  }
  return {
    forms,
    settings: release.settings,
    tables: release.tables as unknown as Tables,
    locale: locale(),
    agreements,
    now: now(),
  };
}

/** An agreement of the release's content. */
export function articleIn(release: ReleaseView, id: string): FormArticle | null {
  const found = asObject(release.content.agreements?.[id]);
  const title = asText(found.title);
  const text = asText(found.text);
  const version = asText(found.version);
  return title && text ? { title, text, ...(version && { version }) } : null;
}

export function editSections(task: TaskView): readonly FormSection[] {
  return task.sections.filter((section): section is FormSection => section.kind === 'form' && section.mode === 'edit');
}

/** A task that opens with an article and asks for something below it: the article names the page. */
export function isGuide(task: TaskView): boolean {
  return task.article !== undefined && editSections(task).length > 0;
}

/** What reviewers said about fields of this task: `flags` of the records shown, newest first. `<form>.<field>` -> text. */
export function flagsOf(task: TaskView): ReadonlyMap<string, string> {
  const said = new Map<string, string>();
  for (const section of task.sections) {
    if (section.kind !== 'record') continue;
    for (const entry of section.entries) {
      for (const value of Object.values(entry.data)) {
        if (!Array.isArray(value)) continue;
        for (const flag of value) {
          const { field, reason } = asObject(flag);
          if (typeof field === 'string' && typeof reason === 'string' && !said.has(field)) said.set(field, reason);
        }
      }
    }
  }
  return said;
}

function notesFor(form: string, flags: ReadonlyMap<string, string>): { [field: string]: string } {
  const notes: { [field: string]: string } = {};
  for (const [path, text] of flags) {
    const [id, field] = path.split('.');
    if (id === form && field) notes[field] = text;
  }
  return notes;
}

/** The forms that a task opens, as one set that lives as long as the task does; newer values from the server flow in. */
export function useFormSet(release: ReleaseView, forms: Forms, task: TaskView): FormSet {
  // biome-ignore lint/correctness/useExhaustiveDependencies: newer views are merged below, not built anew
  const set = useMemo(() => {
    const flags = flagsOf(task);
    return new FormSet({
      forms: editSections(task).flatMap((section) => {
        const form = forms[section.form];
        if (!form) return [];
        const { values, editable, marks } = section;
        return [{ form, values, editable, notes: notesFor(section.form, flags), ...(marks && { marks }) }];
      }),
      context: contextOf(release, task),
    });
  }, [forms, task.state, release]);

  const built = useRef(task);
  useEffect(() => {
    if (built.current === task) return;
    built.current = task;
    const values = Object.fromEntries(editSections(task).map((section) => [section.form, section.values]));
    set.merge(values, contextOf(release, task));
  }, [set, task, release]);
  return set;
}

/** Nothing of it is open here. */
export function isLocked(store: FormStore): boolean {
  return store.form.fields.every((field) => store.field(field.name).locked || field.compute !== null);
}

/** What can be changed stands first; what a correction leaves alone follows. */
export function inOrder(set: FormSet): readonly FormStore[] {
  return [...set.stores].sort((a, b) => Number(isLocked(a)) - Number(isLocked(b)));
}

/** Saves what changes by itself, tells other tabs of this browser, and takes over what they saved. */
export function useDraft(
  caseId: string,
  set: FormSet,
): { readonly state: DraftState; readonly flush: () => Promise<void> } {
  return useSaver(caseId, set, () => {
    const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(`certflow.draft.${caseId}`);
    if (channel) channel.onmessage = (event: MessageEvent<unknown>) => followTab(set, event.data);
    return {
      save: (patch, leaving) => api.saveDraft(caseId, patch, set.marksOf(patch), leaving ? { keepalive: true } : {}),
      // Other tabs hear of the last save as well.
      saved: (patch) => channel?.postMessage(patch),
      close: () => channel?.close(),
    };
  });
}

/** Another tab saved these fields: they appear here too, but for what is being changed here. */
function followTab(set: FormSet, data: unknown): void {
  const patch = asObject(data as JsonObject);
  const values: { [form: string]: JsonObject } = {};
  for (const store of set.stores) {
    const fields = asObject(patch[store.id]);
    if (Object.keys(fields).length === 0) continue;
    const next: JsonObject = {};
    for (const { name, compute } of store.form.fields) {
      const { value } = store.field(name);
      if (compute === null && value !== undefined) next[name] = value;
    }
    for (const [field, value] of Object.entries(fields)) {
      if (value === null) delete next[field];
      else next[field] = value;
    }
    values[store.id] = next;
  }
  set.merge(values);
}

/** What the forms need of the page: uploads, options, articles, addresses. */
export function useServices(view: CaseView, release: ReleaseView): FormServices {
  const id = view.id;
  const documents = useMemo(
    () => new Set(view.tasks.flatMap((task) => task.documents.map((document) => document.id))),
    [view],
  );
  return useMemo<FormServices>(() => {
    const content = (kind: string, entry: string) => asObject(release.content[kind]?.[entry]);
    return {
      upload: (form, field, file, name, options) => upload(id, form, field, file, name, options),
      recognise: (file, signal) => api.recognise(id, file.id, { signal }),
      fileUrl: (file) => api.fileUrl(id, file.id),
      places: (form, field, values, signal) =>
        api.places(id, { form, field, values }, { signal }).then(({ left }) => left),
      ...servicesOf(release),
      documentUrl: (document) => (documents.has(document) ? api.documentUrl(id, document) : null),
      example: (example) => {
        const found = content('examples', example);
        const title = asText(found.title);
        const text = asText(found.text);
        const src = asText(found.src);
        return title ? { title, ...(text && { text }), ...(src && { src }) } : null;
      },
    };
  }, [id, release, documents]);
}

/** What forms of a release need of the page, whatever they belong to. */
export function servicesOf(release: ReleaseView): Pick<FormServices, 'options' | 'article' | 'titleOf' | 'schemaOf'> {
  return {
    options: (source, ask, signal) => api.options(source, ask, { signal }),
    article: (id) => articleIn(release, id),
    titleOf: (path) => titleOf(release, path),
    schemaOf: (form) => release.forms[form] ?? null,
  };
}

/** `organization.name` as 单位信息 · 名称. */
export function titleOf(release: ReleaseView, path: string): string {
  const [form, field] = path.split('.');
  const schema = form === undefined ? undefined : release.forms[form];
  const title = field === undefined ? undefined : asText(asObject(schema?.properties[field]).title);
  return schema ? (title ? `${schema.title} · ${title}` : schema.title) : path;
}
