import { contentOrigin } from '../compose/places.ts';
import { parseText } from '../compose/text.ts';
import { parse, references } from '../expressions/index.ts';
import type { Origin } from '../model/definition.ts';
import type { Issue } from '../model/issue.ts';
import { once } from '../model/once.ts';
import type { Source } from '../read/bundle.ts';
import { entries, get, issueAt, listed, type Node, text, withKey } from '../read/index.ts';
import type { Process } from './process.ts';
import type { ProcessRule } from './rule.ts';

/**
 * A fragment reads only forms and settings that it declares, or that come with what it includes and uses. Whoever reads
 * it alone knows what it needs, and a host that lacks it is told so here. Facts, records and states are the process's.
 */
export const borders: ProcessRule = {
  id: 'borders',
  of: 'process',
  check(process) {
    return process.used.fragments.flatMap((fragment) => {
      if (fragment.node === null) return [];
      const brought = broughtTo(fragment, process.used.fragments);
      // The declaration that is missing is one mistake, however often the form is read.
      return namesRead(fragment.node)
        .filter(({ path }) => !isOwn(process, brought, path))
        .map((reading) => outside(process, fragment, reading));
    });
  },
};

interface Reading {
  readonly path: readonly string[];
  readonly origin: Origin;
}

/** Whether the fragment may read it: what is brought to it declares it, or nobody does. */
function isOwn(process: Process, brought: readonly Source[], [root = '', name = '']: Reading['path']): boolean {
  if (root === 'settings') {
    const files = process.used.settings.filter((source) => settingNames(source).includes(name)).map(fileName);
    return (
      files.length === 0 || brought.some((source) => files.some((file) => namedBy(source).settings.includes(file)))
    );
  }
  return brought.some((source) => namedBy(source).forms.includes(root)) || !process.allForms.includes(root);
}

function outside(process: Process, fragment: Source, { path, origin }: Reading): Issue {
  const [root = '', name = ''] = path;
  const declaredIn = root === 'settings' ? declaring(process, name) : undefined;
  if (declaredIn === undefined) return issueAt(origin, 'fragment-form', { fragment: fragment.id, name: root });
  const proposal = `settings: [${fileName(declaredIn)}]`;
  return issueAt(origin, 'fragment-setting', { fragment: fragment.id, name }, { proposal });
}

function declaring(process: Process, setting: string): Source | undefined {
  return process.used.settings.find((source) => settingNames(source).includes(setting));
}

function fileName({ path }: Source): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The fragment, and those that come with it. */
function broughtTo(fragment: Source, fragments: readonly Source[]): readonly Source[] {
  const brought = new Set<Source>();
  const bring = (source: Source | undefined): void => {
    if (source === undefined || brought.has(source)) return;
    brought.add(source);
    for (const id of broughtBy(source)) bring(fragments.find((other) => other.id === id));
  };
  bring(fragment);
  return [...brought];
}

/** Forms and files of settings that a fragment names. */
const namedBy = once((source: Source) => {
  const named = (key: string) => listed(get(source.node ?? undefined, key)).flatMap((node) => text(node) ?? []);
  return { forms: named('forms'), settings: named('settings') };
});

const settingNames = once((source: Source): readonly string[] =>
  entries(get(source.node ?? undefined, 'properties')).map(([name]) => name),
);

/** Fragments that it includes, or that stand in its states. */
const broughtBy = once((source: Source): readonly string[] => {
  const found = listed(get(source.node ?? undefined, 'include')).flatMap((node) => text(node) ?? []);
  const follow = (node: Node): void => {
    if (node.kind === 'list') node.items.forEach(follow);
    if (node.kind !== 'map') return;
    found.push(...listed(get(node, 'use')).flatMap((use) => text(use) ?? []));
    for (const [, entry] of node.entries) follow(entry.value);
  };
  if (source.node !== null) follow(source.node);
  return found;
});

/** Words whose value, or whose values, are expressions; lists of paths are read the same way. */
const expressions: ReadonlySet<string> = new Set([
  ...['if', 'when', 'must', 'first', 'edit', 'key', 'part', 'whole', 'sms', 'email', 'with'],
  ...['about', 'shows', 'forms', 'form'],
]);
const texts: ReadonlySet<string> = new Set(['title', 'label', 'text', 'inbox', 'confirm', 'refuse', 'taken']);
const delays: ReadonlySet<string> = new Set(['promise', 'valid']);
/** What stands here only names or describes; `by` is a role wherever it is not the inputs of a table. */
const silent: ReadonlySet<string> = new Set(['takes', 'include', 'settings', 'stages', 'roles', 'people']);

/** Everything that a fragment reads, with its place. What the host hands over reads as `given`, which is no form. */
const readings = once((node: Node): readonly Reading[] => {
  const found: Reading[] = [];
  const walk = (here: Node, reads: (source: string, origin: Origin) => Reading[]): void => {
    if (here.kind === 'scalar') {
      if (typeof here.value === 'string') found.push(...reads(here.value, contentOrigin(here)));
    } else if (here.kind === 'list') for (const item of here.items) walk(item, reads);
    else
      for (const [key, entry] of here.entries) {
        if (silent.has(key)) continue;
        if (key === 'after' || key === 'remind')
          for (const [delay, waits] of entries(entry.value)) found.push(...inDelay(delay, waits.key));
        walk(entry.value, readerOf(key, here, entry.value, reads));
      }
  };
  if (node.kind === 'map') walk(withKey(node, 'forms', undefined), nothing);
  return found;
});

/** The same, the first reading of each form and each setting. */
const namesRead = once((node: Node): readonly Reading[] => {
  const found = new Map<string, Reading>();
  for (const reading of readings(node)) {
    const name = reading.path.slice(0, reading.path[0] === 'settings' ? 2 : 1).join('.');
    if (!found.has(name)) found.set(name, reading);
  }
  return [...found.values()];
});

function readerOf(key: string, parent: Node, value: Node, outer: typeof nothing): typeof nothing {
  // Inside `with` every name is an input; its values are expressions, whatever they are called.
  if (outer === inExpression) return inExpression;
  if (expressions.has(key)) return key === 'when' && value.kind !== 'scalar' ? nothing : inExpression;
  if (key === 'by' && get(parent, 'is') !== undefined) return inExpression;
  if (texts.has(key)) return inText;
  return delays.has(key) ? inDelay : nothing;
}

function nothing(_source: string, _origin: Origin): Reading[] {
  return [];
}

function inExpression(source: string, origin: Origin): Reading[] {
  const parsed = parse(source);
  if (parsed.kind !== 'parsed') return [];
  return references(parsed.expression.ast).map(({ path, start }) => ({ path, origin: moved(origin, start) }));
}

function inText(source: string, origin: Origin): Reading[] {
  return parseText(source).flatMap((part) =>
    part.kind === 'place' && part.place.kind === 'expression'
      ? inExpression(part.place.text, moved(origin, part.start))
      : [],
  );
}

/** `75% of settings.reviewSla`, `90 days before loan.until`. */
function inDelay(source: string, origin: Origin): Reading[] {
  return [...source.matchAll(/[a-z]\w*(?:\.\w+)+/g)].map((match) => ({
    path: match[0].split('.'),
    origin: moved(origin, match.index),
  }));
}

function moved(origin: Origin, columns: number): Origin {
  return { ...origin, column: origin.column + columns };
}
