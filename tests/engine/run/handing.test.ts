import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { handings, loadAll, step, view } from '../../../engine/index.ts';
import type { CaseState } from '../../../engine/model/case.ts';
import type { Command } from '../../../engine/model/command.ts';
import type { Definition } from '../../../engine/model/definition.ts';
import { type begin, runScenario, type Scenario } from '../../../engine/simulate/index.ts';
import { definitionFiles } from '../../support/definitions.ts';

const { projects } = loadAll(definitionFiles());
const szmg = projects.szmg as Definition;
const reading = 'main.work.review.reading';

/** A case that somebody has claimed, as the happy path leads to it. */
function claimed(): { state: CaseState; env: { now: number; calendar: ReturnType<typeof begin>['calendar'] } } {
  const path = 'workflows/scenarios/certificate-new/happy-path.scenario.yaml';
  const { session, moments } = runScenario(szmg, parse(readFileSync(path, 'utf8')) as Scenario);
  const moment = moments.find(({ state }) => state.active.includes(reading));
  if (session === null || moment === undefined) throw new Error('the happy path passes the review');
  return { state: moment.state, env: { now: moment.now, calendar: moment.calendar } };
}

const { state, env } = claimed();
const holder = state.people.reviewer as string;
const by = (event: string, inPlaceOf: string | undefined, roles = ['reviewer'], id = 'operations/one'): Command => ({
  kind: 'event',
  event,
  actor: { id, roles, ...(inPlaceOf !== undefined && { inPlaceOf }) },
});
const codes = (result: ReturnType<typeof step>) =>
  result.kind === 'refused' ? result.blockers.map(({ code }) => code) : [];

test('[RUN-34] a claimed task and its queue are found by their buttons', () => {
  expect(handings(szmg)).toContainEqual({
    ...{ state: reading, queue: 'main.work.review.queue', part: 'reviewer', role: 'reviewer' },
    ...{ giveBack: 'RELEASE', take: 'CLAIM' },
  });
});

test('[RUN-34] it goes back and to somebody else; the journal names who did it and in whose place', () => {
  // Without a stand-in it is for the person alone.
  expect(codes(step(szmg, state, by('RELEASE', undefined), env))).toEqual(['only-person']);
  const back = step(szmg, state, by('RELEASE', holder), env);
  if (back.kind === 'refused') throw new Error(codes(back).join());
  expect(back.next.active).toContain('main.work.review.queue');
  expect(back.entry).toMatchObject({ by: 'operations/one', inPlaceOf: holder, what: 'event:RELEASE' });
  const shown = view(szmg, back.next, { id: 'x', roles: ['reviewer'] }, [back.entry], env);
  expect(shown.timeline[0]?.details).toContain('由他人代办');
  const taken = step(szmg, back.next, by('CLAIM', 'reviewer/three'), env);
  if (taken.kind === 'refused') throw new Error(codes(taken).join());
  expect(taken.next.people.reviewer).toBe('reviewer/three');
  expect(taken.entry).toMatchObject({ by: 'operations/one', inPlaceOf: 'reviewer/three' });
});

test('[RUN-34] no decision is made for somebody else, and nobody takes for whom it is not', () => {
  for (const event of ['APPROVE', 'REJECT', 'NOTE', 'ESCALATE'])
    expect(codes(step(szmg, state, by(event, holder), env)), event).toEqual(['not-handed-on']);
  expect(codes(step(szmg, state, by('RELEASE', 'reviewer/other'), env))).toEqual(['only-person']);
  expect(codes(step(szmg, state, by('RELEASE', holder, ['operations']), env))).toEqual(['role-missing']);
  const back = step(szmg, state, by('RELEASE', holder), env);
  if (back.kind === 'refused') throw new Error(codes(back).join());
  const second = { ...back.next, people: { ...back.next.people, secondReviewer: 'reviewer/two' } };
  expect(codes(step(szmg, second, by('CLAIM', 'reviewer/two'), env))).toEqual(['not-person']);
});
