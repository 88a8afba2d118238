import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { files } from '../../engine/run/loan.ts';
import { certflow } from './support.ts';

/** What the commands answer as JSON is what docs/commands.md says. */
const page = readFileSync('docs/commands.md', 'utf8');
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'certflow-json-'));
  const project = files['workflows/projects/demo.project.yaml'] as string;
  const head = 'language: 2\nproject: demo\n';
  const all = {
    ...files,
    'workflows/projects/other.project.yaml': `${project.replace('project: demo', 'project: other')}settings: { tries: 4 }\n`,
    'workflows/scenarios/good.scenario.yaml': `${head}scenario: 好\nsteps: [{ do: NEXT }]\n`,
  };
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => vi.restoreAllMocks());

/** The lists of keys that the page gives for a command, each as it stands in braces. */
function shapes(command: string): readonly string[] {
  const chapter = page.split(`## \`${command} --json\``)[1]?.split('\n## ')[0] ?? '';
  return [...chapter.matchAll(/`\{ ([^`]+) \}`/g)].map(([, keys]) => keys as string);
}

const keysOf = (value: object) => Object.keys(value).join(', ');

test.each([
  ['run', [], (told: { scenarios: [object] }) => [told, told.scenarios[0]]],
  ['coverage', ['--project', 'demo'], ([demo]: [{ counts: { states: object } }]) => [demo, demo.counts.states]],
  [
    'paths',
    ['--project', 'demo'],
    (told: { ways: [{ target: object; scenario: object }]; edges: object }) => [
      told,
      told.ways[0],
      told.ways[0].target,
      told.edges,
      told.ways[0].scenario,
    ],
  ],
  [
    'diff',
    ['demo', 'other'],
    ([first]: [{ difference: { changes: [object] } }]) => [first, first.difference, first.difference.changes[0]],
  ],
] as const)('%s', async (command, args, parts) => {
  const { out } = await certflow(command, ...args, '--dir', folder, '--json');
  const told = (parts as (told: unknown) => object[])(JSON.parse(out));
  for (const part of told) expect(shapes(command)).toContain(keysOf(part));
});
