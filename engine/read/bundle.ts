import type { Files } from '../model/definition.ts';
import type { Issue } from '../model/issue.ts';
import { readText } from './index.ts';
import { compare, issueAt } from './issue.ts';
import { get, type Node, text } from './tree.ts';
import { languageOf, upgrade, versioned } from './upgrade/index.ts';
import { newerWords } from './upgrade/newer.ts';
import { type FileKind, validateFile } from './validate.ts';

/** One file, read and held against the meta-schema of its kind. */
export interface Source {
  readonly path: string;
  readonly kind: FileKind;
  /** Id by which others name it: `book-loan`, `request`, `agreements`; a scenario's is its path. */
  readonly id: string;
  /** Content only. */
  readonly locale: string | null;
  /** Content only: workflow or project that it belongs to; null when it is everybody's. */
  readonly owner: string | null;
  /** In the newest version of the language. Null when nothing could be read. */
  readonly node: Node | null;
  /** As it was written: what hashes are taken over. */
  readonly written: Node | null;
  /** The version that it was written in; null for kinds without one. */
  readonly language: number | null;
  readonly issues: readonly Issue[];
  /** What stands in an older version's words and cannot be said file by file; the project may know more. */
  readonly stuck: readonly Issue[];
}

/** All files of a folder of definitions, each read once. */
export interface Bundle {
  readonly sources: readonly Source[];
  /** Files that are no definitions. */
  readonly issues: readonly Issue[];
}

interface Place {
  readonly kind: FileKind;
  readonly id: string;
  readonly locale?: string;
  readonly owner?: string | undefined;
}

/** What a path says about a file; null when it is none of ours. */
export function placeOf(path: string): Place | null {
  const name = path.replace(/^.*\//, '');
  const content =
    /(?:^|\/)workflows\/content\/(?:([a-z0-9-]+)\/)?([A-Za-z0-9-]+)\.([a-z]{2}(?:-[A-Z]{2})?)\.ya?ml$/.exec(path);
  if (content !== null) return { kind: 'content', id: camel(content[2]!), locale: content[3]!, owner: content[1] };
  const form = /^([A-Za-z0-9-]+)\.form\.json$/.exec(name);
  if (form !== null) return { kind: 'form', id: camel(form[1]!) };
  const settings = /^(.+)\.settings\.json$/.exec(name);
  if (settings !== null) return { kind: 'settings', id: settings[1]! };
  const other = /^(.+)\.(workflow|fragment|project|scenario|connector|document)\.ya?ml$/.exec(name);
  if (other === null) return null;
  const kind = other[2] as FileKind;
  return { kind, id: kind === 'scenario' ? path : kind === 'document' ? camel(other[1]!) : other[1]! };
}

/** `book-request` -> `bookRequest`: ids of forms, documents and content may be file names in either shape. */
export function camel(id: string): string {
  return id.replace(/-([a-z0-9])/g, (_all, letter: string) => letter.toUpperCase());
}

/** Reads every definition of the files. Readmes and other files are left aside; files that look like ours are not. */
export function readBundle(files: Files): Bundle {
  const sources: Source[] = [];
  const issues: Issue[] = [];
  const seen = new Map<string, string>();
  for (const path of Object.keys(files).sort(compare)) {
    const place = placeOf(path);
    if (place === null) {
      if (/\.(ya?ml|json)$/.test(path))
        issues.push(
          issueAt({ file: path, line: 1, column: 1 }, 'unknown-file', { file: path }, { severity: 'warning' }),
        );
      continue;
    }
    const source = readSource(path, files[path]!, place);
    const key = [source.kind, source.id, source.locale, source.owner].join(' ');
    const other = seen.get(key);
    if (other !== undefined && source.node !== null)
      issues.push(issueAt(source.node.origin, 'file-twice', { id: source.id, other }));
    seen.set(key, path);
    sources.push(source);
  }
  return { sources, issues };
}

const cache = new Map<string, { readonly text: string; readonly source: Source }>();

function readSource(path: string, content: string, place: Place): Source {
  const known = cache.get(path);
  if (known !== undefined && known.text === content) return known.source;
  const { node: written, issues } = readText(path, content);
  const all = [...issues];
  const version = versioned.has(place.kind) ? languageOf(written) : null;
  let node: Node | null = null;
  let stuck: readonly Issue[] = [];
  if (written !== null) {
    if (written.kind !== 'map')
      all.push(issueAt(written.origin, 'wrong-type', { key: path, expected: '一组“名称: 值”', found: '别的内容' }));
    else {
      if (version !== null) all.push(...newerWords(place.kind, written, version));
      const upgraded = upgrade(place.kind, written);
      ({ node, stuck } = upgraded);
      // What could not be read is also of the wrong type, and what an older version said wrongly is unknown to this one:
      // told once.
      const told = new Set(all.map((issue) => `${issue.line}:${issue.column}`));
      const known = (issue: Issue) =>
        told.has(`${issue.line}:${issue.column}`) || stuck.some(({ path: at }) => isBelow(issue.path, at));
      all.push(...validateFile(place.kind, node).filter((issue) => !known(issue)));
      const said = get(node, place.kind);
      const id = text(said);
      if (
        said !== undefined &&
        id !== undefined &&
        place.kind !== 'scenario' &&
        place.kind !== 'content' &&
        id !== place.id
      )
        all.push(
          issueAt(said.origin, 'id-not-file-name', { id, file: path, expected: place.id }, { proposal: place.id }),
        );
    }
  }
  const source: Source = {
    path,
    kind: place.kind,
    id: place.id,
    locale: place.locale ?? null,
    owner: place.owner ?? null,
    node,
    written: node === null ? null : written,
    language: version,
    issues: all,
    stuck,
  };
  if (cache.size > 2000) cache.clear();
  cache.set(path, { text: content, source });
  return source;
}

function isBelow(path: string | undefined, at: string | undefined): boolean {
  return path !== undefined && at !== undefined && (path === at || path.startsWith(`${at}.`));
}

export function hasErrors(issues: readonly Issue[]): boolean {
  return issues.some((issue) => issue.severity === 'error');
}
