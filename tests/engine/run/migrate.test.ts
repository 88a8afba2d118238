import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Definition } from '../../../engine/model/definition.ts';
import type { MigrationPlan } from '../../../engine/model/migration.ts';
import { migrate } from '../../../engine/run/index.ts';
import { runs } from '../../support/runs.ts';
import { applicant, Case, clerk, day, hour, loan, monday, other } from './support.ts';

const from = loan();
const retitled = ['title: 借用设备', 'title: 借用设备二'] as const;

/** The case under the new release, in the hands of the same test. */
function go(old: Case, to: Definition, plan: MigrationPlan = {}): Case {
  const result = migrate(old.definition, to, old.state, { plan, by: 'olga' }, old.env);
  if (result.kind === 'refused') throw new Error(result.blockers.map(({ message }) => message).join());
  const next = new Case(to, true);
  next.state = JSON.parse(JSON.stringify(result.next));
  next.effects = result.effects;
  next.entry = result.entry;
  next.now = old.now;
  return next;
}

function codes(old: Case, to: Definition, plan: MigrationPlan = {}): string[] {
  const before = JSON.stringify(old.state);
  const result = migrate(old.definition, to, old.state, { plan, by: 'olga' }, old.env);
  expect(JSON.stringify(old.state)).toBe(before);
  return result.kind === 'refused' ? result.blockers.map(({ code }) => code) : [];
}

const reviewed = () => new Case(from, true).fill().answer('main.work.check', 'FOUND', {});

describe('[MIG-1] a case goes on under another release', () => {
  test('where nothing is called otherwise no plan is needed, and it goes on to its end', () => {
    const to = loan(retitled);
    const old = reviewed();
    const now = go(old, to);
    const { release, revision, updatedAt: _at, ...rest } = now.state;
    const { release: _r, revision: before, updatedAt: _u, ...same } = old.state;
    expect([release, revision]).toEqual([to.hash, before + 1]);
    expect(rest).toEqual(same);
    expect(now.effects).toEqual([]);
    expect(now.entry).toMatchObject({
      what: `migrate:${to.hash}`,
      by: 'olga',
      part: 'migration',
      left: [],
      entered: [],
    });
    now.do('APPROVE', clerk).do('APPROVE', other).due('7 days');
    expect(now.main).toBe('main.done');
  });

  test('a state that is gone is a blocker with its title until the plan names another', () => {
    const to = loan(
      retitled,
      [
        `              second:
                task: { by: clerk, title: 复审,`,
        `              again:
                task: { by: clerk, title: 复审,`,
      ],
      ['to: second }', 'to: again }'],
    );
    const old = reviewed().do('APPROVE', clerk);
    expect(codes(old, to)).toEqual(['migration-state']);
    expect(codes(old, to, { states: { 'main.work.review.second': 'main.work.review.third' } })).toEqual([
      'migration-plan',
    ]);
    expect(codes(old, to, { states: { 'main.wrok': 'main.work' } })).toEqual(['migration-plan']);
    const now = go(old, to, { states: { 'main.work.review.second': 'main.work.review.again' } });
    expect(now.main).toBe('main.work.review.again');
    expect(now.entry).toMatchObject({ left: ['main.work.review.second'], entered: ['main.work.review.again'] });
    now.do('APPROVE', other);
    expect(now.main).toBe('main.work.finish');
  });

  test('a case of another process, of no older release or of this very one stays where it is', () => {
    const old = reviewed();
    expect(codes(old, from)).toEqual(['migration-same']);
    const odd = { ...old.state, project: 'elsewhere' };
    const result = migrate(from, loan(retitled), odd, { plan: {}, by: 'olga' }, old.env);
    expect(result).toMatchObject({ kind: 'refused', blockers: [{ code: 'migration-other' }] });
  });

  test('a condition that waits is looked at under the new release', () => {
    const to = loan(['"title":"可以输错几次","default":2', '"title":"可以输错几次","default":1']);
    const old = new Case(from, true).fill().answer('main.work.check', 'UNAVAILABLE');
    old.do('CODE', applicant, { data: { code: 'wrong' } });
    expect(old.main).toBe('main.work.pinned');
    expect(go(old, to).main).toBe('main.work.locked');
  });

  test('a setting that the new release switches off leaves a case in what it removed, with a blocker that says so', () => {
    const on = loan(['"title":"需要扫证件","default":false', '"title":"需要扫证件","default":true']);
    const old = new Case(on, true).fill().answer('main.work.check', 'FOUND', {});
    expect(old.main).toBe('main.work.card.qr');
    expect(codes(old, from)).toEqual(['migration-state']);
    const now = go(old, from, { states: { 'main.work.card': 'main.work.review' } });
    expect(now.main).toBe('main.work.review.first');
    now.do('APPROVE', clerk).do('APPROVE', other);
    expect(now.main).toBe('main.work.finish');
  });
});

