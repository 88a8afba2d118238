import { useEffect, useMemo, useRef, useState } from 'react';
import { changedParts } from '../../../engine/compose/parts/plain.ts';
import type { EditableParts } from '../../../engine/contract/editable.ts';
import type { FormSchema } from '../../../engine/model/definition.ts';
import type { JsonObject } from '../../../engine/model/json.ts';
import type { Fault } from '../../api/index.ts';
import { studioParts } from '../../api/studio-parts.ts';
import { asFault } from '../../app/load.ts';
import { changesIn } from '../change-in-text.ts';
import type { Editing } from '../use-project.ts';

export interface Parts {
  readonly base: EditableParts;
  /** As the text makes them. */
  readonly forms: { readonly [form: string]: FormSchema };
  readonly content: { readonly [kind: string]: JsonObject };
}

export type PartsState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly fault: Fault }
  | { readonly kind: 'ready'; readonly parts: Parts };

/** Forms and texts of a draft: asked for when the tab is opened, then kept in step with the text by the page itself. */
export function useParts({ project, text, readable }: Editing): PartsState {
  const [base, setBase] = useState<EditableParts | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  const opened = useRef(text);
  useEffect(() => {
    const abort = new AbortController();
    studioParts(project.id, opened.current, { signal: abort.signal }).then(setBase, (error: unknown) => {
      if (!abort.signal.aborted) setFault(asFault(error));
    });
    return () => abort.abort();
  }, [project.id]);

  const last = useRef<JsonObject>({});
  const parts = useMemo(() => {
    if (base === null) return null;
    const changes = readable ? changesIn(text) : null;
    if (changes !== null) last.current = Object.fromEntries(changes.map(({ name, change }) => [name, change]));
    const forms = Object.fromEntries(base.forms.map(({ id, schema }) => [id, schema]));
    return { base, ...changedParts({ forms, content: base.content }, last.current) };
  }, [base, text, readable]);
  if (parts !== null) return { kind: 'ready', parts };
  return fault === null ? { kind: 'loading' } : { kind: 'failed', fault };
}
