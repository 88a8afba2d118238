import type { FormSchema } from '../../model/definition.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import { once } from '../../model/once.ts';
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
      // What is not changed is the same object: whoever looks at it need not look again.
      forms.map(({ id, node }) => [
        id,
        (node === fileOf(base.forms[id]!) ? base.forms[id] : dataOf(node!)) as FormSchema,
      ]),
    ),
    content: {
      ...base.content,
      ...Object.fromEntries(own.map(({ id, node }) => [id, { ...base.content[id], ...(dataOf(node!) as JsonObject) }])),
    },
  };
}

const mine = { file: 'project', line: 1, column: 1 };
const theirs = { file: 'base', line: 1, column: 1 };

function source(kind: Source['kind'], id: string, data: JsonObject): Source {
  const node = fileOf(data);
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

/** As it would stand in a file of its own. */
const fileOf = once((data: JsonObject): Node => nodeOf(data, theirs));

function nodeOf(data: Json, origin: Node['origin']): Node {
  if (Array.isArray(data)) return { kind: 'list', items: data.map((item) => nodeOf(item, origin)), origin };
  if (data === null || typeof data !== 'object') return { kind: 'scalar', value: data, origin };
  return mapOf(
    origin,
    Object.entries(data).map(([key, value]) => [key, { key: origin, value: nodeOf(value, origin) }] as const),
  );
}
