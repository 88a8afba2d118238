import { afterEach, expect, test, vi } from 'vitest';
import { load } from '../../../engine/load.ts';
import { baseFiles } from '../definitions.ts';

afterEach(() => {
  vi.doUnmock('../../../engine/compile/index.ts');
  vi.resetModules();
});

test('a project that is not there is told, with the nearest name', () => {
  const { definition, issues } = load(baseFiles(), 'nort');
  expect(definition).toBeNull();
  expect(issues).toMatchObject([{ code: 'unknown-project', proposal: 'north', line: 1, column: 1 }]);
});

test('what the compiler cannot take is an issue of the workflow, not a crash', async () => {
  vi.doMock('../../../engine/compile/index.ts', () => ({
    compile() {
      throw new Error('no such thing');
    },
  }));
  vi.resetModules();
  const { load: loadAnew } = await import('../../../engine/load.ts');
  const { definition, issues } = loadAnew(baseFiles(), 'north');
  expect(definition).toBeNull();
  expect(issues).toMatchObject([{ code: 'not-compiled', severity: 'error', line: 1, column: 1 }]);
  expect(issues[0]?.message).toContain('no such thing');
});
