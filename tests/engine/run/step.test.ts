import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Command } from '../../../engine/model/command.ts';
import { available, start, step } from '../../../engine/run/index.ts';
import { scopeOf } from '../../../engine/run/scope.ts';
import { worldOf } from '../../../engine/run/world.ts';
import { runs } from '../../support/runs.ts';
import { applicant, Case, calendar, clerk, day, hour, item, loan, monday, other, person } from './support.ts';

const definition = loan();
const carded = loan(['number: "000"', 'number: "000"\nsettings: { needsCard: true }']);

describe.each([
  ['live', false],
  ['through JSON text', true],
])('[RUN-22] %s', (_name, restore) => {
  const begin = (given = definition) => new Case(given, restore);
  const known = (given = definition) => begin(given).fill().answer('main.work.check', 'FOUND');
  const reviewed = () => known().do('APPROVE', clerk).do('APPROVE', other);

  test('[RUN-1] start: revision 1, the first states, their timers', () => {
    const { state } = begin();
    expect(state).toMatchObject({ revision: 1, active: ['main.work.fill', 'money.none'], over: false, owner: 'ann' });
    expect(Object.values(state.timers).map((timer) => (timer.due - monday) / day)).toEqual([30, 10, 20]);
    expect(state.release).toBe(definition.hash);
  });

  test('the whole way', () => {
    const play = reviewed();
    expect(play.state).toMatchObject({
      active: ['main.work.finish', 'money.none'],
      people: { first: 'carl', second: 'cleo' },
    });
    play.due('after:7 days');
    expect(play.state).toMatchObject({ active: ['main.done', 'money.none'], over: true, revision: 6 });
    expect(play.incidents).toEqual([]);
  });

  test('[RUN-5] [RUN-9] forms are validated together, committed cleaned, computed and without hidden fields', () => {
    const play = begin();
    const bad = { person: { name: '张三' }, item: { kind: 'phone', days: 3 } };
    const blockers = play.send({ kind: 'event', event: 'NEXT', actor: applicant, forms: bad });
    expect(blockers[0]?.fields?.map((each) => each.path)).toEqual(['person.number', 'item.kind']);
    expect(play.state.forms).toEqual({});
    play.do('NEXT', applicant, {
      forms: { person: { ...person, name: ' 张三 ' }, item: { ...item, lens: '50 mm', hours: 1, foreign: true } },
    });
    expect(play.state.forms).toEqual({ person, item: { ...item, hours: 72 } });
    expect(play.entry).toMatchObject({ what: 'event:NEXT', by: 'ann', part: 'applicant', title: '填写借用信息' });
    expect(play.entry?.changed).toContain('item.hours');
  });

  test('[RUN-8] an event of an outer state leaves the working copy aside', () => {
    const play = begin().do('LEAVE', applicant, { forms: { person, item } });
    expect(play.state.forms).toEqual({});
    expect(play.main).toBe('main.closed');
  });

  test('[RUN-8] saves: draft keeps the working copy unchecked and uncommitted', () => {
    const play = begin()
      .fill()
      .answer('main.work.check', 'UNAVAILABLE')
      .do('BACK', applicant, { forms: { person: {} } });
    expect(play.main).toBe('main.work.fill');
    expect(play.state.forms.person).toEqual(person);
  });

  test('[RUN-4] unknown, impossible and reserved events are refused with what is possible', () => {
    const play = begin();
    expect(play.refused('NOTHING', applicant)).toEqual(['event-unknown']);
    expect(play.refused('xstate.after.after:settings.fillTtl.case.main.work.fill', applicant)).toEqual([
      'event-unknown',
    ]);
    expect(play.refused('call.main.work.check.FOUND', applicant)).toEqual(['event-unknown']);
    expect(play.refused('__proto__', applicant)).toEqual(['event-unknown']);
    expect(play.refused('PAID', applicant)).toEqual(['event-from-outside']);
    expect(play.refused('APPROVE', clerk)).toEqual(['event-not-here']);
    const blockers = play.send({ kind: 'event', event: 'RESUBMIT', actor: applicant });
    expect(blockers[0]?.message).toBe('现在不能“重新提交”，这一步已经过去或还没到。现在可以：下一步、撤销');
    expect(play.send({ kind: 'outside', event: 'NEXT', data: {} })[0]?.code).toBe('event-unknown');
  });

  test('[RUN-6] role, only another person, nobody twice', () => {
    const play = known();
    expect(play.refused('APPROVE', applicant)).toEqual(['role-missing']);
    play.do('APPROVE', clerk);
    expect(play.refused('APPROVE', clerk)).toEqual(['not-person']);
    expect(play.refused('HOLD', clerk)).toEqual(['not-person']);
    play.do('APPROVE', other);
    expect(play.main).toBe('main.work.finish');
  });

  test('[RUN-6] a task by a link: only by the link; who came by it does nothing else', () => {
    const play = known(carded);
    expect(play.main).toBe('main.work.card.qr');
    const phone = { id: 'link', roles: ['applicant'], via: 'link' };
    expect(play.refused('LEAVE', phone)).toEqual(['link-only']);
    play.hear('OPENED', { link: 'expired' });
    expect(play.main).toBe('main.work.card.qr');
    play.hear('OPENED', { link: 'right' });
    expect(play.main).toBe('main.work.card.phone');
    expect(play.refused('SEND_CARD', applicant, { forms: { card: { no: '1' } } })).toEqual(['by-link']);
    expect(play.refused('CANCEL_CARD', phone)).toEqual(['link-only']);
    play.do('SEND_CARD', phone, { forms: { card: { no: '1' } } });
    expect(play.main).toBe('main.work.review.first');
    expect(known(carded).hear('OPENED', { link: 'right' }).do('CANCEL_CARD', applicant).main).toBe('main.work.card.qr');
  });

  test('[RUN-10] a correction changes what is flagged, and what follows from it', () => {
    const flags = (...fields: string[]) => ({ flags: fields.map((field) => ({ field, reason: '不清楚' })) });
    const fixing = (...fields: string[]) => known().do('REJECT', clerk, { data: flags(...fields) });
    const play = fixing('item.kind');
    expect(play.refused('RESUBMIT', applicant, { forms: { person: { ...person, name: '李四' } } })).toEqual([
      'field-closed',
    ]);
    const closed = play.send({
      kind: 'event',
      event: 'RESUBMIT',
      actor: applicant,
      forms: { item: { ...item, days: 9 } },
    });
    expect(closed[0]?.message).toBe('设备的天数 没有被退回，不能修改');
    // camera asks for a lens, which was not asked for before
    const missing = play.send({
      kind: 'event',
      event: 'RESUBMIT',
      actor: applicant,
      forms: { item: { kind: 'camera', days: 3 } },
    });
    expect(missing[0]?.fields?.map((each) => each.path)).toEqual(['item.lens']);
    play.do('RESUBMIT', applicant, { forms: { item: { kind: 'camera', days: 3, lens: '50' } } });
    expect(play.main).toBe('main.work.review.first');
    expect(
      fixing('item.days').do('RESUBMIT', applicant, { forms: { item: { ...item, days: 2 } } }).state.forms.item,
    ).toEqual({
      kind: 'laptop',
      days: 2,
      hours: 48,
    });
    expect(fixing('person').do('RESUBMIT', applicant).main).toBe('main.work.review.first');
  });

  test('[RUN-11] changed data voids what was proven about it; changing back proves nothing', () => {
    const play = known().do('REJECT', clerk, { data: { flags: [{ field: 'person.name', reason: '错字' }] } });
    expect(play.state.facts.known).toBeDefined();
    play.do('RESUBMIT', applicant, { forms: { person: { ...person, name: '张三丰' } } });
    expect(play.entry?.voided).toEqual(['known']);
    expect(play.main).toBe('main.work.check');
    play.answer('main.work.check', 'MISMATCH', { what: '姓名' }).do('NEXT', applicant, { forms: { person } });
    expect(play.state.facts.known).toBeUndefined();
    expect(play.state.records.mismatches?.map((entry) => entry.data)).toEqual([{ what: '姓名' }]);
  });

  test('[RUN-12] [RUN-21] words: secrets are asked for, inputs refer to them, records keep data, person and time', () => {
    const play = begin().fill();
    const validUntil = monday + 2 * day;
    expect(play.effects).toEqual([
      { kind: 'makeSecret', key: 'c-1:2:0', secret: 'pin', generation: 1, shape: { digits: 6 }, validUntil },
      {
        kind: 'call',
        key: 'c-1:2:1',
        call: 'main.work.check',
        generation: 1,
        connector: 'registry',
        operation: 'check',
        input: { number: 'A-1', note: '', attempt: 1, pin: { $secret: 'pin', generation: 1 } },
      },
    ]);
    expect(play.state.secrets).toEqual({ pin: { generation: 1, validUntil } });
    expect(JSON.stringify(play.state)).not.toMatch(/\b\d{6}\b/);
    play
      .answer('main.work.check', 'FOUND')
      .do('REJECT', clerk, { data: { flags: [{ field: 'item', reason: '无货' }] } });
    expect(play.state.records.opinions).toEqual([
      { at: monday, by: 'carl', data: { flags: [{ field: 'item', reason: '无货' }] } },
    ]);
    expect(play.entry).toMatchObject({ recorded: ['opinions'], part: 'clerk' });
  });

  test('[RUN-24] a step says which branches it took, a refusal which branch refused', () => {
    const play = begin();
    const taken = (command: Parameters<typeof play.send>[0]) => {
      const result = step(play.definition, play.state, command, play.env);
      return result.kind === 'refused' ? result.branch : result.taken;
    };
    const next = { kind: 'event', event: 'NEXT', actor: applicant, forms: { person, item } } as const;
    expect(taken(next)).toEqual(['main.work.fill.on.NEXT', 'main.work.obligations.known']);
    play.fill();
    const found = { kind: 'outcome', call: 'main.work.check', generation: 1, outcome: 'FOUND' } as const;
    expect(taken(found)).toEqual(['main.work.check.on.FOUND', 'main.work.obligations.agreed']);
    const soon = {
      kind: 'timer',
      timer: 'main.work.check|remind:1 hour',
      generation: play.state.timers['main.work.check|remind:1 hour']?.generation ?? 0,
    } as const;
    play.now += hour;
    expect(taken(soon)).toEqual(['main.work.check.remind.1 hour']);
    const paid = known().hear('PAID', { id: 'p', amount: 50_000 });
    const leave = step(paid.definition, paid.state, { kind: 'event', event: 'LEAVE', actor: applicant }, paid.env);
    expect(leave).toMatchObject({ kind: 'refused', branch: 'main.work.on.LEAVE.2' });
  });

  test('[RUN-13] a condition sees the world before its words, a when after them; counters per day start anew', () => {
    const play = begin().fill().answer('main.work.check', 'UNAVAILABLE');
    play.do('CODE', applicant, { data: { code: 'wrong' } });
    expect(play.main).toBe('main.work.pinned');
    expect(play.effects).toMatchObject([{ kind: 'notice', by: 'page', text: '不正确，还可以输入 1 次', to: null }]);
    play.do('CODE', applicant, { data: { code: 'wrong' } });
    expect(play.main).toBe('main.work.locked');
    play.due('after:1 hour');
    expect(play.main).toBe('main.work.locked');
    play.now += day;
    play.due('after:1 hour');
    expect(play.main).toBe('main.work.pinned');
    expect(play.refused('CODE', applicant, { data: { code: '123456' } })).toEqual(['form-invalid']);
    play.do('CODE', applicant, { data: { code: 'right' } });
    expect(play.main).toBe('main.work.review.first');
  });

  test('a counter starts again where it is reset', () => {
    const play = begin().fill();
    expect(play.state.counters.checks).toEqual({ count: 1 });
    play.answer('main.work.check', 'MISMATCH', { what: 'x' });
    expect(play.state.counters.checks).toBeUndefined();
  });

  test('[RUN-14] timers: working days, generations, reminders that move nothing', () => {
    const play = begin();
    play.now = monday + 4 * day; // Friday 09:00
    play.fill();
    const id = 'main.work.check|after:2 working days';
    expect(play.state.timers[id]).toEqual({
      due: monday + 8 * day,
      generation: 2,
      kind: 'after',
      state: 'main.work.check',
    });
    expect(play.send({ kind: 'timer', timer: id, generation: 2 })[0]?.code).toBe('timer-early');
    expect(play.send({ kind: 'timer', timer: id, generation: 1 })[0]?.code).toBe('timer-stale');
    expect(play.send({ kind: 'timer', timer: 'toString', generation: 1 })[0]?.code).toBe('timer-stale');
    const before = play.state;
    play.due('remind:1 hour');
    expect(play.state.timers).toEqual({ [id]: before.timers[id] });
    expect(play.effects).toMatchObject([{ kind: 'notice', to: 'role.clerk', text: '核对中超时，之后是核对中' }]);
    expect(play.state.calls).toEqual(before.calls);
    play.due('after:2 working days');
    expect(play.main).toBe('main.work.pinned');
    expect(play.entry?.title).toBe('“核对中”已到期限（2 个工作日）');
  });

  test('[RUN-14] a notice without a recipient for it is not sent; a deadline is written with its weekday', () => {
    expect(begin().due('remind:10 days').effects).toEqual([]);
    const play = begin().fill().answer('main.work.check', 'UNAVAILABLE').do('BACK', applicant);
    play.do('NEXT', applicant, { forms: { person: { ...person, mobile: '13900000001' } } });
    play.answer('main.work.check', 'UNAVAILABLE').do('BACK', applicant);
    expect(play.due('remind:10 days').effects).toMatchObject([
      { kind: 'notice', by: 'sms', to: '13900000001', text: '您的申请将于2 月 4 日（周三）09:00失效' },
    ]);
  });

  test('[RUN-29] an answer that is not what was asked is refused, and the call waits for another one', () => {
    const same =
      '{ title: 一致, same: [number], data: { type: object, required: [number], properties: { number: { type: string, title: 编号, maxLength: 20 } } } }';
    const play = begin(loan(['FOUND: { title: 一致 }', `FOUND: ${same}`])).fill();
    const answer = { kind: 'outcome', call: 'main.work.check', generation: 1, outcome: 'FOUND' } as const;
    expect(play.state.calls['main.work.check']?.asked).toEqual({ number: person.number });
    for (const data of [{ number: 'B-2' }, undefined])
      expect(play.send({ ...answer, ...(data === undefined ? {} : { data }) })[0]).toMatchObject({
        code: 'outcome-other',
        params: { field: 'number' },
      });
    expect(play.state.calls['main.work.check']?.status).toBe('waiting');
    play.answer('main.work.check', 'FOUND', { number: person.number });
    expect(play.state.facts.known).toBeDefined();
    expect(play.state.calls['main.work.check']).not.toHaveProperty('asked');
  });

  test('[RUN-31] of what must not be done twice the same is asked for as long as nobody knows of it', () => {
    const same =
      '{ title: 一致, same: [number], data: { type: object, required: [number], properties: { number: { type: string, title: 编号, maxLength: 20 } } } }';
    const changes = [
      ['FOUND: { title: 一致 }', `FOUND: ${same}`],
      ['retry: [1 second]', 'retry: [1 second]\n    once: true'],
    ] as const;
    const other = { ...person, number: 'B-2' };
    const numbers = (play: Case) => play.effects.flatMap((each) => (each.kind === 'call' ? each.input.number : []));
    const unknown = begin(loan(...changes))
      .fill()
      .answer('main.work.check', 'UNAVAILABLE')
      .do('BACK', applicant);
    expect(unknown.state.calls['main.work.check']).toMatchObject({ status: 'over', unknown: true });
    unknown.do('NEXT', applicant, { forms: { person: other } });
    expect(numbers(unknown)).toEqual([person.number]);
    unknown.answer('main.work.check', 'MISMATCH', { what: '姓名' });
    expect(unknown.state.calls['main.work.check']).not.toHaveProperty('unknown');
    unknown.do('NEXT', applicant, { forms: { person: other } });
    expect(numbers(unknown)).toEqual([other.number]);
    // Without the word, what is asked for is what is there now.
    const plain = begin(loan(changes[0])).fill().answer('main.work.check', 'UNAVAILABLE').do('BACK', applicant);
    plain.do('NEXT', applicant, { forms: { person: other } });
    expect(numbers(plain)).toEqual([other.number]);
  });

  test('[RUN-15] calls: once, by generation; late where the chart says so; else stale', () => {
    const play = begin().fill();
    expect(play.send({ kind: 'outcome', call: 'main.work.check', generation: 1, outcome: 'NOPE' })[0]?.code).toBe(
      'outcome-unknown',
    );
    expect(play.send({ kind: 'outcome', call: 'main.work.fill', generation: 1, outcome: 'FOUND' })[0]?.code).toBe(
      'outcome-unknown',
    );
    play.due('after:2 working days');
    expect(play.effects).toEqual([{ kind: 'leave', key: 'c-1:3:0', call: 'main.work.check', generation: 1 }]);
    expect(play.state.calls['main.work.check']?.status).toBe('left');
    const again = begin().fill().due('after:2 working days').do('AGAIN', applicant);
    expect(again.state.calls['main.work.check']).toMatchObject({ generation: 2, status: 'waiting' });
    again.answer('main.work.check', 'FOUND', undefined, 1);
    expect(again.entry?.what).toBe('stale:main.work.check:FOUND');
    expect(again.main).toBe('main.work.check');
    play.answer('main.work.check', 'FOUND');
    expect(play.entry?.what).toBe('late:main.work.check:FOUND');
    expect(play.main).toBe('main.work.review.first');
    play.answer('main.work.check', 'FOUND');
    expect(play.entry).toMatchObject({ what: 'stale:main.work.check:FOUND', entered: [] });
  });

  test('[RUN-16] held and back: remaining times, no enter words, the outcome that came meanwhile', () => {
    const play = begin().fill();
    play.now += hour / 2;
    play.do('HOLD', clerk);
    expect(play.main).toBe('main.held');
    expect(play.effects).toMatchObject([{ kind: 'notice', text: '00026010509000001 已暂停，张三，电脑' }]);
    expect(play.state.timers).toEqual({});
    expect(Object.values(play.state.parked['main.work']?.timers ?? {}).map((timer) => timer.remaining)).toEqual([
      2 * day - hour / 2,
      hour / 2,
    ]);
    play.now += 10 * day;
    play.do('UNHOLD', clerk);
    expect(play.main).toBe('main.work.check');
    expect(play.effects).toEqual([]);
    expect(play.state).toMatchObject({
      parked: {},
      counters: { checks: { count: 1 } },
      secrets: { pin: { generation: 1 } },
    });
    expect(play.state.timers['main.work.check|remind:1 hour']?.due).toBe(play.now + hour / 2);
    expect(play.state.calls['main.work.check']).toMatchObject({ generation: 1, status: 'waiting' });

    play.do('HOLD', clerk).answer('main.work.check', 'FOUND');
    expect(play.main).toBe('main.held');
    expect(play.entry?.what).toBe('parked:main.work.check:FOUND');
    play.do('UNHOLD', clerk);
    expect(play.main).toBe('main.work.review.first');
    expect(play.entry?.proved).toEqual(['known']);
  });

  test('[RUN-16] a working deadline that is parked over a weekend keeps its working time', () => {
    const play = begin().fill();
    play.now = monday + 15 * hour; // the rest of Monday and all of Tuesday are to go: 9 + 24 hours of 48 - 15
    play.do('HOLD', clerk);
    play.now = monday + 5 * day; // Saturday
    play.do('UNHOLD', clerk);
    // 33 working hours from Monday 00:00: Tuesday 09:00
    expect(play.state.timers['main.work.check|after:2 working days']?.due).toBe(monday + 8 * day);
  });

  test('[RUN-16] entering in another way drops what was parked', () => {
    const play = begin().fill().do('HOLD', clerk).do('STOP', clerk);
    expect(play.state).toMatchObject({ over: true, parked: {}, timers: {} });
    expect(play.effects).toMatchObject([{ kind: 'leave', call: 'main.work.check', generation: 1 }]);
  });

  test('[RUN-17] [RUN-19] a case that is over gives its reservation back and still hears money', () => {
    const play = begin().fill();
    expect(play.state.reservations).toEqual({ oneLoan: 'A-1' });
    play.do('LEAVE', applicant);
    expect(play.state).toMatchObject({ over: true, reservations: {} });
    expect(play.refused('NEXT', applicant)).toEqual(['case-over']);
    play.hear('PAID', { id: '1', amount: 50_000 });
    expect(play.state).toMatchObject({ over: false, active: ['main.closed', 'money.owed'] });
    play.do('PAY_BACK', { id: 'dora', roles: ['desk'] });
    expect(play.state).toMatchObject({ over: true, facts: {} });
  });

  test('a sentence that refuses is filled in, and nothing of the step remains', () => {
    const play = known().hear('PAID', { id: '1', amount: 50_000 });
    const blockers = play.send({ kind: 'event', event: 'LEAVE', actor: applicant });
    expect(blockers[0]).toMatchObject({ code: 'refused-here', message: '已交押金 50000 分，请先退押金' });
  });

  test('[RUN-20] what nobody hears is journalled, and an incident where it must be heard', () => {
    const play = begin().hear('PAID', { id: '1', amount: 1 });
    expect(play.entry).toMatchObject({ what: 'unheard:PAID', entered: [], by: 'bank.paid', part: 'bank' });
    expect(play.incidents).toEqual(['unheard:PAID']);
    expect(begin().hear('FOUND_LATE').incidents).toEqual([]);
  });

  test('[RUN-18] a law that breaks is an incident, not a refusal', () => {
    const lawless = loan(['must: facts.known && facts.agreed', 'must: facts.paid']);
    const play = new Case(lawless, restore)
      .fill()
      .answer('main.work.check', 'FOUND')
      .do('APPROVE', clerk)
      .do('APPROVE', other);
    expect(play.main).toBe('main.work.finish');
    expect(play.incidents).toEqual(['law:approved']);
  });

  test('[CMP-6] a follower moves with its leader only', () => {
    const desk = { id: 'dora', roles: ['desk'] };
    const play = reviewed();
    expect(play.refused('PAY_BACK', desk)).toEqual(['event-not-here']);
    play.hear('PAID', { id: '1', amount: 50_000 }).do('PAY_BACK', desk);
    expect(play.state.active).toEqual(['main.done', 'money.none']);
  });
});

