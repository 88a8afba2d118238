import { expect, test, vi } from 'vitest';
import { definitionFiles } from '../../../bench/definitions.ts';
import { load } from '../../../engine/load.ts';
import {
  familyOf,
  familyProof,
  machineOf,
  memberId,
  membersOf,
  proveMembers,
  withMember,
} from '../../../engine/prove/index.ts';
import { runScenario } from '../../../engine/simulate/index.ts';
import { changed } from '../definitions.ts';
import { permit } from './permit.ts';

vi.setConfig({ testTimeout: 120_000 });

const files = definitionFiles();

test('a family is every combination of settings with few values; those that no rule reads are counted, not tried [PRV-7]', () => {
  const family = familyOf(files, 'certificate-new')!;
  const names = family.settings.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['organizationAuth', 'legalRepAuth', 'feeCollection', 'paymentModes']));
  expect(family.idle.map(({ name }) => name)).toEqual(expect.arrayContaining(['askIdCopy', 'deliveryWays']));
  const members = membersOf(family);
  const product = (of: typeof family.settings) => of.reduce((sum, { values }) => sum * values.length, 1);
  expect(members).toHaveLength(product(family.settings));
  expect(family.combinations).toBe(members.length * product(family.idle));
  expect(members[0]).toEqual({});
  const changes = members.map((member) => Object.keys(member).length);
  expect(changes).toEqual([...changes].sort((one, other) => one - other));
});

test('texts and delays make no other process, a setting that a rule reads does [PRV-7]', () => {
  const machine = (settings: { [name: string]: string | boolean }) =>
    machineOf(load(withMember(files, 'certificate-new', settings), memberId(files, 'certificate-new')).definition!);
  const base = machine({});
  expect(machine({ smsName: '别的名称', draftTtl: '7 days', askIdCopy: true })).toBe(base);
  expect(machine({ legalRepAuth: false })).not.toBe(base);
});

test('of all combinations the smallest bad one is told, with its way, and how many were covered [PRV-7]', () => {
  const workflow = 'workflows/permit.workflow.yaml';
  const yes = { type: 'boolean', default: true };
  const settings = {
    title: '许可',
    type: 'object',
    properties: {
      tries: { type: 'integer', title: '可以尝试几次', minimum: 1, maximum: 9, default: 3 },
      mayDrop: { ...yes, title: '办事员可以拒绝' },
      second: { ...yes, title: '要第二个人同意' },
      slogan: { ...yes, title: '显示口号' },
    },
  };
  let faulty = { ...permit, 'workflows/permit.settings.json': JSON.stringify(settings) };
  // Without the exit somebody is stuck; with two settings changed one person alone is enough.
  for (const [from, to] of [
    [
      'refuse: 次数已用完 }]\n          DROP: rejected',
      'refuse: 次数已用完 }]\n          DROP: [{ if: settings.mayDrop, to: rejected }, { refuse: 不能拒绝 }]',
    ],
    [
      '          PASS: { prove',
      '          PASS:\n            - { if: "!settings.second && !settings.mayDrop", prove: examined, count: opinions, to: issued }\n            - { prove',
    ],
    ['regions:', 'laws: { two: { title: 两个人同意, at: main.issued, must: counters.opinions >= 2 } }\nregions:'],
  ] as const)
    faulty = changed(workflow, from, to, faulty) as typeof faulty;

  const family = familyOf(faulty, 'permit')!;
  const proof = familyProof(family, [proveMembers(faulty, 'permit', membersOf(family))]);
  expect(proof).toMatchObject({ combinations: 8, covered: 8, refused: 0, unfinished: [] });
  expect(proof.bad.map(({ settings: smallest, told: { kind, name } }) => [smallest, kind, name])).toEqual([
    [{ mayDrop: false }, 'stuck', 'main.again'],
    [{ mayDrop: false, second: false }, 'law', 'two'],
  ]);
  for (const { settings: smallest, told } of proof.bad) {
    expect(told.played).toBe(true);
    const { definition } = load(withMember(faulty, 'permit', smallest), memberId(faulty, 'permit'));
    const { passed, session } = runScenario(definition!, told.scenario);
    expect(told.kind === 'law' ? session?.incidents : passed).toEqual(told.kind === 'law' ? ['law:two'] : true);
  }
});
