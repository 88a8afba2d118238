import { describe, expect, it } from 'vitest';
import type { EditPlace, EditWay } from '../../../../engine/contract/edit.ts';
import { changesIn } from '../../../../ui/studio/change-in-text.ts';
import {
  freeIds,
  takenBack,
  withCondition,
  withDeadline,
  withDelay,
  withoutNotice,
  withoutOwnTimer,
  withoutPiece,
  withStep,
  withWord,
} from '../../../../ui/studio/properties/edits.ts';

const text = `project: one # kept
changes:
  wording: { set: main.fill.label, was: "11111111", is: 草稿箱 }
  ring: { add: main.ringing, on: main.fill.on.NEXT, was: "22222222", is: { task: { by: clerk }, on: { RUNG: onward }, after: { 3 days: onward } } }
  rung: { add: events.RUNG, is: { title: 打过了, by: clerk } }
`;
const changes = (of: string) => Object.fromEntries((changesIn(of) ?? []).map(({ name, change }) => [name, change]));
const set = (address: string) => ({ kind: 'set', set: address, was: '33333333' }) as const;

describe('what the panel writes', () => {
  it('is a change of its own, by a name that says what it is about', () => {
    const next = withWord(text, set('main.review.queue.label'), '排队中');
    expect(changes(next).queueLabel).toEqual({ set: 'main.review.queue.label', was: '33333333', is: '排队中' });
    expect(next.startsWith(text)).toBe(true);
    expect(changes(withDelay(text, set('main.review.after.30 days'), '5 days')).reviewDays).toEqual({
      ...{ set: 'main.review.after.30 days', was: '33333333', is: '5 days' },
    });
    const odd = withDelay(text, set('main.review.after.75% of settings.x'), '5 days');
    for (const name of Object.keys(changes(odd))) expect(name).toMatch(/^[a-z][A-Za-z0-9]{0,59}$/);
    expect(changes(withCondition(text, set('main.review.on.AGREE.next'), 'facts.x')).agreeNext).toEqual({
      ...{ tighten: 'main.review.on.AGREE.next', was: '33333333', and: 'facts.x' },
    });
  });

  it('stands where the project says it already', () => {
    const own = { kind: 'within', change: 'wording', path: ['is'] } as const;
    expect(withWord(text, own, '别的')).toBe(text.replace('草稿箱', '别的'));
    const by = { kind: 'within', change: 'ring', path: ['is', 'task', 'title'] } as const;
    expect(changes(withWord(text, by, '致电')).ring?.is).toMatchObject({ task: { by: 'clerk', title: '致电' } });
    const delay = { kind: 'within', change: 'ring', path: ['is', 'after', '3 days'] } as const;
    expect(changes(withDelay(text, delay, '5 days')).ring?.is).toMatchObject({ after: { '5 days': 'onward' } });
    // A change that was in conflict is written over, not joined by a second one.
    expect(withWord(text, set('main.fill.label'), '新的')).toBe(
      text.replace('11111111', '33333333').replace('草稿箱', '新的'),
    );
  });

  it('is a deadline of its own, whose time ends its address, or stands in the step that was put in', () => {
    const place = (can: object) => ({ deadline: { can, targets: [] } }) as unknown as EditPlace;
    const late = withDeadline(text, place(set('main.review.after')), '3 days', 'main.next');
    expect(changes(late).afterDeadline).toEqual({ add: 'main.review.after.after.3 days', is: 'next' });
    const longer = withDelay(late, { kind: 'within', change: 'afterDeadline', path: ['add'] }, '5 working days');
    expect(changes(longer).afterDeadline).toEqual({ add: 'main.review.after.after.5 working days', is: 'next' });
    const own = { kind: 'within', change: 'ring', path: ['is', 'after'] };
    expect(changes(withDeadline(text, place(own), '1 day', 'main.fill')).ring?.is).toMatchObject({
      after: { '3 days': 'onward', '1 day': 'main.fill' },
    });
    const first = { kind: 'within', change: 'ring', path: ['is', 'after', '3 days'] } as const;
    expect(changes(withoutOwnTimer(withDeadline(text, place(own), '1 day', 'main.fill'), first)).ring?.is).toEqual({
      ...{ task: { by: 'clerk' }, on: { RUNG: 'onward' }, after: { '1 day': 'main.fill' } },
    });
    expect(changes(withoutOwnTimer(text, first)).ring?.is).toEqual({ task: { by: 'clerk' }, on: { RUNG: 'onward' } });
    expect(withDeadline(text, place({ kind: 'no', why: 'final' }), '1 day', 'main.fill')).toBe(text);
  });

  it('says which notice is not sent', () => {
    const removal = { kind: 'remove', remove: 'notices.ready', was: '33333333' } as const;
    expect(changes(withoutNotice(text, removal, '不发“好了”')).noNoticesReady).toEqual({
      ...{ title: '不发“好了”', remove: 'notices.ready', was: '33333333' },
    });
    expect(withoutNotice(text, { kind: 'no', why: 'absent' }, '')).toBe(text);
  });

  it('is nothing where nothing can be changed', () => {
    expect(withWord(text, { kind: 'no', why: 'shape' }, 'x')).toBe(text);
    expect(withoutPiece(text, { kind: 'no', why: 'only' })).toBe(text);
    const place = { stepsIn: null } as EditPlace;
    const way = { insert: { kind: 'no', why: 'stays' } } as EditWay;
    const step = {
      id: 'a',
      title: 'a',
      by: 'clerk',
      forms: [],
      shows: [],
      event: { id: 'A', title: 'a' },
      deadline: null,
    };
    expect(withStep(text, place, way, step)).toBe(text);
  });

  it('takes a step back with its button, and leaves a button that another step has', () => {
    expect(Object.keys(changes(takenBack(text, 'ring')))).toEqual(['wording']);
    const shared = `${text}  other: { add: main.more, on: main.x.on.Y, was: "1", is: { task: { by: clerk }, on: { RUNG: onward } } }\n`;
    expect(Object.keys(changes(takenBack(shared, 'ring')))).toEqual(['wording', 'rung', 'other']);
    expect(takenBack(text, 'wording')).toBe(text.replace(/ {2}wording.*\n/, ''));
    expect(takenBack(text, 'nothing')).toBe(text);
  });

  it('removes, and says where cases go on', () => {
    const removal = { kind: 'remove', remove: 'main.review', was: '44444444' } as const;
    expect(changes(withoutPiece(text, removal, 'main.next')).noMainReview).toEqual({
      ...{ remove: 'main.review', was: '44444444', reconnect: 'main.next' },
    });
    expect(Object.keys(changes(withoutPiece(text, { kind: 'takeBack', change: 'ring' })))).toEqual(['wording']);
  });

  it('finds names that nothing has', () => {
    expect(freeIds(text, ['main.step1', 'STEP2_DONE'])).toEqual({ step: 'step3', event: 'STEP3_DONE' });
  });
});