test('[EXP-2] everything that is declared is there, empty when nothing has happened yet', () => {
  const play = new Case(definition, false);
  const { values } = scopeOf(definition, worldOf(play.state, {}, { event: {}, actor: null }, play.env));
  expect(values).toMatchObject({
    person: {},
    facts: { known: false, agreed: false, paid: false },
    counters: { checks: 0, daily: 0 },
    records: { opinions: [], payments: [] },
    last: { opinions: {} },
    people: {},
    tables: {},
    case: { number: '00026010509000001', project: 'demo', created: monday },
    settings: { tries: 2 },
    now: monday,
    today: '2026-01-05',
  });
  play.fill();
  const after = scopeOf(definition, worldOf(play.state, {}, { event: {}, actor: null }, play.env)).values;
  expect(after.tables).toEqual({ deposit: 50_000 });
});

test('[RUN-2] the same arguments give the same result', () => {
  const env = { now: monday, calendar };
  const identity = { id: 'c', number: '00026010509000001', owner: 'ann' };
  const one = start(definition, identity, env);
  expect(start(definition, identity, env)).toEqual(one);
  if (one.kind === 'refused') throw new Error('refused');
  const command: Command = { kind: 'event', event: 'NEXT', actor: applicant, forms: { person, item } };
  expect(step(definition, one.next, command, env)).toEqual(step(definition, one.next, command, env));
});

