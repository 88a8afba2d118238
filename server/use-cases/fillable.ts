import type { OfferView, SectionView, TaskView } from '../../engine/contract/view.ts';
import type { Actor } from '../../engine/model/command.ts';
import type { Definition } from '../../engine/model/definition.ts';
import type { Context } from '../context.ts';
import type { CaseDocument } from '../store/store.ts';

type FormSection = Extract<SectionView, { kind: 'form' }>;

/** A form that the actor may fill in now: a task's own, or the dialogue of an event that is offered. */
export type Fillable =
  | { readonly kind: 'task'; readonly task: TaskView; readonly section: FormSection }
  | { readonly kind: 'dialogue'; readonly task: TaskView; readonly offer: OfferView };

/** The actor's own tasks, unmasked and without working copies, as the engine sees them. */
export function tasksOf(
  context: Context,
  document: CaseDocument,
  definition: Definition,
  actor: Actor,
): readonly TaskView[] {
  const { engine, cases } = context;
  return engine.tasksFor(definition, document.state, actor, document.journal, cases.env()).filter(({ mine }) => mine);
}

export function findFillable(tasks: readonly TaskView[], form: string): Fillable | null {
  for (const task of tasks) {
    const section = task.sections.find(
      (one): one is FormSection => one.kind === 'form' && one.form === form && one.mode === 'edit',
    );
    if (section) return { kind: 'task', task, section };
  }
  for (const task of tasks) {
    const offer = task.offers.find((one) => one.form === form);
    if (offer) return { kind: 'dialogue', task, offer };
  }
  return null;
}

/** Stands for a form of a request that the process does not know: what somebody sent is not repeated. */
export const unknownPart = { zh: '这一部分', en: 'this part' };
