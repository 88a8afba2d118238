import type { Issue } from '../model/issue.ts';
import { once } from '../model/once.ts';
import { type Entry, entries, get, issueAt, type MapNode, mapOf, type Node, plain, suggest } from '../read/index.ts';

/**
 * What a host hands over to a fragment: `takes: { fee: 应付金额 }` there, `with: { fee: order.fee }` here,
 * `given.fee` wherever the fragment needs it. It is put in as text before names are looked up, so that types, proposals
 * and folding see what the host meant. A list stands in a list; anywhere else a value stands for itself.
 */
export function handOver(fragment: MapNode, host: MapNode, issues: Issue[]): MapNode {
  const takes = entries(get(fragment, 'takes')).map(([name]) => name);
  const given = new Map<string, Node>();
  for (const [name, entry] of entries(get(host, 'with'))) {
    if (takes.includes(name)) given.set(name, entry.value);
    else issues.push(issueAt(entry.key, 'unknown-take', { name }, { proposal: suggest(name, takes) }));
  }
  for (const name of takes)
    if (!given.has(name)) issues.push(issueAt(get(host, 'use')!.origin, 'missing-take', { name }));
  /** Also in the key of a delay: `settings.kept after given.from`. */
  const worded = (text: string, node: Node): string =>
    text.replace(/\bgiven\.([A-Za-z0-9]+)\b/g, (written, name: string) => {
      const there = given.get(name);
      if (there === undefined && !takes.includes(name)) issues.push(unknownGiven(node, name, takes));
      return there === undefined ? written : asText(there);
    });
  const open = placesToFill(fragment);
  // What nothing is put into stays the same object: hosts share it.
  const put = (node: Node): readonly Node[] => {
    if (!open.has(node)) return [node];
    if (node.kind === 'list') return [{ ...node, items: node.items.flatMap(put) }];
    if (node.kind === 'map')
      return [
        mapOf(
          node.origin,
          [...node.entries].map(([key, entry]) => [worded(key, node), value(entry)] as const),
        ),
      ];
    if (typeof node.value !== 'string') return [node];
    const whole = /^given\.([A-Za-z0-9]+)$/.exec(node.value);
    if (whole !== null) {
      const there = given.get(whole[1]!);
      if (there !== undefined) return there.kind === 'list' ? there.items : [there];
      // What the host did not hand over is told there.
      if (!takes.includes(whole[1]!)) issues.push(unknownGiven(node, whole[1]!, takes));
      return [node];
    }
    const text = worded(node.value, node);
    return text === node.value ? [node] : [{ ...node, value: text }];
  };
  const value = (entry: Entry): Entry => {
    const put_ = put(entry.value);
    if (put_.length === 1) return { ...entry, value: put_[0]! };
    return { ...entry, value: { kind: 'list', items: put_, origin: entry.value.origin } };
  };
  return put(fragment)[0] as MapNode;
}

/** The parts of a fragment that name something given, and all that is around them. */
const placesToFill = once((fragment: Node): ReadonlySet<Node> => {
  const found = new Set<Node>();
  const visit = (node: Node): boolean => {
    let names = false;
    if (node.kind === 'scalar') names = typeof node.value === 'string' && node.value.includes('given.');
    else if (node.kind === 'list') for (const item of node.items) names = visit(item) || names;
    else for (const [key, entry] of node.entries) names = visit(entry.value) || key.includes('given.') || names;
    if (names) found.add(node);
    return names;
  };
  visit(fragment);
  return found;
});

function unknownGiven(node: Node, name: string, takes: readonly string[]): Issue {
  return issueAt(node.origin, 'unknown-given', { name }, { proposal: suggest(name, takes) });
}

/** A path or a literal as it is, anything longer in brackets; a list as CEL writes it. */
function asText(node: Node): string {
  const data = plain(node);
  if (typeof data !== 'string') return JSON.stringify(data);
  return /^[A-Za-z][A-Za-z0-9.]*$/.test(data) ? data : `(${data})`;
}
