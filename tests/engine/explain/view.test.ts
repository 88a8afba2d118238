import { describe, expect, test } from 'vitest';
import { diagram, row, view } from '../../../engine/explain/index.ts';
import { momentText, nearMomentText } from '../../../engine/explain/moment.ts';
import { renderText } from '../../../engine/explain/text.ts';
import { whyNot } from '../../../engine/explain/why.ts';
import type { JournalEntry } from '../../../engine/model/case.ts';
import type { Actor } from '../../../engine/model/command.ts';
import { scopeOf } from '../../../engine/run/scope.ts';
import { worldOf } from '../../../engine/run/world.ts';
import { applicant, Case, calendar, clerk, day, hour, item, loan, monday, other, person } from '../run/support.ts';

const definition = loan();
const viewed = (play: Case, actor: Actor = applicant, journal: readonly JournalEntry[] = []) =>
  view(definition, play.state, actor, journal, play.env);
const known = () => new Case(definition, false).fill().answer('main.work.check', 'FOUND');
const scope = (play: Case) =>
  scopeOf(definition, worldOf(play.state, {}, { event: {}, actor: null }, play.env), (address) =>
    play.state.active.includes(address),
  );

describe('[XPL-1] why not, with titles and values', () => {
  const play = known();
  test.each([
    ['facts.paid', '还没有完成：已交押金'],
    ['!facts.known', '已经完成：身份已核对'],
    ['counters.checks < 1', '核对次数是 1，要小于 1'],
    ['settings.needsCard', '本项目未开通：需要扫证件'],
    ["item.kind == 'camera'", '种类是“电脑”，要是“相机”'],
    ["item.kind != 'laptop'", '种类已经是“电脑”'],
    ["at('main.closed')", '要等到“已终止”'],
    ['has(person.mobile)', '还没有填写：手机'],
    ['size(records.payments) >= 1', '押金有 0 次，要达到 1 次'],
    ['facts.paid && facts.known && settings.needsCard', '还没有完成：已交押金 | 本项目未开通：需要扫证件'],
    ['facts.paid || counters.checks > 4', '还没有完成：已交押金；或者：核对次数是 1，要大于 4'],
    ['facts.known', ''],
  ])('%s', (text, expected) => expect(whyNot(definition, text, scope(play)).join(' | ')).toBe(expected));
});

test('[XPL-2] places of a text', () => {
  const play = known();
  const text =
    '{person.name}/{item.kind}/{item.hours}/{settings.pinValid}/{state.label}/{next.label}/{label.main.closed}/{stage.fill}/{deadline}/{last.payments.amount}!';
  const world = { scope: scope(play), state: 'main.work.review.first', deadline: monday, now: monday, calendar };
  expect(renderText(definition, text, world)).toBe(
    '张三/电脑/72/2 天/审核中/审核中/已终止/填写/1 月 5 日（周一）09:00/!',
  );
});

test('moments have their weekday, and the year when it is another one', () => {
  expect(momentText(monday, monday, calendar)).toBe('1 月 5 日（周一）09:00');
  expect(momentText(monday - 10 * day, monday, calendar)).toBe('2025 年 12 月 26 日（周五）09:00');
  expect(nearMomentText(monday + 14 * hour, monday, calendar)).toBe('今天（1 月 5 日 周一）23:00');
  expect(nearMomentText(monday + 15 * hour, monday, calendar)).toBe('明天（1 月 6 日 周二）00:00');
});

