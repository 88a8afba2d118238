import { describe, expect, it } from 'vitest';
import type { OfferView } from '../../../engine/contract/view.ts';
import type { FormSchema } from '../../../engine/model/definition.ts';
import { flagOfferOf, flagValues, reasonOf, reasonsFor, toggled } from '../../../ui/desk/flags.ts';
import { choicesOf } from '../../../ui/desk/offers-bar.tsx';
import { linesOf } from '../../../ui/desk/papers.ts';

const forms: { [form: string]: FormSchema } = {
  person: {
    title: '甲方',
    type: 'object',
    properties: {
      name: { type: 'string', title: '姓名' },
      number: { type: 'string', title: '证号', 'x-sensitive': true, 'x-mask': 'idNumber' },
      mail: { type: 'string', title: '邮箱', 'x-sensitive': true },
      copy: { type: 'object', title: '复印件', 'x-file': { types: ['jpg'], maxBytes: 1000 } },
      empty: { type: 'string', title: '没填' },
      code: { type: 'string', title: '口令', 'x-secret': 'word' },
    },
  },
  back: {
    title: '退回',
    type: 'object',
    properties: {
      list: {
        type: 'array',
        title: '内容',
        'x-widget': 'flags',
        maxItems: 3,
        items: { type: 'object', properties: {} },
      },
    },
  },
  note: { title: '意见', type: 'object', properties: { text: { type: 'string', title: '意见' } } },
};
const offer = (event: string, over: Partial<OfferView> = {}): OfferView => ({
  event,
  title: event,
  look: 'plain',
  saves: 'nothing',
  blockers: [],
  ...over,
});
const offers = [
  offer('YES', { look: 'primary' }),
  offer('NO', { form: 'back', look: 'danger' }),
  offer('ASK', { form: 'note' }),
];

describe('flags', () => {
  it('belong to the offer whose dialogue has a list of flags, whatever it is called', () => {
    expect(flagOfferOf(offers, forms)).toMatchObject({ form: 'back', list: 'list', max: 3, offer: { event: 'NO' } });
    expect(flagOfferOf([offer('ASK', { form: 'note' }), offer('X', { form: 'gone' })], forms)).toBe(null);
  });

  it('are put and taken away, and say their reason', () => {
    const one = toggled([], 'person.name');
    expect(toggled(one, 'person.name')).toEqual([]);
    const flags = [{ field: 'person.name', reasons: ['不一致', '不清楚'], note: ' 第二页 ' }];
    expect(flagValues(flags)).toEqual([{ field: 'person.name', reason: '不一致，不清楚，第二页' }]);
    expect(one.map(reasonOf)).toEqual(['']);
  });

  it('are proposed from the content, the nearest first, each once', () => {
    const content = { fields: { 'person.name': ['甲', '乙'], person: ['丙'] }, general: ['乙', '丁'] };
    expect(reasonsFor(content, 'person.name')).toEqual(['甲', '乙', '丙', '丁']);
    expect(reasonsFor(content, 'other.name')).toEqual(['乙', '丁']);
    expect(reasonsFor(undefined, 'person.name')).toEqual([]);
  });
});

describe('the buttons of a task', () => {
  const flagOffer = flagOfferOf(offers, forms);
  const why = (flags: Parameters<typeof choicesOf>[2]) =>
    Object.fromEntries(choicesOf(offers, flagOffer, flags).map((choice) => [choice.offer.event, choice.why]));

  it('let the decision wait while something is flagged, and the refusal until something is', () => {
    expect(why([])).toEqual({ YES: null, NO: '请先标记至少一处', ASK: null });
    const flag = { field: 'person.name', reasons: [], note: '' };
    expect(why([flag])).toEqual({ YES: '有标记时不能YES', NO: '还有 1 处标记没有原因', ASK: null });
    expect(why([{ ...flag, note: '错字' }])).toEqual({ YES: '有标记时不能YES', NO: null, ASK: null });
  });

  it('say what the engine says stands in the way, but for what the person mends on the page', () => {
    const blocked = (code: string) =>
      choicesOf([offer('GO', { blockers: [{ code, params: {}, message: '原因' }] })], null, [])[0]?.why;
    expect(blocked('condition-unmet')).toBe('原因');
    expect(blocked('form-invalid')).toBe(null);
  });

  it('have the keys A and R where there is something for them', () => {
    expect(choicesOf(offers, flagOffer, []).map((choice) => choice.key)).toEqual(['A', 'R', null]);
  });
});

describe('the lines of a form', () => {
  it('leave out what is empty or secret, mark what is masked, keep file slots', () => {
    const values = { name: '示例甲', number: '4400**********0033', mail: null, code: 'x' };
    expect(linesOf('person', forms.person ?? {}, values)).toEqual([
      { path: 'person.name', title: '姓名', text: '示例甲', masked: false, isFile: false },
      { path: 'person.number', title: '证号', text: '4400**********0033', masked: true, isFile: false },
      { path: 'person.mail', title: '邮箱', text: '****', masked: true, isFile: false },
      { path: 'person.copy', title: '复印件', text: '', masked: false, isFile: true },
    ]);
  });
});
