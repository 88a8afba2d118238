import { standsForOwner } from '../../engine/model/command.ts';
import type { Json } from '../../engine/model/json.ts';
import type { Context } from '../context.ts';
import { Fault, notFound } from '../fault.ts';
import type { Caller } from '../policies/case-access.ts';
import { writeDown } from './audit.ts';
import { readFor } from './compare-readings.ts';
import { openCase } from './open-case.ts';

const MOST_REASON = 200;

/**
 * Shows one masked value to whoever has a task that shows its form, or audits, and writes down who looked at what and why before it
 * is shown. Owners look at their own data without a reason.
 * @throws Fault not-found, reason-needed
 */
export async function unmask(
  context: Context,
  caller: Caller,
  id: string,
  path: string,
  reason: string,
): Promise<{ readonly value: Json; readonly read?: readonly string[] }> {
  const opened = await openCase(context, caller, id);
  const { document, definition, actor } = opened;
  const { engine, cases } = context;
  const [form = '', ...rest] = path.split('.');
  const view = engine.view(definition, document.state, actor, document.journal, cases.env());
  // A real task of theirs: being able to press a button beside somebody else's task is no need to know.
  const isShown = view.tasks.some(
    ({ mine, by, state, sections }) =>
      mine &&
      definition.states[state]?.task?.by === by.id &&
      // What a task does not show to its role is not in the section's values.
      sections.some((one) => one.kind === 'form' && one.form === form && Object.hasOwn(one.values, rest[0] ?? '')),
  );
  const isOwner = standsForOwner(actor, document.state.owner) && actor.via === undefined;
  // Whoever looks at what others did may look at everything, and it is written down like any other look.
  const isAuditor = actor.roles.includes('auditor');
  if (!isShown && !isOwner && !isAuditor) throw notFound();
  const value = at(document.state.forms[form], rest);
  if (value === undefined) throw notFound();
  const why = reason.trim().slice(0, MOST_REASON);
  if (!isOwner && why === '') throw new Fault(422, 'reason-needed');
  if (!isOwner) await writeDown(context, { person: actor.id, caseId: id, action: 'unmask', path, reason: why });
  const read = isOwner ? [] : await readFor(context, opened, path);
  return { value, ...(read.length > 0 && { read }) };
}

function at(value: Json | undefined, path: readonly string[]): Json | undefined {
  let found: Json | undefined = value;
  for (const key of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, key)) return undefined;
    found = (found as { [key: string]: Json })[key];
  }
  return found;
}