test('[MIG-2] what is committed has to do for the new release, unless somebody fills it in just now', () => {
  const to = loan(retitled);
  const strict: Definition = {
    ...to,
    forms: {
      ...to.forms,
      person: { ...to.forms.person!, required: [...((to.forms.person!.required as string[]) ?? []), 'note'] } as never,
    },
  };
  const old = reviewed();
  const result = migrate(from, strict, old.state, { plan: {}, by: 'olga' }, old.env);
  expect(result).toMatchObject({
    kind: 'refused',
    blockers: [{ code: 'migration-data', fields: [{ path: 'person.note', keyword: 'required' }] }],
  });
  expect(codes(new Case(from, true), strict)).toEqual([]);
});

describe('[MIG-3] deadlines', () => {
  test('one that the new release has keeps its time, a longer setting included; one that it has not is dropped', () => {
    const to = loan(
      ['"title":"填写期限","default":"30 days"', '"title":"填写期限","default":"60 days"'],
      ['10 days: soon, 20 days: soon', '10 days: soon, 25 days: soon'],
    );
    const old = new Case(from, true);
    old.now += 2 * day;
    const { timers } = go(old, to).state;
    const due = Object.fromEntries(Object.entries(timers).map(([id, timer]) => [id.split('|')[1], timer.due - monday]));
    expect(due).toEqual({
      'after:settings.fillTtl': 30 * day,
      'remind:10 days': 10 * day,
      'remind:25 days': 27 * day,
    });
  });

  test('by plan one goes on as another, or is dropped', () => {
    const to = loan(['after: { 30 minutes: first }', 'after: { 45 minutes: first }']);
    const old = reviewed().do('APPROVE', clerk);
    const timer = 'main.work.review.second|after:30 minutes';
    old.now += 10 * 60_000;
    const due = (plan: MigrationPlan) =>
      Object.entries(go(old, to, plan).state.timers).map(([id, one]) => [id, one.due - old.now]);
    expect(due({})).toEqual([['main.work.review.second|after:45 minutes', 45 * 60_000]]);
    expect(due({ timers: { [timer]: 'main.work.review.second|after:45 minutes' } })).toEqual([
      ['main.work.review.second|after:45 minutes', 20 * 60_000],
    ]);
    expect(codes(old, to, { timers: { [timer]: 'main.work.review.second|after:46 minutes' } })).toEqual([
      'migration-plan',
    ]);
  });

  test('parked ones are carried too, and the way back', () => {
    const to = loan(retitled, ['              second:\n', '              again:\n'], ['to: second }', 'to: again }']);
    const old = reviewed().do('APPROVE', clerk);
    old.now += 10 * 60_000;
    old.do('HOLD', other);
    expect(codes(old, to)).toEqual(['migration-state']);
    const now = go(old, to, { states: { 'main.work.review.second': 'main.work.review.again' } });
    now.now += day;
    now.do('UNHOLD', other);
    expect(now.main).toBe('main.work.review.again');
    expect(Object.values(now.state.timers).map(({ due }) => due - now.now)).toEqual([20 * 60_000]);
  });
});

