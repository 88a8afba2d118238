import { expect, test } from 'vitest';
import type { FormSchema } from '../../../engine/model/definition.ts';
import { withoutPersonal } from '../../../engine/run/erase.ts';
import { applicant, Case, day, loan, monday } from './support.ts';

const kept = `  papers:
    title: 材料
    states:
      inUse: { when: { if: at('main.closed'), to: kept } }
      kept: { afterwards: true, on: { FORGET: gone }, after: { 30 days: gone } }
      gone: { final: true, enter: { erase: [files, values] } }
`;
const definition = loan(
  ['  money:\n    title: 押金\n', `${kept}  money:\n    title: 押金\n`],
  ['  PAY_BACK: {', '  FORGET: { title: 删除, by: applicant, saves: nothing }\n  PAY_BACK: {'],
);
const sensitive = Object.entries((definition.forms.person as FormSchema).properties).flatMap(([field, rules]) =>
  (rules as { 'x-sensitive'?: boolean })['x-sensitive'] === true ? [field] : [],
);

test('[RUN-17] deadlines of a state that comes afterwards run on after the case is over, and nobody is said to wait', () => {
  const play = new Case(definition, true).fill().do('LEAVE', applicant);
  expect(play.state).toMatchObject({ over: true, reservations: {} });
  expect(Object.values(play.state.timers).map((timer) => timer.due)).toEqual([monday + 30 * day]);
  play.due('after:30 days');
  expect(play.state).toMatchObject({ over: true, timers: {} });
  expect(play.state.active).toContain('papers.gone');
});

test('[RUN-28] erased: sensitive values go at once, the shell is asked for the rest, the case and the journal keep it', () => {
  expect(sensitive.length).toBeGreaterThan(0);
  const play = new Case(definition, true).fill().do('LEAVE', applicant);
  const before = play.state.forms.person ?? {};
  play.do('FORGET', applicant);
  const rest = Object.fromEntries(Object.entries(before).filter(([field]) => !sensitive.includes(field)));
  expect(play.state.forms.person).toEqual(rest);
  expect(Object.keys(rest).length).toBeLessThan(Object.keys(before).length);
  expect(play.state.erased).toEqual({ files: monday, values: monday });
  expect(play.effects).toMatchObject([
    { kind: 'erase', what: 'files' },
    { kind: 'erase', what: 'values' },
  ]);
  expect(play.entry?.erased).toEqual(['files', 'values']);
  // What was proven stays proven; nothing is void because its data is gone.
  expect(play.entry?.voided).toEqual([]);
});

test('[RUN-28] whoever was erased is told nothing more, and that is no incident', () => {
  const [region, text] = [`  money:\n    title: 押金\n`, 'sms: person.mobile, if: has(person.mobile),'];
  const telling = (erase: string) =>
    loan(
      [region, `${kept.replace('enter: { erase: [files, values] }', `enter: { ${erase}notify: soon }`)}${region}`],
      ['  PAY_BACK: {', '  FORGET: { title: 删除, by: applicant, saves: nothing }\n  PAY_BACK: {'],
      [text, 'sms: person.number,'],
    );
  const forgotten = new Case(telling('erase: values, '), true).fill().do('LEAVE', applicant).do('FORGET', applicant);
  expect(forgotten.incidents).toEqual([]);
  expect(forgotten.effects.map(({ kind }) => kind)).toEqual(['erase']);
  const known = new Case(telling(''), true).fill().do('LEAVE', applicant).do('FORGET', applicant);
  expect(known.effects).toMatchObject([{ kind: 'notice', notice: 'soon' }]);
});

test('[RUN-28] what is sensitive goes at any depth, names of files too, the rest stays', () => {
  const rules = {
    title: '表',
    type: 'object',
    properties: {
      people: {
        type: 'array',
        items: {
          type: 'object',
          properties: { name: { 'x-sensitive': true }, role: {}, mail: { 'x-personal': true } },
        },
      },
      scan: { 'x-file': {} },
      secret: { 'x-sensitive': true },
    },
  } as unknown as FormSchema;
  const scan = { id: 'f1', name: '张三身份证.jpg', size: 3, type: 'image/jpeg', sha256: 'aa' };
  const values = { people: [{ name: '张三', role: '经办人', mail: 'a@b.c' }], scan, secret: 'x', foreign: 1 };
  const composed = { ...definition, forms: { sheet: rules } };
  expect(withoutPersonal(composed, { forms: { sheet: values }, records: {} })).toEqual({
    forms: { sheet: { people: [{ role: '经办人' }], scan: { ...scan, name: '****' }, foreign: 1 } },
    records: {},
  });
});
