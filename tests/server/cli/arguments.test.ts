import { afterEach, expect, test, vi } from 'vitest';
import { certflow } from './support.ts';

const commands = [
  'check',
  'run',
  'coverage',
  'upgrade',
  'paths',
  'diff',
  'explain',
  'manual',
  'prove',
  'import',
  'cases',
  'migrate',
  'export',
  'account',
];

afterEach(() => vi.restoreAllMocks());

test.each(commands)('%s: an option that it does not know is said, with the usage; nothing happens', async (command) => {
  const { code, out, err } = await certflow(command, '--nothing-like-it');
  expect(code).toBe(2);
  expect(out).toBe('');
  expect(err).toContain('--nothing-like-it');
  expect(err).toContain(`certflow ${command}`);
});

test.each(commands)('%s --help tells its usage', async (command) => {
  const { code, out } = await certflow(command, '--help');
  expect(code).toBe(0);
  expect(out).toContain(`certflow ${command}`);
});

test('the list of commands names every command', async () => {
  const { code, out } = await certflow('--help');
  expect(code).toBe(0);
  for (const command of commands) expect(out).toMatch(new RegExp(`^  ${command}\\b`, 'm'));
});

test.each([['diff', 'szmg'], ['manual'], ['paths'], ['explain'], ['migrate'], ['account', 'somebody']])(
  '%s without what it needs: used wrongly',
  async (...args) => {
    const { code, err } = await certflow(...args);
    expect(code).toBe(2);
    expect(err).toContain(`certflow ${args[0]}`);
  },
);
