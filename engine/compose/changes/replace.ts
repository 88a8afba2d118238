import { descend, entries, mapOf, type Node, withKey } from '../../read/index.ts';

/** The tree with the piece at `path` replaced; undefined takes it out. */
export function replaceAt(node: Node, path: readonly string[], value: Node | undefined): Node {
  const [key, ...rest] = path;
  if (key === undefined) return value ?? node;
  if (node.kind === 'list') {
    const items = node.items.map((item, index) => (String(index) === key ? replaceAt(item, rest, value) : item));
    return { ...node, items };
  }
  if (node.kind !== 'map') return node;
  if (rest.length === 0) return withKey(node, key, value);
  const child = node.entries.get(key);
  return child === undefined ? node : withKey(node, key, replaceAt(child.value, rest, value));
}

/** Another name for an entry, at its place among its neighbours. */
export function replaceKey(node: Node, path: readonly string[], name: string, by: Node): Node {
  const parent = descend(node, path.slice(0, -1));
  if (parent?.kind !== 'map') return node;
  const renamed = entries(parent).map(([key, entry]) =>
    key === path.at(-1) ? ([name, { ...entry, key: by.origin }] as const) : ([key, entry] as const),
  );
  return replaceAt(node, path.slice(0, -1), mapOf(parent.origin, renamed));
}
