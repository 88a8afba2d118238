import { describe, expect, test } from 'vitest';
import { applicantDifference, diagramDifference } from '../../../engine/diff/index.ts';
import { load } from '../../../engine/load.ts';
import type { Definition, Files } from '../../../engine/model/definition.ts';
import { definitionFiles } from '../../support/definitions.ts';
import { loan } from '../run/support.ts';

const files = definitionFiles();
const own = (id: string) => `workflows/projects/${id}.project.yaml`;

function loaded(id: string, change: (text: string) => string = (text) => text, more: Files = {}): Definition {
  const { definition, issues } = load({ ...files, ...more, [own(id)]: change(files[own(id)] ?? '') }, id);
  if (definition === null) throw new Error(JSON.stringify(issues.filter(({ severity }) => severity === 'error')));
  return definition;
}

describe('[DIF-4] two diagrams in one', () => {
  test('of a definition and itself nothing has become of anything', () => {
    const { diagram, changes } = diagramDifference(loaded('szmg'), loaded('szmg'));
    expect(changes).toEqual({});
    expect(diagram.nodes.some(({ removed }) => removed)).toBe(false);
  });

  test('a state that is gone stands in its old place with its edges, one that is new is new', () => {
    const without = loaded('szmg', (text) => text.replace('settings:', 'settings:\n  legalRepAuth: false'));
    const { diagram, changes } = diagramDifference(loaded('szmg'), without);
    const gone = diagram.nodes.filter(({ id }) => changes[id] === 'removed');
    expect(gone.map(({ id }) => id).join()).toContain('legalRep');
    expect(gone.every(({ removed, main }) => removed && !main)).toBe(true);
    const ids = diagram.nodes.map(({ id }) => id);
    for (const { id, parent } of gone)
      if (parent !== null) expect(ids.indexOf(parent), id).toBeLessThan(ids.indexOf(id));
    expect(diagram.edges.some(({ id, to }) => changes[id] === 'removed' && to.includes('legalRep'))).toBe(true);
    const back = diagramDifference(without, loaded('szmg'));
    expect(gone.every(({ id }) => back.changes[id] === 'added')).toBe(true);
    expect(new Set(diagram.edges.map(({ id }) => id)).size).toBe(diagram.edges.length);
  });

  test('a deadline or a condition that is another changes its state; an edge that leads elsewhere is gone and new', () => {
    const other = loan(
      ['after: { 7 days: done }', 'after: { 8 days: done }'],
      ['AGAIN: [{ if: counters.checks < 3, to: check }', 'AGAIN: [{ if: counters.checks < 1, to: check }'],
    );
    const { changes } = diagramDifference(loan(), other);
    expect(changes).toMatchObject({ 'main.work.finish': 'changed', 'main.work.pinned': 'changed' });
  });
});

describe('[DIF-5] what an applicant sees', () => {
  const before = loaded('szmg');

  test('is the same when nothing is another', () => {
    expect(applicantDifference(before, loaded('szmg'))).toEqual({ forms: [], said: [] });
  });

  test('a price is told by its part, another setting is not', () => {
    const { said, forms } = applicantDifference(
      before,
      loaded('szmg', (text) => `${text}  prices: { organization: { "1": 19900 } }\n  reviewSla: 2 working days\n`),
    );
    expect(forms).toEqual([]);
    const prices = said.filter(({ kind }) => kind === 'price');
    expect(prices).toMatchObject([{ address: 'prices', part: 'organization.1', before: '28000', after: '19900' }]);
    expect(said.some(({ address }) => address === 'reviewSla')).toBe(false);
  });

  test('a form is told with both schemas and what became of each field', () => {
    const path = Object.keys(files).find((one) => one.endsWith('/agent.form.json') || one === 'forms/agent.form.json');
    if (path === undefined) throw new Error('no form');
    const schema = JSON.parse(files[path] ?? '') as { properties: { [field: string]: { title?: string } } };
    const [field = ''] = Object.keys(schema.properties);
    const other = { ...schema, properties: { ...schema.properties } };
    other.properties[field] = { ...other.properties[field], title: '另一个名字' };
    const { forms } = applicantDifference(before, loaded('szmg', undefined, { [path]: JSON.stringify(other) }));
    expect(forms).toHaveLength(1);
    expect(forms[0]).toMatchObject({ form: 'agent', fields: { [field]: 'changed' } });
    expect(forms[0]?.before?.properties[field]?.title).not.toBe('另一个名字');
    expect(forms[0]?.after?.properties[field]?.title).toBe('另一个名字');
  });

  test('texts are told by what they are', () => {
    const path = 'workflows/content/agreements.zh-CN.yaml';
    const text = files[path] ?? '';
    const word = /title: (.+)/.exec(text)?.[0] ?? '';
    const { said } = applicantDifference(
      before,
      loaded('szmg', undefined, { [path]: text.replace(word, `${word}（新）`) }),
    );
    expect(said.map(({ kind }) => kind)).toContain('text');
    const withNews = loaded('szmg', (own) => own.replace('title: 元旦假期办理安排', 'title: 元旦假期安排'));
    expect(applicantDifference(before, withNews).said).toMatchObject([
      { kind: 'announcement', address: 'announcement newYear', part: 'title', before: '元旦假期办理安排' },
    ]);
  });
});
