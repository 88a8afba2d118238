import type { Mark } from '../../engine/contract/view.ts';
import type { Json, JsonObject } from '../../engine/model/json.ts';
import type { Clock } from '../clock.ts';
import { changeDocument } from '../store/change.ts';
import { KeyedQueue } from '../store/queue.ts';
import type { Store } from '../store/store.ts';

/** Working copies: form -> field -> value; null = emptied by the person, also where committed data has a value. */
export type DraftForms = { readonly [form: string]: { readonly [field: string]: Json } };

/** Fields that were read from a picture: form -> field -> where from and how surely. No values. */
export type DraftMarks = { readonly [form: string]: { readonly [field: string]: Mark } };

export interface Draft {
  readonly forms: DraftForms;
  /** They outlive the commit of their forms, and end with the next change of the field. */
  readonly marks?: DraftMarks;
  readonly savedAt: number;
}

/**
 * What people have typed and not yet sent. No step of the process and not in the case's journal: one document for a case
 * and role, merged field by field, so that two tabs lose nothing of each other.
 */
export interface Drafts {
  read(caseId: string, role: string): Promise<Draft>;
  /** A field that changes loses its mark, unless `marks` gives it one. */
  merge(caseId: string, role: string, forms: DraftForms, marks?: DraftMarks): Promise<Draft>;
  /** Forgets forms that were committed. */
  forget(caseId: string, role: string, forms: readonly string[]): Promise<void>;
  /** Forgets everything that anybody typed in this case. */
  erase(caseId: string, roles: readonly string[]): Promise<void>;
}

export function createDrafts(store: Store, clock: Clock): Drafts {
  const queue = new KeyedQueue();
  const idOf = (caseId: string, role: string): string => `${caseId}-${role}`;

  const draftOf = (data: Json | null): Draft =>
    data === null ? { forms: {}, savedAt: 0 } : (data as unknown as Draft);
  /** One after the other here; of nodes that write at once, the slower one does it again. */
  const change = (id: string, next: (now: Draft) => Draft | null | undefined): Promise<Draft> =>
    queue.run(id, async () =>
      draftOf(
        await changeDocument(store, 'draft', id, (data) => next(draftOf(data)) as unknown as Json | null | undefined),
      ),
    );

  return {
    read: async (caseId, role) => draftOf((await store.readDocument('draft', idOf(caseId, role)))?.data ?? null),
    merge: (caseId, role, forms, marks = {}) =>
      change(idOf(caseId, role), (now) => {
        const merged: { [form: string]: { readonly [field: string]: Json } } = { ...now.forms };
        for (const [form, fields] of Object.entries(forms)) merged[form] = { ...merged[form], ...fields };
        return { forms: merged, marks: mergeMarks(now, forms, marks), savedAt: clock.now() };
      }),
    async forget(caseId, role, forms) {
      await change(idOf(caseId, role), (now) => {
        const left = Object.fromEntries(Object.entries(now.forms).filter(([form]) => !forms.includes(form)));
        if (Object.keys(left).length === Object.keys(now.forms).length) return undefined;
        const isMarked = Object.keys(now.marks ?? {}).length > 0;
        return Object.keys(left).length === 0 && !isMarked ? null : { ...now, forms: left };
      });
    },
    async erase(caseId, roles) {
      for (const role of roles)
        await queue.run(idOf(caseId, role), () => store.removeDocument('draft', idOf(caseId, role)));
    },
  };
}

function mergeMarks(now: Draft, forms: DraftForms, marks: DraftMarks): DraftMarks {
  const merged: { [form: string]: { [field: string]: Mark } } = {};
  for (const form of new Set([...Object.keys(now.marks ?? {}), ...Object.keys(marks)])) {
    const kept = Object.entries(now.marks?.[form] ?? {}).filter(([field]) => {
      const given = forms[form]?.[field];
      return given === undefined || JSON.stringify(given) === JSON.stringify(now.forms[form]?.[field]);
    });
    const all = { ...Object.fromEntries(kept), ...marks[form] };
    if (Object.keys(all).length > 0) merged[form] = all;
  }
  return merged;
}

/** Committed data overlaid by the working copy. `editable` limits it to those paths (`<form>.<field>`), null = all. */
export function overlay(
  form: string,
  committed: JsonObject,
  draft: DraftForms,
  editable: readonly string[] | null,
): JsonObject {
  const values: JsonObject = { ...committed };
  for (const [field, value] of Object.entries(draft[form] ?? {})) {
    if (editable !== null && !isOpen(editable, form, field)) continue;
    if (value === null) delete values[field];
    else values[field] = value;
  }
  return values;
}

/** `organization` opens all of the form, `organization.name` the field, `organization.name.x` the field that holds it. */
export function isOpen(editable: readonly string[], form: string, field: string): boolean {
  const path = `${form}.${field}`;
  return editable.some((open) => open === form || open === path || open.startsWith(`${path}.`));
}
