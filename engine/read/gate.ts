import { load } from 'js-yaml';

/**
 * The gate before any parser that keeps positions: `yaml` can abort the whole process on deep nesting, so size, depth
 * and aliases are bounded first, by a parser that counts them.
 */
export const limits = {
  /** Characters of one file. */
  size: 512 * 1024,
  /** Collections inside collections. */
  depth: 48,
  /** Entries of one file's collections in all. */
  nodes: 60_000,
} as const;

export type Gate =
  | { readonly kind: 'open' }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'too-deep' }
  /** The counting parser refused the text and it may nest deeply: do not hand it on. */
  | { readonly kind: 'refused'; readonly reason: string; readonly line: number; readonly column: number };

export function gateYaml(source: string): Gate {
  if (source.length > limits.size) return { kind: 'too-large' };
  // Most texts cannot nest that deeply, however they are read: nothing has to be counted.
  if (nestingBound(source) <= limits.depth) return { kind: 'open' };
  try {
    load(source, { maxDepth: limits.depth, maxAliases: 0 });
    return { kind: 'open' };
  } catch (error) {
    const { reason, mark } = describe(error);
    if (/nesting|depth/i.test(reason)) return { kind: 'too-deep' };
    return { kind: 'refused', reason, line: mark.line, column: mark.column };
  }
}

/** At least as large as the deepest nesting that any reading of the text could have. */
export function nestingBound(source: string): number {
  let open = 0;
  let flow = 0;
  let compact = 0;
  const indents = new Set<number>();
  for (const line of source.split('\n')) {
    for (const [bracket] of line.matchAll(/[[{}\]]/g)) {
      if (bracket === '[' || bracket === '{') flow = Math.max(flow, ++open);
      else if (open > 0) open--;
    }
    indents.add(line.length - line.trimStart().length);
    // `- - - a` nests once for each dash, on top of the indentation.
    compact = Math.max(compact, (line.match(/(?:^|\s)[-?:](?=\s|$)/g) ?? []).length);
  }
  return flow + compact + indents.size;
}

function describe(error: unknown): { reason: string; mark: { line: number; column: number } } {
  const fallback = { line: 1, column: 1 };
  if (typeof error !== 'object' || error === null) return { reason: String(error), mark: fallback };
  const record = error as { reason?: unknown; message?: unknown; mark?: { line?: unknown; column?: unknown } };
  const reason = typeof record.reason === 'string' ? record.reason : String(record.message ?? error);
  const { line, column } = record.mark ?? {};
  return {
    reason,
    mark: {
      line: typeof line === 'number' ? line + 1 : 1,
      column: typeof column === 'number' ? column + 1 : 1,
    },
  };
}