test('[MIG-4] a call whose answer is still to come has to be there under its address', () => {
  const to = loan(retitled);
  const old = new Case(from, true).fill();
  const now = go(old, to);
  now.answer('main.work.check', 'FOUND', {});
  expect(now.main).toBe('main.work.review.first');
  expect(codes(old, to, { states: { 'main.work.check': 'main.work.pinned' } })).toEqual(['migration-call']);
  const later = old.due('2 working days');
  expect(codes(later, to)).toEqual([]);
  later.answer('main.work.check', 'FOUND', {});
  expect(later.main).toBe('main.work.review.first');
});

describe('[MIG-5] what is new', () => {
  const region = '  money:\n    title: 押金\n';
  const to = loan([
    region,
    `  papers:
    title: 纸件
    states:
      waits: { title: 等纸件, after: { 3 days: gone } }
      gone: { final: true }
${region}`,
  ]);

  test('a region that the old release did not have begins at its start, with its deadline', () => {
    const old = reviewed();
    old.now += hour;
    const now = go(old, to);
    expect(now.state.active).toContain('papers.waits');
    expect(now.state.timers['papers.waits|after:3 days']?.due).toBe(old.now + 3 * day);
    now.due('3 days');
    expect(now.state.active).toContain('papers.gone');
  });

  test('a region that is no more is left out by plan', () => {
    const old = go(reviewed(), to);
    expect(codes(old, from)).toEqual(['migration-state']);
    expect(go(old, from, { states: { papers: null } }).state.active).toEqual(['main.work.review.first', 'money.none']);
  });

  test('a state with a call in which the case was not asks now', () => {
    const old = new Case(from, true).fill().answer('main.work.check', 'UNAVAILABLE');
    const now = go(old, loan(retitled), { states: { 'main.work.pinned': 'main.work.check' } });
    expect(now.effects).toMatchObject([{ kind: 'call', call: 'main.work.check', generation: 2 }]);
    now.answer('main.work.check', 'FOUND', {});
    expect(now.main).toBe('main.work.review.first');
  });
});

test('[MIG-1] a property: wherever a walk has led, moving there and back changes nothing but the revision', () => {
  const to = loan(retitled);
  const moves: readonly ((one: Case) => unknown)[] = [
    (one) => one.fill(),
    (one) => one.answer('main.work.check', 'FOUND', {}),
    (one) => one.answer('main.work.check', 'UNAVAILABLE'),
    (one) => one.do('APPROVE', clerk),
    (one) => one.do('APPROVE', other),
    (one) => one.do('HOLD', clerk),
    (one) => one.do('UNHOLD', clerk),
    (one) => one.do('CODE', applicant, { data: { code: 'wrong' } }),
    (one) => one.hear('PAID', { id: 'p', amount: 50_000 }),
  ];
  fc.assert(
    fc.property(fc.array(fc.nat(moves.length - 1), { maxLength: 8 }), (chosen) => {
      const one = new Case(from, true);
      for (const index of chosen) {
        one.now += hour;
        try {
          moves[index]!(one);
        } catch {
          // Not possible here: the walk goes on elsewhere.
        }
      }
      const back = go(go(one, to), from);
      const revision = one.state.revision + 2;
      expect(back.state).toEqual({ ...JSON.parse(JSON.stringify(one.state)), revision, updatedAt: one.now });
    }),
    runs(60),
  );
});

test('[MIG-6] a law of the new release that would not hold refuses; one that was broken before does not', () => {
  const law = '  approved: {';
  const stricter = loan([law, `  early: { title: 先交押金, at: main.work.review, must: facts.paid }\n${law}`]);
  const old = reviewed();
  expect(codes(old, stricter)).toEqual(['migration-incident']);
  old.hear('PAID', { id: 'p', amount: 50_000 });
  expect(codes(old, stricter)).toEqual([]);
  const broken = new Case(stricter, true).fill().answer('main.work.check', 'FOUND', {});
  expect(broken.incidents).toEqual(['law:early']);
  expect(
    codes(
      broken,
      loan(...[[law, `  early: { title: 押金, at: main.work.review, must: facts.paid }\n${law}`] as const]),
    ),
  ).toEqual([]);
});
