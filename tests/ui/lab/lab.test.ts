import { beforeAll, describe, expect, it, vi } from 'vitest';
import { createActor } from 'xstate';
import { completeCommand, type Definition, load, readScenario, runScenario } from '../../../engine/index.ts';
import { chances } from '../../../ui/lab/people.ts';
import { scenarioText, words } from '../../../ui/lab/record.ts';
import { replayed } from '../../../ui/lab/replay.ts';
import { labMachine } from '../../../ui/lab/session.ts';
import { trailOf } from '../../../ui/lab/trail.ts';
import { travel } from '../../../ui/lab/travel.ts';
import { definitionFiles } from '../../support/definitions.ts';

// A search plays some hundred steps: on a busy machine that takes its time.
vi.setConfig({ testTimeout: 90_000 });

const known = new Map<string, Definition>();
beforeAll(() => {
  const files = definitionFiles();
  for (const project of ['szmg', 'inner-mongolia']) {
    const { definition } = load(files, project);
    if (definition) known.set(project, definition);
  }
});

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const calendar = { offsetMinutes: 480, exceptions: {}, until: '2099-12-31' };

function lab(project: string) {
  const actor = createActor(labMachine).start();
  const definition = known.get(project);
  if (!definition) throw new Error(`no project ${project}`);
  actor.send({ type: 'open', definition, calendar });
  const moment = () => {
    const last = actor.getSnapshot().context.moments.at(-1);
    if (!last) throw new Error('no moment');
    return last;
  };
  const session = () => moment().session;
  return {
    actor,
    moment,
    session,
    wait(ms: number) {
      actor.send({ type: 'advance', ms });
    },
    /** Does what a tester would do by pressing the button. */
    press(event: string) {
      const chance = chances(session()).can.find((one) => one.offer.event === event);
      if (!chance) throw new Error(`${event} is not offered at ${session().state.active.join(' ')}`);
      const command = completeCommand(session(), event, chance.actor);
      actor.send({ type: 'do', command, title: chance.offer.title });
      expect(actor.getSnapshot().context.refusal).toBe(null);
    },
    travel(state: string) {
      const arrival = travel(session(), { state, counters: {} });
      if (!arrival) throw new Error(`no way to ${state}`);
      actor.send({ type: 'jump', ...arrival, state });
    },
    answer(outcome: string) {
      const call = session().calls[0];
      if (!call) throw new Error('nobody is asked');
      actor.send({ type: 'answer', call: call.call, outcome });
    },
  };
}

describe('a play in the lab', () => {
  it('begins where a case begins, and nobody answers before the tester does', () => {
    const { actor, session, travel, answer, wait } = lab('szmg');
    expect(actor.getSnapshot().value).toBe('playing');
    expect(session().state.active).toContain('main.work.draft.guide');
    travel('main.work.organization.code');
    wait(DAY);
    const chance = chances(session()).can.find((one) => one.offer.event === 'RESEND');
    expect(chance).toBeDefined();
    if (chance) actor.send({ type: 'do', command: completeCommand(session(), 'RESEND', chance.actor), title: '' });
    expect(session().calls.map((call) => `${call.connector}.${call.operation}`)).toContain('bank.microDeposit');
    answer('FAILED');
    expect(session().state.active).toContain('main.work.organization.failed.recent');
  });

  it('offers what the project closed nowhere, and says of the rest why not', () => {
    const there = lab('szmg');
    const here = lab('inner-mongolia');
    for (const one of [there, here]) {
      one.travel('main.work.organization.code');
      one.wait(DAY);
      one.press('RESEND');
      one.answer('FAILED');
      one.press('EDIT_FINANCE');
      one.wait(MINUTE);
      one.answer('FAILED');
    }
    const can = (one: typeof here) => chances(one.session()).can.map((chance) => chance.offer.event);
    expect(can(there)).toContain('LEGAL_REP');
    expect([...can(here), ...chances(here.session()).cannot.map((chance) => chance.offer.event)]).not.toContain(
      'LEGAL_REP',
    );
    expect(can(here)).toContain('MANUAL');
    for (const chance of chances(here.session()).cannot) {
      expect(chance.offer.blockers.map((blocker) => blocker.message).join(''), chance.offer.event).not.toBe('');
    }
  });

  it('finds the second person where four eyes are wanted', () => {
    const { session, travel, press } = lab('inner-mongolia');
    travel('main.work.organization.manual');
    const event = chances(session()).can.find((one) => one.who.title !== '经办人' && one.offer.look === 'primary');
    if (!event) throw new Error('nobody decides');
    press(event.offer.event);
    const second = chances(session()).can.find((one) => one.offer.event === event.offer.event);
    expect(second?.second).toBe(true);
  });

  it('takes one act back, or all of them', () => {
    const { actor, session, press } = lab('szmg');
    const start = session().state;
    press('NEXT');
    press('NEXT');
    actor.send({ type: 'undo' });
    expect(session().state.active).toContain('main.work.draft.select');
    actor.send({ type: 'again' });
    expect(session().state).toEqual(start);
    actor.send({ type: 'undo' });
    expect(session().state).toEqual(start);
  });

  it('changes nothing when it is refused, and keeps the reasons', () => {
    const { actor, session } = lab('szmg');
    const before = session();
    const command = { kind: 'event', event: 'NEXT', actor: { id: 'applicant/one', roles: ['applicant'] } } as const;
    actor.send({ type: 'do', command: { ...command, forms: { agreements: {} } }, title: '下一步' });
    const { refusal, moments } = actor.getSnapshot().context;
    expect(refusal?.blockers.length).toBeGreaterThan(0);
    expect(refusal?.blockers[0]?.fields?.length).toBeGreaterThan(0);
    expect(moments.at(-1)?.session).toBe(before);
    actor.send({ type: 'dismiss' });
    expect(actor.getSnapshot().context.refusal).toBe(null);
  });

  it('moves the clock and fires what falls due', () => {
    const { actor, session } = lab('szmg');
    const due = Math.max(...Object.values(session().state.timers).map((timer) => timer.due));
    actor.send({ type: 'advance', ms: due - session().now });
    expect(session().now).toBe(due);
    expect(session().state.over).toBe(true);
  });

  it('answers by itself when it is told to', () => {
    const { actor, session, travel, press, wait } = lab('szmg');
    travel('main.work.organization.code');
    actor.send({ type: 'auto', on: true });
    wait(DAY);
    press('RESEND');
    expect(session().calls).toEqual([]);
    expect(session().state.active).toContain('main.work.organization.code.handler.sent');
  });
});

