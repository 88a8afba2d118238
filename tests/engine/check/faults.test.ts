import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { load as parseYaml } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { issues as catalogue } from '../../../engine/errors/issues.ts';
import { loadAll } from '../../../engine/load.ts';
import { line } from '../../../server/cli/check.ts';
import { baseFiles, faultsFolder } from '../definitions.ts';

/**
 * Each file in `faults` is named by its fault: one change to the sound base, and the whole list of issues that must be
 * told. `UPDATE_FAULTS=1` writes the lists anew; read the difference before you commit it.
 */
interface Fault {
  readonly in?: string;
  readonly change?: string;
  readonly to?: string;
  readonly add?: string;
  readonly text?: string;
  /** How often the text stands in the file that is added. */
  readonly times?: number;
  readonly issues: readonly string[];
}

const names = readdirSync(faultsFolder).filter((name) => name.endsWith('.yaml'));
const read = (name: string) => parseYaml(readFileSync(join(faultsFolder, name), 'utf8')) as Fault;

function faulty(fault: Fault): { [path: string]: string } {
  const files: { [path: string]: string } = { ...baseFiles() };
  if (fault.add !== undefined) files[fault.add] = (fault.text ?? '').repeat(fault.times ?? 1);
  if (fault.in !== undefined) {
    const before = files[fault.in]!;
    const at = before.indexOf(fault.change!);
    if (at < 0) throw new Error(`the base no longer holds ${JSON.stringify(fault.change)}`);
    files[fault.in] = before.slice(0, at) + fault.to! + before.slice(at + fault.change!.length);
  }
  return files;
}

describe('faults', () => {
  test('the base has none, and both projects can be used', () => {
    const loaded = loadAll(baseFiles());
    expect(loaded.issues.map(line)).toEqual([]);
    expect(Object.keys(loaded.projects)).toEqual(['north', 'south']);
  });

  test.each(names)('%s', (name) => {
    const fault = read(name);
    const files = faulty(fault);
    const { issues } = loadAll(files);
    const found = issues.map(line);
    if (process.env.UPDATE_FAULTS === '1') {
      const path = join(faultsFolder, name);
      const head = readFileSync(path, 'utf8').replace(/\nissues:[\s\S]*$/, '\n');
      writeFileSync(path, `${head}issues:\n${found.map((one) => `  - ${JSON.stringify(one)}\n`).join('')}`);
      return;
    }
    expect(found).toEqual(fault.issues);
    expect(found.length).toBeGreaterThan(0);
    // In English nothing is Chinese but what stands in the files.
    const known = Object.values(files).join('\n');
    const chinese = issues.flatMap(({ english }) => JSON.stringify(english ?? '不').match(/\p{Script=Han}+/gu) ?? []);
    expect(chinese.filter((word) => !known.includes(word))).toEqual([]);
  });

  test('every issue has file, line, column and a proposal', () => {
    const told = names.flatMap((name) => read(name).issues);
    expect(told.filter((one) => !/^[^:]+:[1-9]\d*:[1-9]\d* (error|warning) \S+ .+（建议：.+）$/s.test(one))).toEqual(
      [],
    );
  });

  test('every code of the catalogue is shown by a fault', () => {
    const told = new Set(names.flatMap((name) => read(name).issues.map((one) => one.split(' ')[2])));
    const missing = Object.keys(catalogue).filter((code) => !told.has(code) && !(code in untold));
    expect(missing).toEqual([]);
  });
});

/** Codes that no change of text brings about, with the reason. */
const untold: { readonly [code: string]: string } = {
  'unknown-project': 'asked for by name: tests/engine/compose/load.test.ts',
  'not-compiled': 'our own mistake, never a text: tests/engine/compose/load.test.ts',
};