describe('[XPL-3] the waiting sentence', () => {
  test('my task', () => {
    const [first] = viewed(new Case(definition, false)).waiting;
    expect(first).toMatchObject({ mine: true, what: '填写借用信息', otherwise: '已终止', until: monday + 30 * day });
    expect(first?.sentence).toBe('请**填写借用信息**，在 **2 月 4 日（周三）09:00** 前完成；逾期进入“已终止”。');
  });
  test('a call, somebody else with a promise, lateness', () => {
    const play = new Case(definition, false).fill();
    expect(viewed(play).waiting[0]).toMatchObject({ who: { title: '登记处', tile: '登' }, mine: false });
    expect(viewed(play).waiting[0]?.sentence).toBe(
      '正在等**登记处**的结果（核对身份），最迟 **1 月 7 日（周三）09:00**，逾期进入“待输入验证码”；您不用做任何事。',
    );
    play.answer('main.work.check', 'FOUND');
    expect(viewed(play).waiting[0]?.sentence).toBe(
      '现在由**管理员**处理：初审，最迟 **明天（1 月 6 日 周二）09:00**；您不用做任何事。',
    );
    play.now += 3 * day;
    expect(viewed(play).waiting[0]?.sentence).toContain('已超时');
  });
  test('a task by a link is the owner’s own, on the other device', () => {
    const carded = loan(['number: "000"', 'number: "000"\nsettings: { needsCard: true }']);
    const play = new Case(carded, false).fill().answer('main.work.check', 'FOUND').hear('OPENED', { link: 'right' });
    const seen = view(carded, play.state, applicant, [], play.env);
    expect(seen.waiting[0]).toMatchObject({ mine: true, sentence: '请在扫码的手机上继续：**手机上**。' });
    expect(seen.tasks.find((task) => task.via === 'link')?.mine).toBe(false);
    const phone = view(carded, play.state, { id: 'p', roles: ['applicant'], via: 'link' }, [], play.env);
    expect(phone.tasks).toMatchObject([{ mine: true, sections: [{ kind: 'form', form: 'card', mode: 'edit' }] }]);
  });
  test('there is one until the case is over', () => {
    const play = known().do('APPROVE', clerk).do('APPROVE', other);
    expect(viewed(play).waiting[0]?.sentence).toBe(
      '**待取走**，到 **1 月 12 日（周一）09:00** 进入“已借出”；您不用做任何事。',
    );
    play.due('after:7 days');
    expect(viewed(play).waiting).toEqual([]);
    expect(viewed(play)).toMatchObject({ over: true, status: { label: '已借出', look: 'ok' } });
  });
});

describe('[XPL-10] whoever came by a link', () => {
  const project: [string, string] = ['number: "000"', 'number: "000"\nsettings: { needsCard: true }'];
  const task = 'task: { by: applicant, via: link, forms: [card] }';
  const filling = 'title: 填写借用信息, forms: [person, item]';

  test('sees the task, whom it is about, the notices since, and nothing else of the case', () => {
    const carded = loan(project);
    const play = new Case(carded, false).fill().answer('main.work.check', 'FOUND').hear('OPENED', { link: 'right' });
    const notices = [
      { at: play.now - hour, text: '早先的' },
      { at: play.now, text: '刚才的' },
    ];
    const journal = play.entry === null ? [] : [play.entry];
    const owner = view(carded, play.state, applicant, journal, play.env, notices);
    const phone = view(carded, play.state, { id: 'p', roles: ['applicant'], via: 'link' }, journal, play.env, notices);
    expect(owner.timeline.length).toBeGreaterThan(0);
    expect(owner.facts.length).toBeGreaterThan(0);
    expect(phone).toMatchObject({
      number: '',
      amount: null,
      steps: [],
      facts: [],
      timeline: [],
      subject: owner.subject,
    });
    expect(phone.tasks.map((each) => each.via)).toEqual(['link']);
    expect(phone.waiting.map((each) => each.state)).toEqual(['main.work.card.phone']);
    expect(phone.notices.map((each) => each.text)).toEqual(['刚才的']);
    // Before and after the task there is nothing for them, not even data to read.
    const late = play.do('SEND_CARD', { id: 'p', roles: ['applicant'], via: 'link' }, { forms: { card: { no: '1' } } });
    const after = view(carded, late.state, { id: 'p', roles: ['applicant'], via: 'link' }, journal, play.env, notices);
    expect(after).toMatchObject({ tasks: [], waiting: [], notices: [], status: { label: '' } });
  });

  test('a link to a task of another role is passed on, once it was made', () => {
    const carded = loan(project, [task, task.replace('applicant', 'clerk')]);
    const play = new Case(carded, false).fill().answer('main.work.check', 'FOUND');
    const link = () =>
      view(carded, play.state, applicant, [], play.env)
        .tasks.flatMap((each) => each.sections)
        .find((section) => section.kind === 'link');
    expect(link()).toMatchObject({ secret: 'link', to: { id: 'clerk', title: '管理员', tile: '管' } });
    const early = loan(
      project,
      [task, task.replace('applicant', 'clerk')],
      [filling, `${filling}, shows: [secrets.link]`],
    );
    const sections = view(early, new Case(early, false).state, applicant, [], play.env).tasks[0]?.sections;
    expect(sections?.map((each) => each.kind)).toEqual(['form', 'form']);
  });
});

