import type { Issue } from '../../model/issue.ts';
import type { Source } from '../../read/bundle.ts';
import {
  descend,
  entries,
  get,
  issueAt,
  type MapNode,
  mapOf,
  type Node,
  plain,
  suggest,
  text,
  withKey,
} from '../../read/index.ts';
import { agrees, type Fail } from '../changes/change.ts';
import { replaceAt } from '../changes/replace.ts';
import { partTarget } from './target.ts';

export interface ChangedContent {
  /** With what the project says otherwise as a file of its own on top. */
  readonly content: readonly Source[];
  readonly issues: readonly Issue[];
}

const locale = 'zh-CN';

/**
 * The project's changes of texts (`content.<kind>.…`): agreements, reasons, articles. @param content later files win
 * @param project whose file the changes stand in
 */
export function changeContent(content: readonly Source[], changes: Node | undefined, project: Source): ChangedContent {
  const issues: Issue[] = [];
  const files = new Map<string, MapNode>();
  for (const source of content)
    if (source.node?.kind === 'map' && source.locale === locale)
      files.set(source.id, layered(files.get(source.id), source.node));
  const now = new Map(files);
  /** Entries that are said otherwise, by kind. */
  const touched = new Map<string, Map<string, Node>>();
  for (const [name, { key, value: change }] of entries(changes)) {
    const target = partTarget(change);
    if (target?.of !== 'content') continue;
    const fail: Fail = (code, node, params, proposal) =>
      issues.push(
        typeof code === 'string'
          ? issueAt(node?.origin ?? key, code, params, { path: `changes.${name}`, proposal })
          : { ...code, path: `changes.${name}` },
      );
    const file = files.get(target.id);
    const is = get(change, 'is');
    const path = file === undefined ? null : pathIn(file, target.steps);
    if (file === undefined || path === null) {
      const near = suggest(target.id, files.keys());
      fail(
        'change-address',
        target.at,
        { address: target.address },
        file === undefined && near !== undefined ? target.address.replace(target.id, near) : undefined,
      );
      continue;
    }
    if (target.verb !== 'set') {
      fail(
        'change-unclear',
        target.at,
        { rule: { zh: '内容只能用 set', en: 'content is changed by set' } },
        `set: ${target.address}`,
      );
      continue;
    }
    if (is === undefined) {
      fail('change-unclear', target.at, { rule: 'set 要有 is' });
      continue;
    }
    const before = descend(file, path);
    if (!agrees(change, before === undefined ? null : plain(before), target.at, target.address, fail)) continue;
    if (!isLike(before ?? brother(file, path), is, fail)) continue;
    const next = placed(
      now.get(target.id)!,
      path,
      is.kind === 'scalar' && is.value === null ? undefined : is,
      target.at,
    );
    now.set(target.id, next);
    const entry = next.entries.get(path[0]!)?.value;
    if (entry !== undefined) touched.set(target.id, (touched.get(target.id) ?? new Map()).set(path[0]!, entry));
  }
  for (const [kind, own] of touched) if (kind === 'agreements') issues.push(...withoutVersion(files.get(kind)!, own));
  return { content: [...content, ...[...touched].map(([kind, own]) => ownFile(project, kind, own))], issues };
}

function layered(below: MapNode | undefined, above: MapNode): MapNode {
  let next = below ?? mapOf(above.origin, []);
  for (const [key, entry] of above.entries)
    if (key !== 'language' && key !== 'content') next = withKey(next, key, entry.value, entry.key);
  return next;
}

/** Keys to an address; keys may hold dots (`fields.organization.name`). The last one need not be there yet. */
function pathIn(file: MapNode, steps: readonly string[]): string[] | null {
  let here: Node | undefined = file;
  const path: string[] = [];
  let at = 0;
  while (at < steps.length) {
    if (here?.kind !== 'map') return null;
    const holder: MapNode = here;
    const whole = steps.slice(at).join('.');
    const lengths = Array.from({ length: steps.length - at }, (_, index) => index + 1);
    const length = lengths.find((count) => holder.entries.has(steps.slice(at, at + count).join('.')));
    // What is not there may be said, where others like it stand.
    if (length === undefined) return path.length > 0 ? [...path, whole] : null;
    const key = steps.slice(at, at + length).join('.');
    path.push(key);
    here = get(holder, key);
    at += length;
  }
  return path;
}

/** Another entry beside it shows what an entry looks like. */
function brother(file: MapNode, path: readonly string[]): Node | undefined {
  const holder = descend(file, path.slice(0, -1));
  return entries(holder)[0]?.[1].value;
}

/** A text stays a text, a list of texts one: whoever shows it counts on it. */
function isLike(before: Node | undefined, is: Node, fail: Fail): boolean {
  const kind = kindOf(is);
  const wanted = before === undefined ? null : kindOf(before);
  if (
    kind === 'nothing' ||
    wanted === null ||
    wanted === kind ||
    (wanted === 'texts' && is.kind === 'list' && is.items.length === 0)
  )
    return true;
  fail(
    'wrong-type',
    is,
    { key: 'is', expected: words[wanted], found: words[kind] },
    wanted === 'text' ? JSON.stringify(String(plain(is))) : undefined,
  );
  return false;
}

const words = {
  text: { zh: '文字', en: 'a text' },
  texts: { zh: '文字的列表', en: 'a list of texts' },
  map: { zh: '一组“名称: 值”', en: 'names with values' },
  other: { zh: '别的内容', en: 'something else' },
  nothing: { zh: '空', en: 'nothing' },
} as const;

function kindOf(node: Node): keyof typeof words {
  if (node.kind === 'map') return 'map';
  if (node.kind === 'list') return node.items.every((item) => text(item) !== undefined) ? 'texts' : 'other';
  if (node.value === null) return 'nothing';
  return typeof node.value === 'string' ? 'text' : 'other';
}

function placed(file: MapNode, path: readonly string[], value: Node | undefined, at: Node): MapNode {
  const holder = descend(file, path.slice(0, -1));
  if (holder?.kind !== 'map') return file;
  return replaceAt(file, path.slice(0, -1), withKey(holder, path.at(-1)!, value, at.origin)) as MapNode;
}

/** Who agreed has agreed to a version: other words are another one. */
function withoutVersion(file: MapNode, own: ReadonlyMap<string, Node>): Issue[] {
  return [...own].flatMap(([id, entry]) => {
    const before = get(file, id);
    const version = text(get(entry, 'version'));
    const changed = ['title', 'text']
      .map((key) => get(entry, key))
      .find((node, index) => node !== get(before, ['title', 'text'][index]!));
    if (before === undefined || changed === undefined || version !== text(get(before, 'version'))) return [];
    return [
      issueAt(
        changed.origin,
        'agreement-same-version',
        { name: id, version },
        { path: `content.agreements.${id}`, proposal: `set: content.agreements.${id}.version` },
      ),
    ];
  });
}

function ownFile(project: Source, kind: string, own: ReadonlyMap<string, Node>): Source {
  const origin = project.node?.origin ?? { file: project.path, line: 1, column: 1 };
  const node = mapOf(
    origin,
    [...own].map(([key, value]) => [key, { key: value.origin, value }] as const),
  );
  return {
    path: project.path,
    kind: 'content',
    id: kind,
    locale,
    owner: project.id,
    node,
    written: null,
    language: project.language,
    issues: [],
    stuck: [],
  };
}
