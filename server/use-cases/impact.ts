import type { CaseImpact, Impact } from '../../engine/contract/impact.ts';
import type { CaseState, StepResult } from '../../engine/model/case.ts';
import type { Definition } from '../../engine/model/definition.ts';
import type { MigrationPlan } from '../../engine/model/migration.ts';
import { titleOfTimer } from '../../engine/run/titles.ts';
import { requireWhole } from '../cases/cases.ts';
import type { Context } from '../context.ts';
import { Fault, notFound } from '../fault.ts';
import { filesOfProject } from '../releases/files.ts';
import type { ProjectHead } from '../releases/releases.ts';

/** Cases that are listed; all are counted. */
const MOST = 200;
const ORDER: readonly CaseImpact['outcome'][] = ['person', 'moved', 'same'];

/** What open cases would go by: the draft, or where there is none, or it is asked for, the release in force. */
export type Target = 'draft' | 'release';

/**
 * Tries every open case of a project that goes by another release on what is to come. Nothing is written; no personal data.
 * @throws Fault not-found, draft-none, draft-broken, index-rebuilding
 */
export async function impactOf(context: Context, project: string, of: Target, plan: MigrationPlan): Promise<Impact> {
  const { releases, cases } = context;
  const head = await releases.project(project);
  if (!head) throw notFound();
  const to = await targetOf(context, head, of);
  requireWhole(cases);
  const found: CaseImpact[] = [];
  for await (const entry of cases.lists.open(project, to.hash)) {
    const { document, definition } = await cases.read(entry.id);
    if (document.state.over) continue;
    found.push({ label: entry.label, ...tried(context, head, definition, to, document.state, plan) });
  }
  const counts = { same: 0, moved: 0, person: 0 };
  for (const { outcome } of found) counts[outcome] += 1;
  found.sort((a, b) => ORDER.indexOf(a.outcome) - ORDER.indexOf(b.outcome) || (a.number < b.number ? -1 : 1));
  const states = Object.values(to.chart.states).map(({ address, title }) => ({ id: address, title }));
  return { counts, cases: found.slice(0, MOST), states };
}

/** @throws Fault draft-none, draft-broken */
export async function targetOf(
  { releases }: Pick<Context, 'releases'>,
  head: ProjectHead,
  of: Target,
): Promise<Definition> {
  if (of === 'release') {
    if (head.current === null) throw notFound();
    return releases.definition(head.current);
  }
  if (!head.draft) throw new Fault(409, 'draft-none');
  const { definition, issues } = releases.check(head.id, filesOfProject(await releases.draftFiles(head), head.id));
  if (!definition)
    throw new Fault(409, 'draft-broken', { count: issues.filter(({ severity }) => severity === 'error').length });
  return definition;
}

function tried(
  { engine, cases }: Pick<Context, 'engine' | 'cases'>,
  head: ProjectHead,
  from: Definition,
  to: Definition,
  state: CaseState,
  plan: MigrationPlan,
): Omit<CaseImpact, 'label'> {
  const result = engine.migrate(from, to, state, { plan, by: 'impact' }, cases.env());
  const titleIn = (definition: Definition) => (address: string) => definition.chart.states[address]?.title ?? address;
  const refused = result.kind === 'refused' ? result.blockers : [];
  const begins = begun(from, to, state, result, titleIn(to));
  const outcome = refused.length > 0 ? 'person' : begins.length > 0 ? 'moved' : 'same';
  return {
    number: state.number,
    release: head.history.find(({ hash }) => hash === state.release)?.number ?? 0,
    outcome,
    blockers: refused.map(({ message }) => message),
    begins,
    gone: refused.flatMap(({ code, params }) =>
      code === 'migration-state' ? [{ id: String(params.state), title: titleIn(from)(String(params.state)) }] : [],
    ),
  };
}

/** What is new to the case: states it comes into, deadlines it did not have, and what would be asked of others. */
function begun(
  from: Definition,
  to: Definition,
  state: CaseState,
  result: StepResult,
  title: (address: string) => string,
): readonly string[] {
  if (result.kind === 'refused') return [];
  const { next, entry } = result;
  const timers = Object.keys(next.timers).filter((id) => state.timers[id] === undefined);
  const dropped = Object.keys(state.timers).filter((id) => next.timers[id] === undefined);
  return [
    ...entry.entered.map(title),
    ...timers.map((id) => `+ ${titleOfTimer(to, id)}`),
    ...dropped.map((id) => `− ${titleOfTimer(from, id)}`),
  ];
}
