import type { CaseView, SectionView, TaskView } from '../../engine/contract/view.ts';
import { type Actor, standsForOwner } from '../../engine/model/command.ts';
import type { Definition } from '../../engine/model/definition.ts';
import { type Draft, overlay } from '../cases/drafts.ts';
import type { Context } from '../context.ts';
import type { CaseDocument } from '../store/store.ts';

/** The engine's view with what only the shell knows: working copies and the addresses of one-time links. */
export async function presentCase(
  context: Context,
  found: { readonly document: CaseDocument; readonly definition: Definition },
  actor: Actor,
  origin: string,
): Promise<CaseView> {
  const { document, definition } = found;
  const { engine, cases, drafts, secrets } = context;
  const view = engine.view(definition, document.state, actor, document.journal, cases.env(), document.notices);
  const roles = new Set(view.tasks.filter(({ mine }) => mine).map(({ by }) => by.id));
  const working = new Map<string, Draft>();
  for (const role of roles) working.set(role, await drafts.read(document.state.id, role));

  const section = (task: TaskView, one: SectionView): SectionView => {
    if (one.kind === 'form' && one.mode === 'edit' && task.mine) {
      const draft = working.get(task.by.id);
      if (!draft) return one;
      const marks = draft.marks?.[one.form];
      return { ...one, values: overlay(one.form, one.values, draft.forms, one.editable), ...(marks && { marks }) };
    }
    // The link is for the owner alone: whoever has it may act.
    if (one.kind === 'link' && standsForOwner(actor, document.state.owner) && actor.via === undefined) {
      const token = secrets.token(document, one.secret);
      return token === null ? one : { ...one, url: `${origin}/link/${token}` };
    }
    return one;
  };
  return {
    ...view,
    tasks: view.tasks.map((task) => ({ ...task, sections: task.sections.map((one) => section(task, one)) })),
  };
}
