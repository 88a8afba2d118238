import { resolveDelay } from '../compose/delays.ts';
import { parseDuration } from '../compose/duration.ts';
import { durationRule, proposeDuration } from '../compose/settings.ts';
import type { Issue } from '../model/issue.ts';
import { entries, get, issueAt, listed, type Node, text } from '../read/index.ts';
import { type Rule, valueAt } from './rule.ts';

/** Durations outside the chart: how long secrets are valid, how often and how long a connector tries. */
export const durations: Rule = {
  id: 'durations',
  check(composition) {
    const issues: Issue[] = [];
    for (const [id, secret] of Object.entries(composition.declared.secrets))
      if (secret.valid !== undefined) {
        const at = `secrets.${id}.valid`;
        resolveDelay(secret.valid, composition.composed.settings, valueAt(composition, at), at, issues);
      }
    for (const source of composition.used.connectors)
      for (const [operation, entry] of entries(get(source.node ?? undefined, 'operations'))) {
        const at = `operations.${operation}`;
        for (const wait of listed(get(entry.value, 'retry'))) technical(wait, `${at}.retry`, issues);
        const limit = get(entry.value, 'limit');
        if (limit !== undefined) technical(limit, `${at}.limit`, issues);
      }
    return issues;
  },
};

/** Machines know no working days. */
function technical(node: Node, path: string, issues: Issue[]): void {
  const value = text(node) ?? '';
  if (parseDuration(value)?.kind === 'elapsed') return;
  const proposal = proposeDuration(value.replace(/working /, ''));
  issues.push(issueAt(node.origin, 'bad-delay', { value, rule: durationRule }, { path, proposal }));
}