describe('[XPL-11] the lists of a process', () => {
  const listed = loan([
    'laws:\n',
    `lists:
  loans: { title: 我的借用, columns: { kind: { title: 种类, text: "{item.kind}" }, paid: { title: 押金, text: "{facts.paid ? '已交' : '未交'}" } } }
  known: { title: 已核对, if: facts.known }
laws:
`,
  ]);

  test('hold a case while their condition does, with what their columns say of it', () => {
    const play = new Case(listed, false);
    const lists = () => row(listed, play.state, applicant, play.env).lists;
    expect(lists()).toEqual([
      {
        id: 'loans',
        title: '我的借用',
        cells: [
          { id: 'kind', title: '种类', text: '' },
          { id: 'paid', title: '押金', text: '未交' },
        ],
      },
    ]);
    play.fill().answer('main.work.check', 'FOUND');
    expect(lists().map(({ id }) => id)).toEqual(['loans', 'known']);
    expect(lists()[0]?.cells[0]?.text).toBe('电脑');
  });

  test.each([
    ['{person.number}', /masked|sensitive|遮盖|屏蔽|敏感/],
    ['{item.nothing}', /nothing/],
  ])('a column that shows %s is refused: lists show what they show unmasked', (text, told) => {
    const column = `lists: { a: { title: 列表, columns: { b: { title: 列, text: "${text}" } } } }\nlaws:\n`;
    expect(() => loan(['laws:\n', column])).toThrow(told);
  });
});

describe('[XPL-4] what a viewer sees', () => {
  test('own tasks to fill in, with plain values; others read masked data', () => {
    const play = known();
    const mine = viewed(play, clerk).tasks[0];
    expect(mine).toMatchObject({ title: '初审', mine: true, by: { tile: '管' } });
    expect(mine?.sections.map((each) => each.kind)).toEqual(['form', 'form', 'value']);
    expect(mine?.sections[0]).toMatchObject({ form: 'person', mode: 'read', values: { name: '张三' } });
    expect(JSON.stringify(mine)).not.toContain('A-1');
    expect(mine?.sections[2]).toEqual({ kind: 'value', id: 'deposit', title: '押金', format: 'money', value: 50_000 });
    const aside = viewed(play).tasks;
    expect(aside.flatMap((task) => task.offers.map((offer) => offer.event))).toEqual(['LEAVE']);
    expect(JSON.stringify(aside)).not.toContain('A-1');
  });
  test('a field with x-seen-by is not there for other roles, not even masked; a task may show one field alone', () => {
    const some = loan(
      [
        '"maxLength":20,"x-sensitive":true,"x-mask":"all"',
        '"maxLength":20,"x-sensitive":true,"x-seen-by":["applicant","desk"]',
      ],
      ['shows: [person, item, tables.deposit', 'shows: [person.name, item, tables.deposit'],
      ['not: [first], shows: [person, item]', 'not: [first], shows: [item]'],
      ['task: { by: clerk, title: 处理后恢复 }', 'task: { by: clerk, title: 处理后恢复, shows: [item] }'],
    );
    const play = new Case(some, false).fill().answer('main.work.check', 'FOUND');
    const clerks = view(some, play.state, clerk, [], play.env).tasks[0]!;
    expect(clerks.sections[0]).toMatchObject({ form: 'person', values: { name: '张三' } });
    expect(clerks.sections[0]).not.toHaveProperty('values.number');
    // Beside the task, with the data of the case to read.
    const sections = (roles: string[]) =>
      view(some, play.state, { id: 'dora', roles }, [], play.env).tasks.flatMap((task) => task.sections);
    const numbers = (roles: string[]) =>
      sections(roles).flatMap((one) => (one.kind === 'form' && one.form === 'person' ? [one.values.number] : []));
    expect(numbers(['desk'])).toEqual(['****']);
    expect(numbers(['other'])).toEqual([undefined]);
  });
  test('a correction shows what is open', () => {
    const play = known().do('REJECT', clerk, { data: { flags: [{ field: 'item.days', reason: '太长' }] } });
    const [task] = viewed(play).tasks;
    const forms = task?.sections.filter((each) => each.kind === 'form');
    expect(forms?.map((each) => [each.form, each.editable])).toEqual([
      ['person', []],
      ['item', ['item.days']],
    ]);
    expect(task?.sections[0]).toMatchObject({ kind: 'record', record: 'opinions', form: 'opinion' });
    expect(viewed(play).status).toEqual({ label: '待修改', look: 'err' });
  });
  test('the timeline says what happened; the owner does not see what changed nothing', () => {
    const play = new Case(definition, false);
    const journal: JournalEntry[] = [];
    const note = () => play.entry !== null && journal.push(play.entry);
    play.fill();
    note();
    play.answer('main.work.check', 'FOUND');
    note();
    play.answer('main.work.check', 'FOUND');
    note();
    expect(viewed(play, applicant, journal).timeline.map((each) => each.title)).toEqual([
      '核对身份：一致',
      '填写借用信息',
    ]);
    expect(viewed(play, clerk, journal).timeline[0]?.title).toBe('核对身份：一致（已过时，没有引起变化）');
    expect(viewed(play, applicant, journal).timeline[0]).toMatchObject({
      part: { tile: '登' },
      look: 'ok',
      details: ['身份已核对', '进入：审核中'],
    });
  });
  test('a row: subject, amount, offers of lists', () => {
    const play = new Case(definition, false);
    expect(row(definition, play.state, applicant, play.env)).toMatchObject({
      subject: '',
      amount: null,
      status: { label: '待填写', look: 'do' },
      offers: [{ event: 'LEAVE', title: '撤销', look: 'plain' }],
    });
    play.do('NEXT', applicant, { forms: { person, item: { ...item, kind: 'camera', lens: '50' } } });
    expect(row(definition, play.state, applicant, play.env)).toMatchObject({
      subject: '张三',
      amount: 20_000,
      status: { look: 'wait' },
    });
  });
  test('steps of the progress bar', () => {
    const play = new Case(definition, false);
    expect(viewed(play).steps.map((each) => each.state)).toEqual(['now', 'later']);
    expect(viewed(play.fill()).steps.map((each) => each.state)).toEqual(['done', 'now']);
  });
});

