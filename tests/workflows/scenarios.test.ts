import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { loadAll, runScenario, type Scenario } from '../../engine/index.ts';
import { definitionFiles } from './definition-files.ts';

const files = definitionFiles();
const { projects, issues } = loadAll(files);
const stories = Object.entries(files)
  .filter(([path]) => path.endsWith('.scenario.yaml'))
  .map(([path, text]) => ({ path: path.replace('workflows/scenarios/', ''), scenario: parse(text) as Scenario }));

describe('the definitions of the repository', () => {
  it('have no issue', () => {
    expect(issues.map(({ file, line, message }) => `${file}:${line} ${message}`)).toEqual([]);
  });

  it('are five projects of one process, two fictional ones that show what may be changed, and one of another', () => {
    const workflows = Object.values(projects).map(({ workflow }) => workflow.id);
    expect(projects).toHaveProperty('example-exchange');
    expect(projects).toHaveProperty('example-amount');
    expect(workflows.filter((id) => id === 'certificate-new').length).toBe(7);
    expect(workflows.filter((id) => id === 'archive-copy').length).toBe(1);
  });
});

describe.each(Object.keys(projects))('stories of %s', (project) => {
  const own = stories.filter(({ scenario }) => [scenario.project].flat().includes(project));

  it.each(own)('$path', ({ scenario }) => {
    const { failure } = runScenario(projects[project]!, scenario);
    expect(failure).toBeNull();
  });
});

describe('what a setting takes away', () => {
  it.each(['inner-mongolia', 'weigu', 'everbright'])('%s has no 法人认证, neither as a state nor as a button', (id) => {
    const { states, removed, declared } = projects[id]!;
    expect(Object.keys(states).filter((address) => /legalRep/.test(address))).toEqual([]);
    expect(Object.keys(removed)).toEqual(expect.arrayContaining(['main.work.organization.legalRep']));
    expect(declared.events).not.toHaveProperty('LEGAL_REP');
    expect(declared.events).toHaveProperty('MANUAL');
  });

  it('szmg has no remittance', () => {
    const { removed, declared } = projects.szmg!;
    expect(Object.keys(removed)).toEqual(expect.arrayContaining(['main.work.payment.remit', 'money.refunding.byBank']));
    expect(declared.events).not.toHaveProperty('REMIT_MATCHED');
  });
});

describe('every state of every project', () => {
  it.each(Object.keys(projects))('%s: has a word for the applicant wherever the main region rests', (id) => {
    const silent = Object.values(projects[id]!.states).filter(
      ({ address, kind, label }) =>
        address.startsWith('main.') && (kind === 'atomic' || kind === 'final') && label === null,
    );
    expect(silent.map(({ address }) => address)).toEqual([]);
  });
});
