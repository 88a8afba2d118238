import { parseDuration } from '../compose/duration.ts';
import type { Composition } from '../compose/index.ts';
import { durationRule, proposeDuration } from '../compose/settings.ts';
import type { Origin } from '../model/definition.ts';
import type { Issue } from '../model/issue.ts';
import { own } from '../model/own.ts';
import type { Source } from '../read/bundle.ts';
import { entries, get, issueAt, listed, type Node, suggest, text } from '../read/index.ts';
import { unknown } from './rule.ts';

/** Names in a scenario: a misspelt event would otherwise look like a refusal. */
export function checkScenario(
  source: Source,
  compositions: readonly Composition[],
  projects: readonly string[],
): Issue[] {
  const issues: Issue[] = [];
  const steps = listed(get(source.node ?? undefined, 'steps'));
  for (const project of listed(get(source.node ?? undefined, 'project'))) {
    const name = text(project) ?? '';
    const composition = compositions.find((one) => one.composed.project.id === name);
    if (composition !== undefined) {
      checkCalendar(get(source.node ?? undefined, 'calendar'), composition, issues);
      steps.forEach((step, index) => {
        checkStep(step, `steps.${index}`, composition, issues);
      });
    }
    // A project with errors of its own is told there.
    else if (!projects.includes(name))
      issues.push(unknown(project.origin, 'unknown-project', name, projects, 'project'));
  }
  return unique(issues);
}

/** Whose days they are: a misspelt connector would have the general days. */
function checkCalendar(calendar: Node | undefined, { composed }: Composition, issues: Issue[]): void {
  const connectors = Object.keys(composed.connectors);
  for (const [name, { key }] of entries(get(calendar, 'others')))
    if (!connectors.includes(name)) issues.push(unknown(key, 'unknown-connector', name, connectors, 'calendar.others'));
}

/** What is wrong in several projects is told once. */
function unique(issues: readonly Issue[]): Issue[] {
  const told = new Set<string>();
  return issues.filter((issue) => {
    const key = `${issue.line}:${issue.column} ${issue.code}`;
    return !told.has(key) && told.add(key);
  });
}

function checkStep(step: Node, path: string, composition: Composition, issues: Issue[]): void {
  const { declared, written, composed, formIds } = composition;
  const known = (
    node: Node | undefined,
    names: readonly string[],
    code: Parameters<typeof unknown>[1],
    params = {},
  ) => {
    for (const item of listed(node)) {
      const name = text(item);
      if (name !== undefined && !names.includes(name))
        issues.push(unknown(item.origin, code, name, names, path, params));
    }
  };
  const keys = (node: Node | undefined, names: readonly string[], code: Parameters<typeof unknown>[1]) => {
    for (const [name, entry] of entries(node))
      if (!names.includes(name)) issues.push(unknown(entry.key, code, name, names, path));
  };
  const events = Object.keys(declared.events);
  const states = Object.keys(written.states).filter((address) => address !== '');
  for (const key of ['do', 'notice', 'refused']) known(get(step, key), events, 'unknown-event');
  known(get(step, 'through'), states, 'unknown-state', { from: '根' });
  keys(get(step, 'fill'), formIds, 'unknown-form');
  const role = text(get(step, 'as'))?.split('/')[0];
  if (role !== undefined && !Object.hasOwn(composed.roles, role))
    issues.push(unknown(get(step, 'as')!.origin, 'unknown-role', role, Object.keys(composed.roles), path));
  const duration = (node: Node | undefined) => {
    const said = text(node);
    if (node === undefined || said === undefined || parseDuration(said) !== null) return;
    const proposal = proposeDuration(said);
    issues.push(issueAt(node.origin, 'bad-delay', { value: said, rule: durationRule }, { path, proposal }));
  };
  const operationOf = (name: string, place: Origin): readonly string[] | null => {
    const [connector = '', operation = ''] = name.split('.');
    const contract = own(own(composed.connectors, connector)?.operations ?? {}, operation);
    if (contract !== undefined) return [...Object.keys(contract.outcomes), 'UNAVAILABLE'];
    const all = Object.values(composed.connectors).flatMap((one) =>
      Object.keys(one.operations).map((op) => `${one.id}.${op}`),
    );
    const params = { connector, name: operation };
    const near = all.filter((one) => one.startsWith(`${connector}.`));
    const proposal = suggest(name, all) ?? (near.length > 0 ? near : all).join('、');
    issues.push(issueAt(place, 'unknown-operation', params, { path, proposal }));
    return null;
  };
  duration(get(step, 'advance'));
  for (const [operation, entry] of entries(get(step, 'world'))) {
    const outcomes = operationOf(operation, entry.key);
    for (const reply of listed(entry.value)) {
      duration(get(reply, 'after'));
      if (outcomes === null) continue;
      known(get(reply, 'outcome') ?? reply, [...outcomes, 'none', 'lost'], 'unknown-outcome', { operation });
    }
  }
  const answered = get(step, 'answer');
  const outcomes = answered === undefined ? null : operationOf(text(answered) ?? '', answered.origin);
  if (outcomes !== null) known(get(step, 'outcome'), outcomes, 'unknown-outcome', { operation: text(answered) ?? '' });
  const expect = get(step, 'expect');
  known(get(expect, 'at'), states, 'unknown-state', { from: '根' });
  for (const [part, names, code] of [
    ['offers', events, 'unknown-event'],
    ['facts', Object.keys(declared.facts), 'unknown-fact'],
    ['notified', Object.keys(declared.notices), 'unknown-notice'],
  ] as const) {
    const node = get(expect, part);
    if (node?.kind === 'map') for (const key of ['has', 'not']) known(get(node, key), names, code);
    else known(node, names, code);
  }
  keys(get(expect, 'counters'), Object.keys(declared.counters), 'unknown-counter');
  keys(get(expect, 'records'), Object.keys(declared.records), 'unknown-record');
  keys(get(expect, 'people'), Object.keys(declared.people), 'unknown-person');
  for (const [operation, entry] of entries(get(expect, 'asked'))) operationOf(operation, entry.key);
}
