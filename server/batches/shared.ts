import { fieldsOf } from '../../engine/forms/live.ts';
import type { Definition } from '../../engine/model/definition.ts';
import type { Json, JsonObject } from '../../engine/model/json.ts';
import type { Clock } from '../clock.ts';
import { changeDocument } from '../store/change.ts';
import { KeyedQueue } from '../store/queue.ts';
import type { Store } from '../store/store.ts';

type Fields = { readonly [form: string]: JsonObject };

interface Kept {
  readonly forms: Fields;
  readonly savedAt: number;
}

/**
 * What a person has typed for all rows of their next table in a project: it is still there when the page is opened again,
 * and for the next table. Forgotten when it was not touched for a month.
 */
export interface SharedDrafts {
  read(owner: string, project: string): Promise<Fields>;
  /** Field by field; null = emptied. What no shared form of the project asks for is not kept. */
  merge(owner: string, definition: Definition, forms: Fields): Promise<{ readonly savedAt: number }>;
  sweep(): Promise<void>;
}

const kind = 'batchDraft';
const KEPT = 30 * 86_400_000;

export function createSharedDrafts(store: Store, clock: Clock): SharedDrafts {
  const queue = new KeyedQueue();
  const idOf = (owner: string, project: string): string => `${owner}-${project}`;
  const isOld = ({ savedAt }: Kept): boolean => savedAt < clock.now() - KEPT;

  const keptIn = (data: Json | null): Kept => {
    const kept = data as unknown as Kept | null;
    return kept === null || isOld(kept) ? { forms: {}, savedAt: 0 } : kept;
  };

  return {
    read: async (owner, project) => keptIn((await store.readDocument(kind, idOf(owner, project)))?.data ?? null).forms,
    merge: (owner, definition, forms) => {
      const id = idOf(owner, definition.project.id);
      return queue.run(id, async () => {
        const savedAt = clock.now();
        await changeDocument(store, kind, id, (data) => ({
          forms: merged(keptIn(data).forms, definition, forms),
          savedAt,
        }));
        return { savedAt };
      });
    },
    async sweep() {
      const old: string[] = [];
      for await (const { id, document } of store.listDocuments(kind))
        if (isOld(document.data as unknown as Kept)) old.push(id);
      for (const id of old) await store.removeDocument(kind, id);
    },
  };
}

function merged(before: Fields, definition: Definition, forms: Fields): { [form: string]: JsonObject } {
  const next: { [form: string]: JsonObject } = { ...before };
  for (const [form, values] of Object.entries(forms)) {
    if (!definition.declared.batch?.shared.includes(form)) continue;
    const fields: JsonObject = { ...next[form] };
    for (const { name, file, secret, compute } of fieldsOf(definition.forms[form] ?? {})) {
      const value = values[name];
      if (value === undefined || file !== null || secret !== null || compute !== null) continue;
      if (value === null) delete fields[name];
      else fields[name] = value;
    }
    next[form] = fields;
  }
  return next;
}
