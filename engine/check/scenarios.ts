import type { Composition } from '../compose/index.ts';
import type { Issue } from '../model/issue.ts';
import type { Source } from '../read/bundle.ts';
import { entries, get, listed, type Node, text } from '../read/index.ts';
import { unknown } from './rule.ts';
import { StepCheck } from './scenario-step.ts';

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
        new StepCheck(step, `steps.${index}`, composition, issues).run();
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