describe('a play saved as a scenario', () => {
  it('is played by the runner, with the same end', () => {
    const { session, moment, travel, press, answer, wait } = lab('inner-mongolia');
    travel('main.work.organization.code');
    wait(DAY);
    press('RESEND');
    answer('FAILED');
    press('EDIT_FINANCE');
    wait(MINUTE);
    answer('OK');
    press('CODE');
    const text = scenarioText('从演练台来', 'inner-mongolia', moment().steps, session());
    const definition = known.get('inner-mongolia');
    const { scenario } = readScenario('story', text);
    if (!definition || !scenario) throw new Error('no project, or no story');
    expect(scenario.steps.at(-1)).toMatchObject({ expect: { at: [...session().state.active] } });
    const result = runScenario(definition, scenario, { calendar });
    expect(result.failure).toBe(null);
    expect(result.passed).toBe(true);
  });

  it('writes durations in words', () => {
    expect([words(3_600_000), words(86_400_000), words(2 * 86_400_000), words(90_000), words(1)]).toEqual([
      '1 hour',
      '1 day',
      '2 days',
      '2 minutes',
      '1 minute',
    ]);
  });
});

describe('a scenario that is opened', () => {
  const story = (steps: string) => {
    const { scenario, issues } = readScenario(
      'story.scenario.yaml',
      `language: 2\nscenario: 银行说不\nproject: szmg\nnow: "2026-03-02T09:00:00+08:00"\nsteps:\n${steps}`,
    );
    if (!scenario) throw new Error(issues.map((issue) => issue.message).join());
    return scenario;
  };
  const open = (steps: string) => {
    const play = lab('szmg');
    const definition = known.get('szmg');
    if (!definition) throw new Error('no project');
    play.actor.send({ type: 'replay', ...replayed(definition, calendar, story(steps)) });
    return { ...play, context: () => play.actor.getSnapshot().context };
  };

  it('is played step by step, can be gone on with, and saved again it has the same end', () => {
    const { session, moment, actor, context, press, answer, wait } = open(
      '  - world: { bank.microDeposit: [FAILED, OK] }\n  - through: main.work.organization.failed\n  - refused: CODE\n  - expect: { at: main.work.organization.failed }\n',
    );
    expect(context().failure).toBe(null);
    expect(context().story).toBe('银行说不');
    expect(session().state.active).toContain('main.work.organization.failed.recent');
    expect(new Date(session().now).toISOString().slice(0, 10)).toBe('2026-03-02');
    // The world has an answer ready for the next transfer: in the lab the tester gives it.
    press('EDIT_FINANCE');
    wait(MINUTE);
    expect(session().calls.map((call) => call.operation)).toEqual(['microDeposit']);
    answer('FAILED');
    expect(session().state.active).toContain('main.work.organization.failed.recent');
    const text = scenarioText('再存', 'szmg', moment().steps, session(), context().start);
    const again = open(text.slice(text.indexOf('steps:\n') + 'steps:\n'.length));
    expect(again.context().failure).toBe(null);
    expect(again.session().state).toEqual(session().state);

    // Back over the answer, the minute, the button, and the way that the scenario walked.
    for (const _ of ['answer', 'wait', 'press', 'through']) actor.send({ type: 'undo' });
    expect(session().state.active).toContain('main.work.draft.guide');
  });

  it('stands where it went otherwise than written, and says what was expected', () => {
    const { session, context } = open('  - do: NEXT\n  - expect: { at: main.work.review.queue }\n  - do: NEXT\n');
    expect(session().state.active).toContain('main.work.draft.select');
    expect(context().failure).toMatchObject({ step: 1, expected: expect.stringContaining('main.work.review.queue') });
  });
});

describe('the trail', () => {
  it('joins what followed in one region, and nothing across regions', () => {
    const { session, press } = lab('szmg');
    press('NEXT');
    const { visited, taken } = trailOf(session().journal);
    expect(visited.has('main.work.draft.select')).toBe(true);
    expect(taken).toContainEqual(['main.work.draft.guide', 'main.work.draft.select']);
    expect(taken.every(([from, to]) => from.split('.')[0] === to.split('.')[0])).toBe(true);
  });
});
