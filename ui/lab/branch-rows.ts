import { titleOfEntry, view } from '../../engine/index.ts';
import { deadline } from '../app/format.ts';
import type { Locale } from '../app/texts/index.ts';
import { branchSay } from './branch-texts.ts';
import { type Branch, sharedBy } from './branches.ts';
import { localTime } from './clock-panel.tsx';
import { say } from './texts.ts';

/** One line of a cell; `own`: none of the other branches has it. */
export interface BranchLine {
  readonly text: string;
  readonly own: boolean;
}

export interface BranchRow {
  readonly title: string;
  /** One for each branch. */
  readonly cells: readonly (readonly BranchLine[])[];
  readonly differs: boolean;
}

/** Somebody who only looks: sees the case as it is for nobody in particular. */
const NOBODY = { id: 'lab', roles: [] } as const;

export function nameOf({ id, name }: Pick<Branch, 'id' | 'name'>): string {
  return name.trim() === '' ? branchSay('branchNumbered', { n: id }) : name;
}

/** Where a branch leaves another one, and with what. */
export function partingOf(branch: Branch, from: Branch): string {
  const shared = sharedBy(branch.moments, from.moments);
  if (shared === 0) return branchSay('branchApart');
  const next = branch.moments[shared]?.session;
  const first = next?.journal[branch.moments[shared - 1]?.session.journal.length ?? 0];
  const what =
    next === undefined ? branchSay('branchNothing') : first === undefined ? branchSay('branchWaited') : first.title;
  return branchSay('branchPartsAt', { n: shared - 1, what, name: nameOf(from) });
}

/** How each branch stands: states, facts, counters, deadlines, who is waited for. */
export function branchRows(branches: readonly Branch[], language: Locale): readonly BranchRow[] {
  const shown = branches.map((branch) => standing(branch, language));
  const titles = [
    branchSay('branchStates'),
    branchSay('branchTime'),
    say('facts'),
    branchSay('branchTimers'),
    say('waiting'),
    branchSay('branchLast'),
  ];
  const rows = titles.map((title, row) => {
    const texts = shown.map((one) => one[row] ?? []);
    const cells = texts.map((own) =>
      own.map((text) => ({
        text,
        own: texts.length > 1 && texts.filter((other) => other.includes(text)).length < texts.length,
      })),
    );
    return { title, cells, differs: cells.some((cell) => cell.some(({ own }) => own)) };
  });
  // What differs is what one looks for.
  return [...rows.filter(({ differs }) => differs), ...rows.filter(({ differs }) => !differs)];
}

function standing({ moments }: Branch, language: Locale): readonly (readonly string[])[] {
  const session = moments.at(-1)?.session;
  if (session === undefined) return [];
  const { definition, state, journal, now, calendar } = session;
  const nameOfState = (id: string) => definition.states[id]?.label ?? definition.states[id]?.title ?? id;
  const seen = view(definition, state, { ...NOBODY, locale: language }, journal, { now, calendar });
  const { date, time } = localTime(now, calendar);
  const last = journal.at(-1);
  return [
    state.active.map(nameOfState),
    [`${date} ${time}`],
    [
      ...seen.facts.filter(({ provenAt }) => provenAt !== null).map(({ title }) => title),
      ...Object.entries(definition.declared.counters).flatMap(([id, { title }]) => {
        const count = state.counters[id]?.count ?? 0;
        return count === 0 ? [] : [`${title} ${count}`];
      }),
    ],
    Object.values(state.timers)
      .sort((one, two) => one.due - two.due)
      .map((timer) => say('timer', { state: nameOfState(timer.state), at: deadline(timer.due, now) })),
    seen.waiting.map(({ sentence }) => sentence.replaceAll('**', '')),
    last === undefined ? [] : [titleOfEntry(definition, last, language)],
  ];
}
