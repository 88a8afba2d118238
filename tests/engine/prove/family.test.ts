import { expect, test, vi } from 'vitest';
import { definitionFiles } from '../../../bench/definitions.ts';
import { load } from '../../../engine/load.ts';
import { familyOf, machineOf, memberId, membersOf, withMember } from '../../../engine/prove/index.ts';

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
