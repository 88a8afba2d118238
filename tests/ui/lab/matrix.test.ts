import { readFileSync } from 'node:fs';
import { expect, it, vi } from 'vitest';
import { type Definition, loadAll } from '../../../engine/index.ts';
import { cellOf, pairingsOf } from '../../../ui/lab/matrix.ts';
import { definitionFiles } from '../../support/definitions.ts';

vi.setConfig({ testTimeout: 120_000 });

const projects = Object.values(loadAll(definitionFiles()).projects) as readonly Definition[];
const story = (project: string, steps: string) => ({
  path: 'a.scenario.yaml',
  text: `language: 2\nscenario: 试\nproject: ${project}\nsteps:\n${steps}`,
});

it('plays a scenario on every project of the same process, and on no other', () => {
  const { pairings, broken } = pairingsOf(projects, [story('szmg', '  - do: NEXT\n')]);
  expect(broken).toEqual([]);
  const ids = pairings.map(({ definition }) => definition.project.id);
  expect(ids).toContain('inner-mongolia');
  expect(ids).not.toContain('district-archive');
  expect(pairings.filter(({ named }) => named).map(({ definition }) => definition.project.id)).toEqual(['szmg']);
});

it('says at which step a project does otherwise, and what', () => {
  const path = 'workflows/scenarios/certificate-new/legal-representative.scenario.yaml';
  const few = projects.filter(({ project }) => ['szmg', 'inner-mongolia'].includes(project.id));
  const { pairings } = pairingsOf(few, [{ path, text: readFileSync(path, 'utf8') }]);
  const cells = pairings.map((pairing) => cellOf(pairing));
  const of = (project: string) => cells.find((cell) => cell.project === project);
  expect(of('szmg')).toMatchObject({ named: true, passed: true, failure: null });
  // The project has no such way: its settings close it.
  expect(of('inner-mongolia')?.failure?.found ?? '').not.toBe('');
  expect(of('inner-mongolia')).toMatchObject({ named: false, passed: false });
});

it('names the files that do not read', () => {
  expect(pairingsOf(projects, [{ path: 'b', text: 'scenario: [' }]).broken).toEqual(['b']);
});
