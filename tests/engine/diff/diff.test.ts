import { expect, test } from 'vitest';
import { diff, isBehaviour } from '../../../engine/diff/index.ts';
import { load } from '../../../engine/load.ts';
import type { Definition } from '../../../engine/model/definition.ts';
import { runScenario, type Scenario } from '../../../engine/simulate/index.ts';
import { definitionFiles } from '../../workflows/definition-files.ts';
import { loan } from '../run/support.ts';

const before = loan();

test('[DIF-1] a definition does not differ from itself', () => {
  expect(diff(before, loan())).toEqual([]);
});

test('[DIF-2] a guard that changed is told with both, and a path that passes in the one and not in the other', () => {
  const after = loan([
    'AGAIN: [{ if: counters.checks < 3, to: check }',
    'AGAIN: [{ if: counters.checks < 1, to: check }',
  ]);
  const found = diff(before, after);
  const again = found.find(({ difference }) => difference.address === 'main.work.pinned.on.AGAIN.check');
  expect(again?.difference.kind).toBe('transition');
  expect(again?.difference.before).toContain('counters.checks < 3');
  expect(again?.difference.after).toContain('counters.checks < 1');
  const witness = again?.witness;
  if (witness == null) throw new Error('no witness');
  const [passes, fails] = witness.passesIn === 'before' ? [before, after] : [after, before];
  expect(runScenario(passes, witness.scenario).passed).toBe(true);
  expect(runScenario(fails, witness.scenario).passed).toBe(false);
});

test('[DIF-1] a timer is told by its value, a text by itself', () => {
  const after = loan(['after: { 7 days: done }', 'after: { 8 days: done }'], ['label: 待取走', 'label: 等待取走']);
  const kinds = diff(before, after).map(({ difference }) => `${difference.kind} ${difference.address}`);
  expect(kinds).toContain('timer main.work.finish.after.7 days');
  expect(kinds).toContain('timer main.work.finish.after.8 days');
  expect(kinds).toContain('state main.work.finish');
});

test('[DIF-1] everything else that a definition says is told, too, and which part of it is another', () => {
  const after = loan(
    ['must: facts.known && facts.agreed', 'must: facts.known'],
    ['known: { title: 身份已核对, about: [person] }', 'known: { title: 身份核对过, about: [person] }'],
    ['checks: { title: 核对次数, reset: main.work.fill }', 'checks: { title: 核对次数 }'],
    ['pin: { title: 验证码, digits: 6', 'pin: { title: 验证码, digits: 4'],
    [
      'CODE: { title: 输入验证码, by: applicant, form: code }',
      'CODE: { title: 输入验证码, by: applicant, form: code, saves: draft }',
    ],
  );
  const changed = diff(before, after).flatMap(({ difference: { kind, address, changes } }) =>
    changes.map((change) => [`${kind} ${address} ${change.part}`, change.before, change.after]),
  );
  expect(changed).toEqual(
    expect.arrayContaining([
      ['law approved must', 'facts.known && facts.agreed', 'facts.known'],
      ['fact known title', '身份已核对', '身份核对过'],
      ['counter checks reset', 'main.work.fill', null],
      ['secret pin digits', '6', '4'],
    ]),
  );
  expect(changed.map(([what]) => what)).toContain('event CODE saves');
});

test('[DIF-2] what only the words of a branch do is shown at the end of its path', () => {
  const after = loan(['FOUND: { prove: known, to: next }', 'FOUND: next']);
  const compared = diff(before, after).find(({ difference }) => difference.address === 'main.work.check.on.FOUND');
  const expected = compared?.witness?.scenario.steps.at(-1)?.expect;
  expect(JSON.stringify(expected)).toContain('known');
  expect(runScenario(before, compared?.witness?.scenario as Scenario).passed).toBe(true);
  expect(runScenario(after, compared?.witness?.scenario as Scenario).passed).toBe(false);
});

test('[DIF-2] thoroughly: each state, branch and timer that only one has, has a path', () => {
  const compared = diff(before, loan(['number: "000"', 'number: "000"\nsettings: { needsCard: true }']), {
    thorough: true,
  });
  const behaviour = compared.filter(({ difference }) => isBehaviour(difference));
  expect(behaviour.length).toBeGreaterThan(0);
  const without = behaviour.filter(({ witness }) => witness === null).map(({ difference }) => difference.address);
  expect(without).toEqual([]);
});

test('[DIF-3] of a branch that no case comes to it is said so', () => {
  const again = 'AGAIN: [{ if: counters.checks < 3, to: check }';
  const compared = diff(before, loan([again, `${again.replace('[', '[{ if: counters.checks < 0, to: fill }, ')}`]));
  const never = compared.find(({ difference }) => difference.address === 'main.work.pinned.on.AGAIN.fill');
  expect(never?.witness).toBeNull();
  expect(never?.impossible).toBe(true);
  expect(compared.filter(({ impossible }) => impossible)).toHaveLength(1);
});

test('[DIF-3] where two shipped projects go different ways, each way is shown', { timeout: 120_000 }, () => {
  const files = definitionFiles();
  const [szmg, north] = ['szmg', 'inner-mongolia'].map((project) => load(files, project).definition as Definition);
  const process = diff(szmg as Definition, north as Definition).filter(({ difference }) => isBehaviour(difference));
  expect(process.length).toBeGreaterThan(30);
  const without = process.filter(({ witness, impossible }) => witness === null && !impossible);
  expect(without.map(({ difference }) => difference.address)).toEqual([]);
});
