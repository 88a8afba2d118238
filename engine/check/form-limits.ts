import type { Issue } from '../model/issue.ts';
import { get, issueAt, listed, type Node, plain, text } from '../read/index.ts';

const pairs = [
  ['minLength', 'maxLength'],
  ['minimum', 'maximum'],
  ['minItems', 'maxItems'],
] as const;

/** Something fits between the limits of a field, and its default is one of its choices. */
export function limitsOf(field: Node, name: string, path: string): Issue[] {
  const issues: Issue[] = [];
  for (const [low, high] of pairs) {
    const [from, to] = [get(field, low), get(field, high)];
    if (from?.kind !== 'scalar' || to?.kind !== 'scalar' || Number(from.value) <= Number(to.value)) continue;
    const params = { name: text(get(field, 'title')) ?? name, low, least: from.value, high, most: to.value };
    // Where a project has said one of the two otherwise, it is that one.
    const said = [from, to].find((one) => one.origin.file !== field.origin.file) ?? to;
    issues.push(issueAt(said.origin, 'form-limits', params, { path }));
  }
  const usual = get(field, 'default');
  const choices = listed(get(field, 'enum')).map((one) => plain(one));
  if (usual?.kind === 'scalar' && choices.length > 0 && !choices.includes(usual.value))
    issues.push(issueAt(usual.origin, 'form-default', { name, value: String(usual.value) }, { path }));
  return issues;
}
