import { parseText } from '../compose/text.ts';
import type { IssueCode } from '../errors/issues.ts';
import {
  type Checked,
  type CheckOptions,
  check,
  type ExpressionIssue,
  type Judge,
  type Type,
  type Types,
} from '../expressions/index.ts';
import type { Origin } from '../model/definition.ts';
import type { Issue } from '../model/issue.ts';
import { once } from '../model/once.ts';
import { issueAt, suggest, told } from '../read/index.ts';
import { cost } from './cost.ts';
import { literals } from './literals.ts';
import { presence } from './presence.ts';
import { unknown } from './rule.ts';

/** The rules about expressions wherever they stand: in conditions, forms, texts, documents, tables, connectors. */
export const judges: readonly Judge[] = [literals, presence, cost];

/** What was found of expressions, by what they see and by what they are to give. */
const found = once((_types: Types) => new Map<Type | undefined, Map<string, Checked>>());
const most = 4000;

/** The rules find the same of the same text with the same types, wherever it stands. */
function judged(source: string, types: Types, { want, at = false }: Pick<CheckOptions, 'want' | 'at'>): Checked {
  const wants = found(types);
  const known = wants.get(want) ?? new Map<string, Checked>();
  wants.set(want, known);
  const key = at ? `at ${source}` : `   ${source}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const result = check(source, types, { ...(want === undefined ? {} : { want }), at, judges });
  if (known.size >= most) known.clear();
  known.set(key, result);
  return result;
}

/** Checks an expression that begins at `origin` and tells where in it something is wrong. */
export function checkExpression(
  source: string,
  types: Types,
  origin: Origin,
  path: string,
  options: Pick<CheckOptions, 'want' | 'at'> = {},
): Issue[] {
  const result = judged(source, types, options);
  return result.kind === 'checked' ? [] : result.issues.map((issue) => located(issue, origin, path));
}

/** The expression's type, and what is wrong with it. */
export function typedExpression(
  source: string,
  types: Types,
  origin: Origin,
  path: string,
): { type: Type | null; issues: Issue[] } {
  const result = judged(source, types, {});
  if (result.kind === 'checked') return { type: result.type, issues: [] };
  return { type: null, issues: result.issues.map((issue) => located(issue, origin, path)) };
}

function located(issue: ExpressionIssue, origin: Origin, path: string): Issue {
  return {
    code: issue.code,
    severity: 'error',
    file: origin.file,
    line: origin.line,
    column: origin.column + issue.start,
    path,
    ...told(issue.code, issue.params, issue.proposal),
  };
}

/** What a text with places may name besides expressions. */
export interface TextNames {
  readonly types: Types;
  readonly labels: (address: string) => boolean;
  readonly stages: readonly string[];
  readonly menus: readonly string[] | null;
  /** Setting -> the values that it can have; those that are chosen from a list. */
  readonly options: { readonly [setting: string]: readonly string[] };
  /** `{deadline}`, `{state.label}`, `{next.label}` have a meaning here. */
  readonly state: boolean;
  /** Paths that must not be read out, with why. */
  readonly secret?: (expression: string) => IssueCode | null;
}

/** Checks the places of a text. */
export function checkText(source: string, names: TextNames, origin: Origin, path: string): Issue[] {
  const issues: Issue[] = [];
  for (const part of parseText(source)) {
    if (part.kind === 'words') continue;
    const at = { ...origin, column: origin.column + part.start };
    const { place } = part;
    switch (place.kind) {
      case 'expression': {
        const hidden = names.secret?.(place.text) ?? null;
        if (hidden !== null) issues.push(issueAt(at, hidden, { name: place.text }, { path }));
        else issues.push(...checkExpression(place.text, names.types, at, path));
        break;
      }
      case 'label':
        if (!names.labels(place.address))
          issues.push(issueAt(at, 'unknown-state', { name: place.address, from: '根' }, { path }));
        break;
      case 'menu':
        if (names.menus !== null && !names.menus.includes(place.id))
          issues.push(
            issueAt(
              at,
              'unknown-menu',
              { name: place.id, known: names.menus.join('、') },
              { path, proposal: suggest(place.id, names.menus) },
            ),
          );
        break;
      case 'stage':
        if (!names.stages.includes(place.id))
          issues.push(
            issueAt(at, 'unknown-stage', { name: place.id }, { path, proposal: suggest(place.id, names.stages) }),
          );
        break;
      case 'option': {
        const values = names.options[place.setting];
        if (values === undefined)
          issues.push(unknown(at, 'unknown-setting', place.setting, Object.keys(names.options), path));
        else if (!values.includes(place.value))
          issues.push(unknown(at, 'unknown-option', place.value, values, path, { setting: place.setting }));
        break;
      }
      case 'deadline':
      case 'stateLabel':
      case 'nextLabel':
        if (!names.state) issues.push(issueAt(at, 'place-without-state', { name: part.source }, { path }));
        break;
    }
  }
  return issues;
}
