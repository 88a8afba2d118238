import { describe, expect, test } from 'vitest';
import { momentText, nearMomentText } from '../../../engine/explain/moment.ts';
import { view } from '../../../engine/explain/view.ts';
import { whyNot } from '../../../engine/explain/why.ts';
import type { JournalEntry } from '../../../engine/model/case.ts';
import type { Actor } from '../../../engine/model/command.ts';
import { scopeOf } from '../../../engine/run/scope.ts';
import { worldOf } from '../../../engine/run/world.ts';
import { files } from '../run/loan.ts';
import { applicant, Case, calendar, clerk, day, hour, item, loan, monday, other, person } from '../run/support.ts';

const definition = loan();
const english = (actor: Actor): Actor => ({ ...actor, locale: 'en' });
const [ann, carl, cleo] = [english(applicant), english(clerk), english(other)];
const viewed = (play: Case, actor: Actor, journal: readonly JournalEntry[] = []) =>
  view(definition, play.state, actor, journal, play.env);

/** Chinese in a text that no definition and nobody's data says: it would be the product's own. A tile is a character in any language. */
const known = `${Object.values(files).join('\n')}${JSON.stringify(person)}系`;
function ownChinese(value: unknown): string[] {
  const runs = JSON.stringify(value).match(/[\p{Script=Han}，。；：、“”（）]+/gu) ?? [];
  return runs.flatMap((run) => run.split(/[“”]/)).filter((run) => run !== '' && !known.includes(run));
}

describe('[XPL-9] in English the product says everything of its own in English', () => {
  test('the waiting sentence', () => {
    const play = new Case(definition, false);
    const first = () => viewed(play, ann).waiting[0]?.sentence;
    expect(first()).toBe('Your turn: **填写借用信息**, by **4 Feb (Wed) 09:00**; after that: “已终止”.');
    play.fill();
    expect(first()).toBe(
      'Waiting for **登记处** (核对身份), **7 Jan (Wed) 09:00** at the latest; after that: “待输入验证码”; you have nothing to do.',
    );
    play.answer('main.work.check', 'FOUND');
    expect(first()).toBe(
      '**管理员** works on it: 初审, **tomorrow (6 Jan, Tue) 09:00** at the latest; you have nothing to do.',
    );
    play.now += 3 * day;
    expect(first()).toContain('due **6 Jan (Tue) 09:00** and late');
  });

  test('the history, also of what came by itself', () => {
    const play = new Case(definition, false);
    const journal: JournalEntry[] = [];
    const note = (next: Case) => {
      if (next.entry !== null) journal.push(next.entry);
    };
    play.due('remind:10 days');
    note(play);
    note(play.fill());
    note(play.answer('main.work.check', 'FOUND'));
    note(play.answer('main.work.check', 'FOUND'));
    const titles = viewed(play, carl, journal).timeline.map((each) => each.title);
    expect(titles).toEqual([
      '核对身份: 一致 (out of date, nothing changed)',
      '核对身份: 一致',
      '填写借用信息',
      'Reminder: “待填写” for 10 days',
    ]);
    expect(viewed(play, carl, journal).timeline.map((each) => each.details)).toContainEqual([
      '身份已核对',
      'Now at: 审核中',
    ]);
    expect(ownChinese(viewed(play, carl, journal))).toEqual([]);
    expect(ownChinese(viewed(play, ann, journal))).toEqual([]);
    // The journal itself does not depend on who did it.
    expect(journal[0]?.title).toContain('已 10 天，发出提醒');
  });

  test('refusals, with the errors of fields', () => {
    const play = new Case(definition, false);
    const refused = (event: string, actor: Actor, forms = {}) =>
      play
        .send({ kind: 'event', event, actor, forms })
        .map(({ message, fields }) => [message, fields?.map((one) => one.message)]);
    const [wrong] = refused('NEXT', ann, { person, item: { ...item, days: 99 } });
    expect(wrong?.[0]).toBe('Fields that need a change: 1');
    expect(ownChinese(wrong)).toEqual([]);
    for (const [event, actor] of [
      ['APPROVE', carl],
      ['NONSENSE', ann],
      ['NEXT', cleo],
      ['PAY_BACK', ann],
    ] as const) {
      const told = refused(event, actor);
      expect(told.length).toBeGreaterThan(0);
      expect(ownChinese(told)).toEqual([]);
    }
    play.fill().answer('main.work.check', 'FOUND').do('APPROVE', carl);
    expect(ownChinese(refused('APPROVE', carl))).toEqual([]);
    expect(ownChinese(viewed(play, carl).tasks)).toEqual([]);
  });

  test('why a condition does not hold', () => {
    const play = new Case(definition, false).fill().answer('main.work.check', 'FOUND');
    const scope = scopeOf(definition, worldOf(play.state, {}, { event: {}, actor: null }, play.env), () => false);
    const why = (text: string) => whyNot(definition, text, scope, () => false, 'en').join(' | ');
    expect(why('counters.checks < 1')).toBe('核对次数 is 1 and has to be less than 1');
    expect(why("item.kind == 'camera'")).toBe('种类 is “电脑” and has to be equal to “相机”');
    expect(why('facts.paid || counters.checks > 4')).toBe(
      'Not done yet: 已交押金; or: 核对次数 is 1 and has to be more than 4',
    );
    for (const text of [
      '!facts.known',
      'settings.needsCard',
      "at('main.closed')",
      'has(person.mobile)',
      'facts.paid &&',
    ])
      expect(ownChinese(why(text))).toEqual([]);
  });

  test('moments', () => {
    expect(momentText(monday - 10 * day, monday, calendar, 'en')).toBe('26 Dec 2025 (Fri) 09:00');
    expect(nearMomentText(monday + 14 * hour, monday, calendar, 'en')).toBe('today (5 Jan, Mon) 23:00');
    expect(nearMomentText(monday + 15 * hour, monday, calendar, 'en')).toBe('tomorrow (6 Jan, Tue) 00:00');
  });
});
