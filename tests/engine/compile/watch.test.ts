import { expect, test } from 'vitest';
import { compile } from '../../../engine/compile/index.ts';
import { applicant, Case, clerk, loan } from '../run/support.ts';

const definition = loan();

/** A play with a refusal, a condition both ways, an answer and a decision. */
function play(case_: Case): Case {
  case_.fill().answer('main.work.check', 'UNAVAILABLE');
  case_.do('CODE', applicant, { data: { code: 'wrong' } });
  case_.do('CODE', applicant, { data: { code: 'right' } });
  case_.hear('PAID', { id: '1', amount: 50_000 });
  case_.refused('LEAVE', applicant);
  return case_.do('HOLD', clerk);
}

test('[CMP-9] a watched machine steps as the other does, and tells conditions, branches and states', () => {
  const seen = new Set<string>();
  const watched = compile(definition, (what, address) => void seen.add(`${what} ${address}`));
  expect(play(new Case(watched, false)).state).toEqual(play(new Case(definition, false)).state);
  for (const each of [
    'entered main.work.check',
    'entered main.work.next',
    'took main.work.obligations.known',
    'asked main.work.pinned.on.CODE.next',
    'held main.work.pinned.on.CODE.next',
    'took main.work.check.on.UNAVAILABLE',
    'asked main.work.on.LEAVE.closed',
  ])
    expect([...seen]).toContain(each);
  expect([...seen]).not.toContain('held main.work.on.LEAVE.closed');
  expect([...seen].some((each) => /^took main\.work\.on\.LEAVE/.test(each))).toBe(true);
});
