import { describe, expect, test, vi } from 'vitest';
import { parseDocument } from 'yaml';
import { compose } from '../../engine/compose/index.ts';
import type { Files } from '../../engine/model/definition.ts';
import { readBundle } from '../../engine/read/bundle.ts';
import { definitionFiles } from './definition-files.ts';

vi.setConfig({ testTimeout: 60_000 });

/**
 * A project says what differs and nothing else: each setting, change, law and day that is taken out of its file leaves
 * another effective definition. Where something was written has no part in it.
 */
const files = definitionFiles();
const paths = Object.keys(files).filter((path) => path.endsWith('.project.yaml'));
const projectOf = (path: string) => /([^/]+)\.project\.yaml$/.exec(path)![1]!;

/** What the project comes to; with mistakes it comes to nothing. */
function effective(given: Files, project: string): string | null {
  const { composition, issues } = compose(readBundle(given), project);
  if (composition === null || issues.some(({ severity }) => severity === 'error')) return null;
  const { hash: _hash, origins: _origins, ...composed } = composition.composed;
  // A law may hold by the way the process is made: it is kept for the day when that changes.
  const { laws } = composition.declared;
  return JSON.stringify({ ...composed, laws }, (key, value) => (key === 'origin' ? undefined : value));
}

/** The paths of everything that a project may leave out. */
function parts(text: string): readonly (readonly string[])[] {
  const project = parseDocument(text).toJS() as { readonly [word: string]: { readonly [name: string]: unknown } };
  const below = (...words: readonly string[]) =>
    Object.keys(words.reduce<unknown>((found, word) => (found as { [key: string]: unknown })?.[word], project) ?? {});
  return [
    ...['settings', 'changes', 'laws'].flatMap((word) => below(word).map((name) => [word, name])),
    ...below('calendar', 'days').map((date) => ['calendar', 'days', date]),
    ...below('calendar', 'others').map((connector) => ['calendar', 'others', connector]),
  ];
}

describe('a project is no longer than what differs', () => {
  test.each(paths.map((path) => [projectOf(path), path]))('%s', (project, path) => {
    const before = effective(files, project);
    expect(before).not.toBeNull();
    const idle = parts(files[path]!).filter((part) => {
      const document = parseDocument(files[path]!);
      document.deleteIn(part);
      return effective({ ...files, [path]: String(document) }, project) === before;
    });
    expect(idle).toEqual([]);
  });

  test('what says nothing new is found', () => {
    const path = 'workflows/projects/weigu.project.yaml';
    const idle = { ...files, [path]: files[path]!.replace('legalRepAuth: false', 'legalRepAuth: true') };
    const without = { ...files, [path]: files[path]!.replace(', legalRepAuth: false', '') };
    expect(effective(idle, 'weigu')).toBe(effective(without, 'weigu'));
    expect(effective(files, 'weigu')).not.toBe(effective(without, 'weigu'));
  });
});
