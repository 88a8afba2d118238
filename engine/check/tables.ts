import type { Composition } from '../compose/index.ts';
import { rowsOf } from '../compose/kept.ts';
import { type Node as Ast, parse, pathOf, print, type Types } from '../expressions/index.ts';
import type { Issue } from '../model/issue.ts';
import type { Json } from '../model/json.ts';
import { own } from '../model/own.ts';
import { issueAt, suggest } from '../read/index.ts';
import { typedExpression } from './expression.ts';
import { optional } from './presence.ts';
import { keyAt, type Rule } from './rule.ts';
import { typesOf } from './types.ts';

/** A table has a row for every combination of its inputs, and no row that none reaches. */
export const tables: Rule = {
  id: 'tables',
  check(composition) {
    const issues: Issue[] = [];
    const { tables: _tables, ...types } = typesOf(composition);
    for (const [id, table] of Object.entries(composition.declared.tables)) {
      // An input that is wrong itself is told by its own rule.
      if (table.by.some((by) => optional(typedExpression(by, types, keyAt(composition, ''), '').issues).length > 0))
        continue;
      const inputs = table.by.map((by): Values => {
        const parsed = parse(by);
        if (parsed.kind !== 'parsed') return { offered: null, possible: null };
        const [offered, possible] = [true, false].map((narrow) =>
          valuesOf(composition, parsed.expression.ast, types, narrow),
        );
        return { offered: offered ?? null, possible: possible ?? null };
      });
      const rows = rowsOf(table.is, composition.composed.settings);
      const setting = typeof table.is === 'string' ? table.is : null;
      checkRows(composition, id, rows, inputs, [], setting, issues);
    }
    return issues;
  },
};

/** The values of an input, as keys; null when they can't be listed. */
interface Values {
  /** Those that the project's settings leave: each wants a row. */
  readonly offered: readonly string[] | null;
  /** Those of all projects: a row for another one is never reached, in none of them. */
  readonly possible: readonly string[] | null;
}

/** @param narrow to what the project's settings offer */
function valuesOf(composition: Composition, node: Ast, types: Types, narrow: boolean): readonly string[] | null {
  if (node.op === 'value')
    return typeof node.args === 'string' || typeof node.args === 'boolean' ? [String(node.args)] : null;
  if (node.op === '?:') {
    const yes = valuesOf(composition, node.args[1], types, narrow);
    const no = valuesOf(composition, node.args[2], types, narrow);
    return yes === null || no === null ? null : [...new Set([...yes, ...no])];
  }
  const by = print(node);
  const listed = listedValues(composition, by, narrow);
  if (listed !== null) return listed;
  const { type } = typedExpression(by, types, keyAt(composition, ''), '');
  if (type?.kind === 'bool') return ['true', 'false'];
  if (type?.kind === 'string') return type.values ?? null;
  return pathValues(node, types);
}

/** A field that may be missing has its values all the same. */
function pathValues(node: Ast, types: Types): readonly string[] | null {
  const path = pathOf(node);
  let type = path === null ? undefined : types[path[0]!]?.type;
  for (const step of path?.slice(1) ?? []) type = type?.kind === 'object' ? type.fields[step]?.type : undefined;
  return type?.kind === 'string' ? (type.values ?? null) : null;
}

/** A plain field: its enum, where wanted narrowed to what the project's setting offers; small ranges of integers. */
function listedValues(composition: Composition, by: string, narrow: boolean): readonly string[] | null {
  const path = /^([a-z]\w*)\.(\w+)$/.exec(by.trim());
  const field = path === null ? undefined : own(own(composition.composed.forms, path[1])?.properties ?? {}, path[2]);
  if (field === undefined) return null;
  const options = field['x-options'] as { readonly from?: string } | undefined;
  if (narrow && options?.from !== undefined) {
    const values = rowsOf(options.from, composition.composed.settings);
    if (Array.isArray(values)) return values.map(String);
  }
  if (Array.isArray(field.enum)) return field.enum.map(String);
  const { minimum, maximum } = field;
  if (field.type === 'integer' && typeof minimum === 'number' && typeof maximum === 'number' && maximum - minimum < 50)
    return Array.from({ length: maximum - minimum + 1 }, (_, index) => String(minimum + index));
  return null;
}

function checkRows(
  composition: Composition,
  id: string,
  rows: Json,
  inputs: readonly Values[],
  path: readonly string[],
  setting: string | null,
  issues: Issue[],
): void {
  const at = [setting === null ? `tables.${id}.is` : `tables.${id}`, ...(setting === null ? path : [])].join('.');
  const origin = keyAt(composition, at);
  if (path.length === inputs.length) {
    if (rows !== null && typeof rows === 'object')
      issues.push(issueAt(origin, 'table-depth', { name: id }, { path: at }));
    return;
  }
  if (rows === null || typeof rows !== 'object' || Array.isArray(rows)) {
    issues.push(issueAt(origin, 'table-depth', { name: id }, { path: at }));
    return;
  }
  const { offered: values, possible } = inputs[path.length]!;
  const keys = Object.keys(rows).filter((key) => key !== 'else');
  // A setting's rows may serve several workflows: what one has no value for is no mistake there.
  if (possible !== null && setting === null)
    for (const key of keys)
      if (!possible.includes(key))
        issues.push(
          issueAt(
            keyAt(composition, `${at}.${key}`),
            'table-row-unreachable',
            { name: id, row: [...path, key].join(' / '), known: possible.join('、') },
            { path: `${at}.${key}`, proposal: suggest(key, possible) },
          ),
        );
  if (!('else' in rows)) {
    const missing = values === null ? ['else'] : values.filter((value) => !keys.includes(value));
    for (const value of missing)
      issues.push(
        issueAt(
          origin,
          'table-row-missing',
          { name: id, row: [...path, value].join(' / ') },
          { path: at, proposal: `${value}: …` },
        ),
      );
  }
  for (const [key, inner] of Object.entries(rows)) {
    if (values !== null && key !== 'else' && !values.includes(key)) continue;
    checkRows(composition, id, inner, inputs, [...path, key], setting, issues);
  }
}