test('[RUN-3] a chart that goes in circles refuses the step', () => {
  const circling = loan(
    [
      '          locked: { label: 已锁定, after: { 1 hour: pinned } }',
      '          locked: { when: { if: counters.daily < 99, to: locked2 } }\n          locked2: { when: { if: counters.daily < 98, to: locked } }',
    ],
    [
      'finish: { label: 待取走, look: ok, after: { 7 days: done }',
      'finish: { label: 待取走, look: ok, after: { 7 days: done, 9 days: locked }',
    ],
  );
  const play = new Case(circling, false)
    .fill()
    .answer('main.work.check', 'UNAVAILABLE')
    .do('CODE', applicant, { data: { code: 'wrong' } });
  expect(play.refused('CODE', applicant, { data: { code: 'wrong' } })).toEqual(['definition-broken']);
});

test('[RUN-7] offers say why not, with the actual values', () => {
  const play = new Case(definition, false);
  const offers = (actor = applicant) => available(definition, play.state, actor, play.env);
  const named = (event: string, actor = applicant) => offers(actor).find((each) => each.event === event);
  expect(offers().map((each) => each.event)).toEqual(['NEXT', 'LEAVE']);
  expect(offers(clerk).map((each) => each.event)).toEqual(['HOLD']);
  play.fill().answer('main.work.check', 'UNAVAILABLE').do('AGAIN', applicant).answer('main.work.check', 'UNAVAILABLE');
  expect(named('AGAIN')?.blockers).toEqual([]);
  play.do('AGAIN', applicant).answer('main.work.check', 'UNAVAILABLE');
  expect(named('AGAIN')?.blockers[0]?.message).toBe('核对次数已用完');
  expect(named('CODE')).toMatchObject({ form: 'code', blockers: [], saves: 'complete' });
  play.do('CODE', applicant, { data: { code: 'right' } }).do('APPROVE', clerk);
  expect(named('APPROVE', clerk)?.blockers[0]?.message).toBe('您已作为初审人处理过，“同意”要由另一个人来做');
  expect(named('APPROVE', other)?.blockers).toEqual([]);
});

