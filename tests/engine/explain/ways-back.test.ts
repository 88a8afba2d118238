import { describe, expect, test } from 'vitest';
import { view } from '../../../engine/explain/index.ts';
import type { CaseState } from '../../../engine/model/case.ts';
import { projects } from '../../support/definitions.ts';
import { applicant, Case, loan, other } from '../run/support.ts';

/** Steps of the bar to which the viewer may go back, and by which events. */
const ways = (steps: ReturnType<typeof view>['steps']) =>
  steps.filter((step) => step.back).map((step) => [step.id, ...(step.back ?? [])]);

describe('ways back to earlier stages', () => {
  const definition = projects().szmg;
  if (definition === undefined) throw new Error('no project');
  const { env } = new Case(loan(), false);
  const person = { id: 'owner', roles: ['applicant'] };

  const at = (leaf: string, facts: CaseState['facts'] = {}) => {
    const begun = new Case(definition, false).state;
    const state: CaseState = { ...begun, owner: person.id, facts, active: [leaf, ...begun.active.slice(1)] };
    return ways(view(definition, state, person, [], env).steps);
  };

  test('lead over every step between, by plain buttons', () => {
    expect(at('main.work.draft.select')).toEqual([]);
    expect(at('main.work.draft.fill')).toEqual([['choose', 'BACK']]);
    expect(at('main.work.paper.upload')).toEqual([
      ['choose', 'BACK', 'BACK', 'BACK'],
      ['fill', 'BACK', 'BACK'],
      ['print', 'BACK'],
    ]);
  });

  test('end where the process refuses to go back', () => {
    const paid = { paid: { at: 1 } } as unknown as CaseState['facts'];
    expect(at('main.work.paper.upload', paid)).toEqual([['print', 'BACK']]);
  });

  test('are for whoever may send the events', () => {
    const play = new Case(loan(), false).fill();
    const stranger = view(loan(), play.state, other, [], play.env);
    expect(ways(stranger.steps)).toEqual([]);
    expect(ways(view(loan(), play.state, applicant, [], play.env).steps)).toEqual([]);
  });
});
