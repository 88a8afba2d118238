import type { FormSchema } from '../../model/definition.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import type { Source } from '../../read/bundle.ts';
import { dataOf, mapOf, type Node } from '../../read/index.ts';
import { changeContent } from './content.ts';
import { changeForms } from './forms.ts';

/** What the project's changes make of forms and texts. Changes that cannot be applied are left aside: a check tells of them. */
export function changedParts(
  base: {
    readonly forms: { readonly [form: string]: FormSchema };
    readonly content: { readonly [kind: string]: JsonObject };
  },
  changes: JsonObject,
): {
  readonly forms: { readonly [form: string]: FormSchema };
  readonly content: { readonly [kind: string]: JsonObject };
} {
  const said = nodeOf(changes, mine);
  const forms = changeForms(
    Object.entries(base.forms).map(([id, data]) => source('form', id, data)),
    said,
  ).forms;
  const kinds = Object.entries(base.content).filter(([kind]) => !kind.includes('.'));
  const files = kinds.map(([id, data]) => source('content', id, data));
  const own = changeContent(files, said, source('project', 'project', {})).content.slice(files.length);
  return {
    forms: Object.fromEntries(
      forms.map(({ id, node }) => [id, (node === null ? base.forms[id] : dataOf(node)) as FormSchema]),
    ),
    content: {
      ...base.content,
      ...Object.fromEntries(own.map(({ id, node }) => [id, { ...base.content[id], ...(dataOf(node!) as JsonObject) }])),
    },
  };
}

const mine = { file: 'project', line: 1, column: 1 };
const theirs = { file: 'base', line: 1, column: 1 };

function source(kind: Source['kind'], id: string, data: Json): Source {
  const node = nodeOf(data, theirs);
  return {
    path: id,
    kind,
    id,
    locale: kind === 'content' ? 'zh-CN' : null,
    owner: null,
    node,
    written: node,
    language: null,
    issues: [],
    stuck: [],
  };
}

function nodeOf(data: Json, origin: Node['origin']): Node {
  if (Array.isArray(data)) return { kind: 'list', items: data.map((item) => nodeOf(item, origin)), origin };
  if (data === null || typeof data !== 'object') return { kind: 'scalar', value: data, origin };
  return mapOf(
    origin,
    Object.entries(data).map(([key, value]) => [key, { key: origin, value: nodeOf(value, origin) }] as const),
  );
}
