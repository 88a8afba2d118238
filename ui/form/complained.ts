import type { Field } from '../../engine/forms/live.ts';
import type { FormStore } from './store.ts';

/** A line of what is wrong: where, and in which words. */
export interface Complained {
  readonly store: FormStore;
  readonly name: string;
  readonly title: string;
  readonly message: string;
}

/** What is wrong in a form and inside its groups and lists, in the form's order; the name '' is the form as a whole. */
export function complainedIn(store: FormStore, kind: 'errors' | 'warnings'): Complained[] {
  const found = store.complaintsOf[kind];
  const line = (name: string, title: string): Complained[] => {
    const message = found.get(name);
    return message === undefined ? [] : [{ store, name, title, message }];
  };
  const below = (field: Field): Complained[] =>
    store
      .partsOf(field.name)
      .flatMap((part, at) =>
        part.store.complaints(kind).map((one) => ({ ...one, title: titleInside(field, at, one.title) })),
      );
  const visible = store.form.fields.filter((field) => store.settled.visible.has(field.name));
  return [
    ...line('', store.form.title),
    ...visible.flatMap((field) => [...line(field.name, field.title), ...below(field)]),
  ];
}

/** `联系人 2 · 姓名`; within a group the names of its fields are enough. */
function titleInside(field: Field, at: number, title: string): string {
  if (field.inner?.kind === 'group') return field.title === title ? title : `${field.title} · ${title}`;
  return field.inner?.plain ? `${field.title} ${at + 1}` : `${field.title} ${at + 1} · ${title}`;
}
