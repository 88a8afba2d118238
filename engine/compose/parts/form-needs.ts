import type { Said } from '../../errors/index.ts';
import { parse, references } from '../../expressions/index.ts';
import type { Source } from '../../read/bundle.ts';
import { entries, get, listed, type Node, plain, text } from '../../read/index.ts';
import { parseText } from '../text.ts';
import type { Need } from './needs.ts';

const conditions = ['x-visible', 'x-required', 'x-readonly', 'x-compute', 'x-prefill'] as const;
const texts = ['title', 'description', 'x-hint', 'x-placeholder'] as const;

/** Fields by bare name: those of the form, and of the groups around. */
type Scope = readonly { readonly prefix: readonly string[]; readonly names: ReadonlySet<string> }[];

/** What a form reads of its own fields and of other forms. @param forms ids of all forms */
export function formNeeds(source: Source, forms: ReadonlySet<string>): readonly Need[] {
  return source.node === null ? [] : new FormReader(source, source.node, forms).found;
}

class FormReader {
  readonly found: Need[] = [];
  private readonly forms: ReadonlySet<string>;
  private readonly title: string;
  private readonly id: string;

  constructor(source: Source, root: Node, forms: ReadonlySet<string>) {
    this.forms = forms;
    this.id = source.id;
    this.title = text(get(root, 'title')) ?? source.id;
    const scope = [this.scopeOf(root, [this.id])];
    this.keywords(root, scope, [], null);
    for (const copy of listed(get(root, 'x-copy')))
      for (const [, entry] of entries(get(copy, 'fields')))
        this.add([text(get(copy, 'from')) ?? '', text(entry.value) ?? ''], entry.value, null, '');
    this.fields(root, scope, []);
  }

  private scopeOf(holder: Node, prefix: readonly string[]): Scope[number] {
    return { prefix, names: new Set(entries(get(holder, 'properties')).map(([name]) => name)) };
  }

  private fields(holder: Node, scope: Scope, path: readonly string[]): void {
    for (const [name, { value: field }] of entries(get(holder, 'properties'))) {
      const here = [...path, name];
      const title = text(get(field, 'title')) ?? name;
      this.keywords(field, scope, here, title);
      for (const shown of listed(get(field, 'x-summary')))
        this.add((text(shown) ?? '').split('.'), shown, title, '', here);
      const read = get(field, 'x-ocr');
      for (const [compared, { key }] of entries(get(read, 'compares')))
        this.found.push(
          this.need(
            compared.split('.'),
            key,
            { zh: `“${title}”的识别`, en: `the recognition of “${title}”` },
            compared,
          ),
        );
      const under = get(get(field, 'x-options'), 'under');
      if (under !== undefined) this.bare((text(under) ?? '').split('.'), scope, under, title, here, '');
      for (const part of [field, get(field, 'items')])
        if (part !== undefined && get(part, 'properties') !== undefined)
          this.fields(part, [this.scopeOf(part, [this.id, ...here]), ...scope], here);
    }
  }

  private keywords(node: Node, scope: Scope, here: readonly string[], title: string | null): void {
    for (const key of conditions) this.expression(get(node, key), scope, here, title);
    for (const key of texts) this.text(get(node, key), scope, here, title);
    for (const check of listed(get(node, 'x-check'))) {
      this.expression(get(check, 'if'), scope, [], title);
      this.text(get(check, 'message'), scope, [], title);
      const field = get(check, 'field');
      if (field !== undefined) this.bare((text(field) ?? '').split('.'), scope, field, title, [], '');
    }
  }

  private text(node: Node | undefined, scope: Scope, here: readonly string[], title: string | null): void {
    if (node === undefined) return;
    for (const part of parseText(text(node) ?? ''))
      if (part.kind === 'place' && part.place.kind === 'expression')
        this.read(part.place.text, scope, node, title, here);
  }

  private expression(node: Node | undefined, scope: Scope, here: readonly string[], title: string | null): void {
    if (node?.kind === 'scalar') this.read(String(plain(node)), scope, node, title, here);
  }

  private read(source: string, scope: Scope, at: Node, title: string | null, here: readonly string[]): void {
    const parsed = parse(source);
    if (parsed.kind === 'failed') return;
    for (const { path } of references(parsed.expression.ast)) this.bare(path, scope, at, title, here, source);
  }

  /** A bare name is a field beside it, or around it, before it is another form. */
  private bare(
    path: readonly string[],
    scope: Scope,
    at: Node,
    title: string | null,
    here: readonly string[],
    source: string,
  ): void {
    const [name = ''] = path;
    const around = scope.find(({ names }) => names.has(name));
    this.add(around === undefined ? path : [...around.prefix, ...path], at, title, source, here);
  }

  private add(
    path: readonly string[],
    at: Node,
    title: string | null,
    source: string,
    here: readonly string[] = [],
  ): void {
    if (path.length < 2 || !this.forms.has(path[0]!)) return;
    // What a field says of itself is no need of anybody else's.
    if (here.length > 0 && path[0] === this.id && here.every((name, index) => path[index + 1] === name)) return;
    const by =
      title === null
        ? { zh: `表单“${this.title}”`, en: `the form “${this.title}”` }
        : { zh: `表单“${this.title}”的“${title}”`, en: `“${title}” of the form “${this.title}”` };
    this.found.push(this.need(path, at.origin, by, source));
  }

  private need(path: readonly string[], origin: Node['origin'], by: Said, source: string): Need {
    return { path, by, origin, strict: false, source, rows: false };
  }
}