test('[RUN-2] [RUN-7] whatever is sent: refused or accepted, never thrown, and offers tell which', () => {
  const events = [...Object.keys(definition.declared.events), 'xstate.init', 'call.main.work.check.FOUND', ''];
  const actors = [applicant, clerk, other, { id: 'dora', roles: ['desk'] }, { id: 'x', roles: [], via: 'link' }];
  const json = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<never>;
  const forms = fc.oneof(
    fc.constant({ person, item }),
    fc.constant(undefined),
    fc.dictionary(
      fc.constantFrom('person', 'item', 'card', '__proto__', 'zz'),
      fc.oneof(fc.constant({ name: '王五' }), fc.dictionary(fc.string(), json)),
    ),
  );
  const data = fc.oneof(
    fc.constant({ code: 'right' }),
    fc.constant({ code: 'wrong' }),
    fc.constant({ flags: [{ field: 'person', reason: 'x' }] }),
    fc.dictionary(fc.string(), json),
  );
  const command = fc.oneof(
    fc.record({
      kind: fc.constant('event' as const),
      event: fc.constantFrom(...events),
      actor: fc.constantFrom(...actors),
      forms,
      data,
    }),
    fc.record({
      kind: fc.constant('outside' as const),
      event: fc.constantFrom(...events),
      data: fc.oneof(fc.constant({ id: '1', amount: 50_000 }), fc.constant({ link: 'right' }), data),
    }),
    fc.record({
      kind: fc.constant('outcome' as const),
      call: fc.constantFrom('main.work.check', 'main.work', 'x'),
      generation: fc.integer({ min: 0, max: 3 }),
      outcome: fc.constantFrom('FOUND', 'MISMATCH', 'UNAVAILABLE', 'X'),
      data,
    }),
    fc.record({
      kind: fc.constant('timer' as const),
      timer: fc.constantFrom(
        'main.work.fill|after:settings.fillTtl',
        'main.work.check|after:2 working days',
        'x',
        '__proto__',
      ),
      generation: fc.integer({ min: 1, max: 4 }),
    }),
  ) as fc.Arbitrary<unknown> as fc.Arbitrary<Command>;
  fc.assert(
    fc.property(fc.array(fc.tuple(command, fc.integer({ min: 0, max: 40 * day })), { maxLength: 25 }), (sent) => {
      const play = new Case(definition, true);
      for (const [each, later] of sent) {
        play.now += later;
        const revision = play.state.revision;
        const offer =
          each.kind === 'event'
            ? available(definition, play.state, each.actor, play.env).find((one) => one.event === each.event)
            : undefined;
        const blockers = play.send(each);
        expect(play.state.revision).toBe(blockers.length === 0 ? revision + 1 : revision);
        for (const blocker of blockers) expect(blocker.code).not.toBe('definition-broken');
        if (each.kind === 'event' && blockers.length === 0) expect(offer?.blockers).toEqual([]);
        if (offer !== undefined && offer.blockers.length > 0) expect(blockers.length).toBeGreaterThan(0);
        const waiting = Object.values(play.state.calls).filter((call) => call.status === 'waiting').length;
        expect(waiting).toBeLessThanOrEqual(1);
        for (const timer of Object.values(play.state.timers)) {
          expect(play.state.active.some((leaf) => leaf === timer.state || leaf.startsWith(`${timer.state}.`))).toBe(
            true,
          );
        }
      }
    }),
    runs(50),
  );
});
