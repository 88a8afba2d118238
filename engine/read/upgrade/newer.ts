import type { Origin } from '../../model/definition.ts';
import type { Issue } from '../../model/issue.ts';
import { issueAt } from '../issue.ts';
import { type FileKind, formerSchemas, inside, type Placed, partsAt, schemas } from '../meta.ts';
import type { Node } from '../tree.ts';

/** Words and values of a file that its version of the language does not have, and a newer one does. */
export function newerWords(kind: FileKind, file: Node, version: number): Issue[] {
  const former = formerSchemas[version - 1];
  if (former === undefined) return [];
  const issues: Issue[] = [];
  const walk = (node: Node, old: readonly Placed[], now: readonly Placed[], path: readonly string[]): void => {
    if (old.length === 0) return;
    if (node.kind === 'list')
      node.items.forEach((item, index) => {
        const step = String(index);
        walk(item, below(former, old, step), below(schemas, now, step), [...path, step]);
      });
    else if (node.kind === 'map')
      for (const [key, entry] of node.entries) {
        const inner = [...path, key];
        if (names(now, key) && !names(old, key)) issues.push(needs(entry.key, key, version, inner, file.origin.file));
        else walk(entry.value, below(former, old, key), below(schemas, now, key), inner);
      }
    else if (accepts(now, node.value) && !accepts(old, node.value))
      issues.push(needs(node.origin, String(node.value), version, path, file.origin.file));
  };
  walk(file, partsAt(former, kind, []), partsAt(schemas, kind, []), []);
  return issues;
}

function needs(origin: Origin, key: string, version: number, path: readonly string[], file: string): Issue {
  const proposal = `certflow upgrade ${file}`;
  return issueAt(origin, 'language-needed', { key, version, newer: version + 1 }, { path: path.join('.'), proposal });
}

function below(of: Parameters<typeof inside>[0], parts: readonly Placed[], step: string): readonly Placed[] {
  return parts.flatMap((placed) => inside(of, placed, step));
}

/** Some alternative knows the name, or takes any. */
function names(parts: readonly Placed[], key: string): boolean {
  return parts.some(
    ([part]) =>
      part.properties?.[key] !== undefined ||
      (part.additionalProperties !== undefined && part.additionalProperties !== false) ||
      isAnything(part),
  );
}

/** Some alternative takes the value, as far as lists of values go. */
function accepts(parts: readonly Placed[], value: unknown): boolean {
  return parts.some(([part]) => {
    if (part.enum !== undefined) return part.enum.includes(value);
    if (part.const !== undefined) return part.const === value;
    if (part.anyOf !== undefined || part.allOf !== undefined) return false;
    const types = ([] as string[]).concat(part.type ?? typeof value);
    return types.includes(typeof value) || (typeof value === 'number' && types.includes('integer'));
  });
}

/** Says nothing about what may stand in it. */
function isAnything(part: Placed[0]): boolean {
  return (
    part.properties === undefined &&
    part.additionalProperties === undefined &&
    part.items === undefined &&
    part.anyOf === undefined &&
    part.allOf === undefined &&
    (part.type === undefined || part.type === 'object')
  );
}
