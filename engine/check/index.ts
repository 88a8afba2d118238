import type { Composition } from '../compose/index.ts';
import type { Issue } from '../model/issue.ts';
import { once } from '../model/once.ts';
import { type Bundle, hasErrors } from '../read/bundle.ts';
import { entries as entriesOf, get, issueAt, text } from '../read/index.ts';
import { absent } from './absent.ts';
import { announcements } from './announcements.ts';
import { articles } from './articles.ts';
import { assignment } from './assignment.ts';
import { audience } from './audience.ts';
import { batch } from './batch.ts';
import { borders } from './borders.ts';
import { bounds } from './bounds.ts';
import { branches } from './branches.ts';
import { calendar } from './calendar.ts';
import { calls } from './calls.ts';
import { collisions } from './collisions.ts';
import { conditions } from './conditions.ts';
import { crossing } from './crossing.ts';
import { documents } from './documents.ts';
import { durations } from './durations.ts';
import { entries } from './entries.ts';
import { events } from './events.ts';
import { exchanges } from './exchanges.ts';
import { filling } from './filling.ts';
import { forms } from './forms.ts';
import { heard } from './heard.ts';
import { laws } from './laws.ts';
import { leaders } from './leaders.ts';
import { loops } from './loops.ts';
import { names } from './names.ts';
import { people } from './people.ts';
import { privacy } from './privacy.ts';
import { type Process, processOf } from './process.ts';
import { reach } from './reach.ts';
import { references } from './references.ts';
import type { ProcessRule, Rule } from './rule.ts';
import { same } from './same.ts';
import { checkScenario } from './scenarios.ts';
import { shape } from './shape.ts';
import { tables } from './tables.ts';
import { texts } from './texts.ts';
import { unused } from './unused.ts';

/** All rules, in the order in which a person would want to know. */
export const rules: readonly (Rule | ProcessRule)[] = [
  ...[shape, loops, names, references, articles, events, leaders, entries, calls, branches, collisions],
  ...[
    borders,
    conditions,
    laws,
    texts,
    batch,
    tables,
    forms,
    documents,
    durations,
    announcements,
    calendar,
    exchanges,
    same,
    privacy,
    audience,
  ],
  ...[reach, heard, crossing, bounds, unused, filling, assignment, people, absent],
];

/** Issues of one project's composition that its files alone do not show. @param before what composing it told */
export function checkComposition(composition: Composition, before: readonly Issue[] = []): Issue[] {
  const answers = answersOf(processOf(composition));
  const ask = (rule: Rule | ProcessRule) => (rule.of === 'process' ? answers(rule) : rule.check(composition));
  const issues = rules.filter((rule) => rule.last !== true).flatMap(ask);
  if (hasErrors([...before, ...issues])) return issues;
  return [...issues, ...rules.filter((rule) => rule.last === true).flatMap(ask)];
}

/** What the rules say of a process, each asked once. */
const answersOf = once((process: Process) => once((rule: ProcessRule): readonly Issue[] => rule.check(process)));

/** Issues between files that no single project shows: numbers, scenarios, files that nobody uses. */
export function checkBundle(bundle: Bundle, compositions: readonly Composition[]): Issue[] {
  const issues: Issue[] = [];
  const projects = bundle.sources.filter((source) => source.kind === 'project');
  const numbers = new Map<string, string>();
  for (const project of projects) {
    const node = get(project.node ?? undefined, 'number');
    const number = text(node);
    if (node === undefined || number === undefined) continue;
    const other = numbers.get(number);
    if (other !== undefined) issues.push(issueAt(node.origin, 'number-twice', { number, other }, { path: 'number' }));
    numbers.set(number, other ?? project.id);
  }
  const ids = projects.map((project) => project.id);
  for (const source of bundle.sources)
    if (source.kind === 'scenario' && source.node !== null) issues.push(...checkScenario(source, compositions, ids));
  // With a project in error it is not known what is used.
  if (compositions.length === projects.length && projects.length > 0) issues.push(...unusedFiles(bundle, compositions));
  return issues;
}

function unusedFiles(bundle: Bundle, compositions: readonly Composition[]): Issue[] {
  const used = new Set(compositions.flatMap((composition) => composition.used.sources.map((source) => source.path)));
  return bundle.sources
    .filter(
      (source) =>
        ['workflow', 'fragment', 'form', 'document', 'settings'].includes(source.kind) &&
        source.node !== null &&
        !used.has(source.path),
    )
    .map((source) => {
      const origin = entriesOf(source.node ?? undefined)[0]?.[1].key ?? { file: source.path, line: 1, column: 1 };
      return issueAt(origin, 'file-unused', { file: source.path }, { severity: 'warning' });
    });
}
