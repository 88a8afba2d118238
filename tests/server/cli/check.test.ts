import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { check } from '../../../server/cli/check.ts';

const base = fileURLToPath(new URL('../../fixtures/definitions/base', import.meta.url));
let folder: string;
let out: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'certflow-check-'));
  cpSync(base, folder, { recursive: true });
  out = [];
  vi.spyOn(console, 'log').mockImplementation((text: string) => void out.push(text));
  vi.spyOn(console, 'error').mockImplementation((text: string) => void out.push(text));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

function hurt(file: string, change: string, to: string): void {
  const path = join(folder, file);
  writeFileSync(path, readFileSync(path, 'utf8').replace(change, to));
}

describe('certflow check', () => {
  test('sound definitions: exit code 0', async () => {
    expect(await check(['--dir', folder])).toBe(0);
    expect(out.at(-1)).toMatch(/2 projects usable, 0 errors, 0 warnings$/);
  });

  test('an error: exit code 1, file:line:column and a proposal', async () => {
    hurt('workflows/book-loan.workflow.yaml', 'BACK: rules', 'BACK: ruels');
    expect(await check(['--dir', folder])).toBe(1);
    expect(out[0]).toBe(
      'workflows/book-loan.workflow.yaml:88:25 error unknown-state 从 main.work.ask.fill 找不到状态 ruels（建议：rules）',
    );
    expect(out.at(-1)).toMatch(/0 projects usable, 1 errors/);
  });

  test('a broken project leaves the others usable', async () => {
    hurt('workflows/projects/south.project.yaml', 'twoPeople: false', 'twoPeople: maybe');
    expect(await check(['--dir', folder])).toBe(1);
    expect(out.at(-1)).toMatch(/1 projects usable, 1 errors/);
  });

  test('--json is for machines', async () => {
    hurt('forms/request.form.json', '"maxLength": 100', '"maxLenght": 100');
    expect(await check(['--dir', folder, '--json'])).toBe(1);
    const answer = JSON.parse(out.join('\n'));
    expect(answer).toMatchObject({
      errors: 1,
      projects: [],
      issues: [
        { code: 'unknown-keyword', file: 'forms/request.form.json', line: 6, column: 49, proposal: 'maxLength' },
      ],
    });
  });

  test.each([
    ['an unknown option', ['--colour']],
    ['a folder without definitions', ['--dir', join(base, 'forms')]],
    ['an unknown project', ['--project', 'west']],
  ])('%s: exit code 2', async (_title, args) => {
    expect(await check(args.includes('--dir') ? args : ['--dir', folder, ...args])).toBe(2);
  });
});