describe('[XPL-5] the diagram', () => {
  const drawn = diagram(definition);
  test('what runs, and what the project removed', () => {
    const ids = drawn.nodes.map((node) => node.id);
    expect(ids).toEqual(expect.arrayContaining([...Object.keys(definition.states), 'main.work.next']));
    expect(new Set(ids).size).toBe(ids.length);
    expect(drawn.nodes.filter((node) => node.removed).map((node) => node.id)).toEqual([
      'main.work.card',
      'main.work.card.qr',
      'main.work.card.phone',
    ]);
    for (const edge of drawn.edges) expect(ids).toEqual(expect.arrayContaining([edge.from, edge.to]));
    expect(new Set(drawn.edges.map((edge) => edge.id)).size).toBe(drawn.edges.length);
    const runs = Object.values(definition.states).flatMap((state) => state.edges.filter((edge) => edge.to !== null));
    expect(drawn.edges.filter((edge) => !edge.removed).length).toBe(runs.length);
  });
  test('the main way leads from the start to the goal through the obligations', () => {
    const main = drawn.edges.filter((edge) => edge.main).map((edge) => `${edge.from} > ${edge.to}`);
    expect(main).toEqual(
      expect.arrayContaining([
        'main.work.fill > main.work.next',
        'main.work.next > main.work.check',
        'main.work.check > main.work.next',
        'main.work.next > main.work.review',
        'main.work.review.first > main.work.review.second',
        'main.work.next > main.work.finish',
        'main.work.finish > main.done',
      ]),
    );
  });
});

test('[XPL-17] what speaks for a case, with its numbers, for whoever works on it', () => {
  const play = new Case(definition, false).fill();
  const before = play.state;
  play.answer('main.work.check', 'MISMATCH', { what: '姓名' });
  const entry: JournalEntry = {
    ...{ revision: play.state.revision, at: play.now, by: 'registry.check', part: 'registry' },
    ...{ what: 'outcome:main.work.check:MISMATCH', left: [], entered: [], proved: [], voided: ['known'], counted: [] },
    ...{ recorded: ['mismatches'], notified: [], changed: [], title: '核对：不一致' },
  };
  const plain: JournalEntry = { ...entry, part: 'clerk', by: 'c', what: 'event:NOTE', voided: [], recorded: [] };
  const told = viewed(play, clerk, [plain, entry]).evidence;
  expect(told).toHaveLength(1);
  expect(told?.[0]).toMatchObject({ at: play.now, title: '核对：不一致', voided: ['身份已核对'], proved: [] });
  expect(told?.[0]?.details.map(({ text }) => text)).toEqual(['姓名']);
  expect(viewed(play, applicant, [entry])).not.toHaveProperty('evidence');
  expect(before.revision).toBeLessThan(play.state.revision);
});
