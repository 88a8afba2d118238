import { evaluateText, parse, references, type Scope } from '../expressions/index.ts';
import type { CaseState } from '../model/case.ts';
import type { Definition } from '../model/definition.ts';

/** What a term reads of a case, as objects that nobody changes. */
type Source = (state: CaseState) => object;

const nothing: object = {};

/** What a term finds, by the objects that it reads, one after the other. */
type Known = WeakMap<object, Known | { readonly found: string | null }>;

interface Term {
  readonly text: string;
  /** Null: it reads the clock or something else that no object stands for. */
  readonly sources: readonly Source[] | null;
  readonly known: Known;
}

/**
 * What conditions find in the data of a case. Most steps change one form or record, so that a term that reads others is
 * not worked out again.
 */
export class Finder {
  private readonly terms: readonly Term[];

  constructor(definition: Definition, texts: readonly string[]) {
    this.terms = texts.map((text) => ({ text, sources: sourcesOf(definition, text), known: new WeakMap() }));
  }

  /** Text of a term -> what it finds; those that read something missing are left out. */
  *in(state: CaseState, scope: Scope): Generator<readonly [text: string, found: string]> {
    for (const { text, sources, known } of this.terms) {
      const found = sources === null ? foundBy(text, scope) : remembered(text, sources, known, state, scope);
      if (found !== null) yield [text, found];
    }
  }
}

function remembered(
  text: string,
  sources: readonly Source[],
  known: Known,
  state: CaseState,
  scope: Scope,
): string | null {
  let here = known;
  for (const [index, source] of sources.entries()) {
    const object = source(state);
    let next = here.get(object);
    if (next === undefined) {
      next = index === sources.length - 1 ? { found: foundBy(text, scope) } : new WeakMap();
      here.set(object, next);
    }
    if ('found' in next) return next.found;
    here = next;
  }
  return null;
}

function foundBy(text: string, scope: Scope): string | null {
  const result = evaluateText(text, scope);
  return result.kind === 'value' ? String(result.value) : null;
}

function sourcesOf({ forms }: Definition, text: string): readonly Source[] | null {
  const parsed = parse(text);
  if (parsed.kind === 'failed') return null;
  const sources = new Map<string, Source>();
  for (const { path } of references(parsed.expression.ast)) {
    const [root = '', name] = path;
    if (root === 'settings') continue;
    if (forms[root] !== undefined) sources.set(root, (state) => state.forms[root] ?? nothing);
    else if ((root === 'records' || root === 'last') && name !== undefined)
      sources.set(`record ${name}`, (state) => (state.records[name] as object | undefined) ?? nothing);
    else if (root === 'people') sources.set(root, (state) => state.people);
    else return null;
  }
  return sources.size === 0 ? null : [...sources.values()];
}
