import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type EffectiveLine, effectiveLines } from '../../../engine/effective/index.ts';
import { load } from '../../../engine/load.ts';
import { definitionFiles } from '../../support/definitions.ts';
import { baseFiles, changed } from '../definitions.ts';

const at = (lines: readonly EffectiveLine[], address: string) => lines.find((line) => line.address === address);
const project = 'workflows/projects/south.project.yaml';

/** The files with `was` as the check proposes it. */
function withChange(change: string) {
  const write = (was: string) =>
    changed(project, 'settings: {', `changes:\n  one: { ${change.replace('WAS', was)} }\nsettings: {`);
  const asked = load(write('"00000000"'), 'south').issues.find(({ code }) => code === 'change-conflict');
  return write(`"${asked?.proposal}"`);
}

describe('the effective text', () => {
  test('[EFF-1] each line is where it says, in the words of its author', () => {
    const files = baseFiles();
    const lines = effectiveLines(files, 'south');
    expect(lines.length).toBeGreaterThan(100);
    const layers = new Set(lines.map(({ layer }) => layer));
    expect([...layers].sort()).toEqual(['base', 'default', 'fragment', 'project']);
    let exact = 0;
    let named = 0;
    let all = 0;
    for (const { text, origin, layer } of lines) {
      const written = files[origin.file]?.split('\n')[origin.line - 1];
      expect(written, `${origin.file}:${origin.line}`).toBeDefined();
      const name = /^(?:- )?"?([\w.-]+)"?:/.exec(text)?.[1];
      if (name !== undefined && layer !== 'default') {
        all += 1;
        if (written?.includes(name)) named += 1;
      }
      if (written?.trim() === text) exact += 1;
    }
    // What an exit of a fragment leads to is written where it leads from, in one word.
    expect(named / all).toBeGreaterThan(0.97);
    expect(exact).toBeGreaterThan(lines.length / 3);
  });

  test.each(Object.keys(definitionFiles()).flatMap((path) => /projects\/(.+)\.project\.yaml$/.exec(path)?.[1] ?? []))(
    '[EFF-1] of %s is YAML that says what the process says',
    (id) => {
      const lines = effectiveLines(definitionFiles(), id).filter(({ change }) => change !== 'removed');
      const text = lines.map(({ indent, text }) => '  '.repeat(indent) + text).join('\n');
      const data = parse(text) as { settings: unknown; extends: string };
      const { definition } = load(definitionFiles(), id);
      expect(data.settings).toEqual(definition?.settings);
      expect(data).toMatchObject({ project: id, extends: definition?.workflow.id });
    },
  );

  test('[EFF-2] a setting that the project gives stands beside what the process has', () => {
    const lines = effectiveLines(baseFiles(), 'south');
    expect(at(lines, 'settings.twoPeople')).toMatchObject({
      ...{ text: 'twoPeople: false', was: 'true', change: 'changed', layer: 'project' },
      origin: { file: project },
    });
    expect(at(effectiveLines(baseFiles(), 'north'), 'settings.twoPeople')).toMatchObject({
      ...{ text: 'twoPeople: true', was: null, change: 'same', layer: 'default' },
    });
  });

  test('[EFF-2] a state that a setting took away is there, and off with all that is in it', () => {
    const { definition } = load(baseFiles(), 'south');
    const gone = Object.keys(definition?.removed ?? {});
    expect(gone.length).toBeGreaterThan(0);
    const lines = effectiveLines(baseFiles(), 'south');
    for (const address of gone) expect(at(lines, address)?.change, address).toBe('off');
    expect(effectiveLines(baseFiles(), 'north').filter(({ change }) => change === 'off')).toEqual([]);
  });

  test('[EFF-2] a change of the project is changed, added or removed in its place', () => {
    const wording = effectiveLines(withChange('set: main.work.ask.label, was: WAS, is: 草稿箱'), 'south');
    const label = at(wording, 'main.work.ask.label');
    expect(label).toMatchObject({ text: 'label: 草稿箱', change: 'changed', layer: 'project' });
    expect(label?.was).toBe(
      at(effectiveLines(baseFiles(), 'south'), 'main.work.ask.label')?.text.slice('label: '.length),
    );

    const added = effectiveLines(
      changed(project, 'settings: {', 'laws: { own: { title: 自己的, at: main.lent, must: true } }\nsettings: {'),
      'south',
    );
    expect(at(added, 'laws.own')).toMatchObject({ change: 'added', layer: 'project' });

    const removed = effectiveLines(
      withChange('remove: main.work.fetch.noBook, was: WAS, reconnect: main.declined'),
      'south',
    );
    const gone = removed.findIndex(({ address }) => address === 'main.work.fetch.noBook');
    expect(removed[gone]).toMatchObject({ change: 'removed', layer: 'base' });
    const around = removed.findIndex(({ address }) => address === 'main.work.fetch');
    expect(gone).toBeGreaterThan(around);
  });

  test('[EFF-1] files that cannot be put together have no text', () => {
    expect(effectiveLines(changed(project, 'extends: book-loan', 'extends: nothing'), 'south')).toEqual([]);
  });
});
