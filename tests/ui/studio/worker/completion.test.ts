import { describe, expect, test } from 'vitest';
import { Checker } from '../../../../ui/studio/worker/checker.ts';
import { proposalsAt } from '../../../../ui/studio/worker/completion.ts';
import { explainedAt } from '../../../../ui/studio/worker/hover.ts';
import { settingsOnly, type Vocabulary } from '../../../../ui/studio/worker/vocabulary.ts';
import { keys, meaningOf } from '../../../../ui/studio/worker/words.ts';
import { placeAt } from '../../../../ui/studio/worker/yaml-place.ts';
import { definitionFiles } from '../../../support/definitions.ts';

const files = definitionFiles();
const own = files['workflows/projects/szmg.project.yaml'] ?? '';
const checker = new Checker('szmg', files);

function known(): Vocabulary {
  const first = new Checker('szmg', files);
  first.issues(own);
  const { vocabulary } = first.rest();
  if (vocabulary === null) throw new Error('nothing is known');
  return vocabulary;
}
const vocabulary = known();

/** Labels that are proposed at `|`. */
function proposed(text: string, of = vocabulary): readonly string[] {
  const offset = text.indexOf('|');
  const found = proposalsAt(text.replace('|', ''), offset, of);
  return found?.options.map(({ label }) => label) ?? [];
}

describe('where somebody stands', () => {
  const at = (text: string) => {
    const offset = text.indexOf('|');
    const { path, at, word } = placeAt(text.replace('|', ''), offset);
    return `${at} ${path.join('.')}/${word}`;
  };
  test.each([
    ['|', 'key /'],
    ['tit|', 'key /tit'],
    ['title: x|', 'value title/x'],
    ['settings:\n  a|', 'key settings/a'],
    ['settings:\n  |', 'key settings/'],
    ['settings:\n  a: b\n|', 'key /'],
    ['settings: { a: tr|', 'value settings.a/tr'],
    ['settings: { a: true, b|', 'key settings/b'],
    ['settings: {\n  a: true,\n  b|', 'key settings/b'],
    ['settings:\n  a: [x, y|', 'value settings.a/y'],
    ['settings:\n  - a: { b: c }\n    d|', 'key settings/d'],
    ['changes:\n  one: { set: main.work|', 'value changes.one.set/main.work'],
    ['changes:\n  one:\n    set: main.w|', 'value changes.one.set/main.w'],
    ['text: |-\n  one: two\n  thr|'.replace('|-', '>-'), 'value text/'],
    ["a: 'it: {' # { b\nc|", 'key /c'],
    ['a: "{ b: |', 'value a/{ b: '],
    ["settings: { a: 'x, y', b|", 'key settings/b'],
  ])('%s', (text, expected) => {
    expect(at(text)).toBe(expected);
  });

  test('of any beginning of a project it says something', () => {
    for (let offset = 0; offset <= own.length; offset += 1) {
      const place = placeAt(own, offset);
      expect(place.from).toBeLessThanOrEqual(offset);
      expect(place.from).toBeGreaterThanOrEqual(0);
    }
  });
});

describe('what is proposed', () => {
  test('words of the language, with what they mean', () => {
    expect(proposed('|')).toEqual(expect.arrayContaining(['title', 'settings', 'changes', 'laws']));
    expect(proposed('changes:\n  one: { |')).toEqual(
      expect.arrayContaining(['set', 'tighten', 'add', 'remove', 'was']),
    );
    expect(proposed('laws:\n  one:\n    |')).toEqual(expect.arrayContaining(['title', 'at', 'offers', 'must']));
    expect(proposed('changes:\n  |')).toEqual([]);
  });

  test('settings by name, and what each may be', () => {
    expect(proposed('settings:\n  leg|')).toContain('legalRepAuth');
    expect(proposed('settings:\n  legalRepAuth: |')).toEqual(['true', 'false']);
    expect(proposed('settings:\n  paymentModes: [|')).toEqual(['online', 'remittance']);
    expect(proposed('settings: { prices: { |')).toContain('organization');
  });

  test('addresses part by part, then what stands below', () => {
    expect(proposed('changes:\n  one: { set: |')).toContain('main');
    const below = proposed('changes:\n  one: { set: main.work.|');
    expect(below).toEqual(expect.arrayContaining(['organization', 'payment', 'review']));
    expect(below.some((label) => label.includes('.'))).toBe(false);
  });

  test('forms, events, facts by where they stand; names in a condition', () => {
    expect(proposed('laws:\n  one: { offers: |')).toContain('LEGAL_REP');
    expect(proposed('changes:\n  one: { set: main, is: { task: { forms: [|')).toContain('agent');
    expect(proposed('changes:\n  one: { is: { on: { |')).toContain('NEXT');
    const condition = proposed('laws:\n  one: { must: facts.paid && set|');
    expect(condition).toEqual(expect.arrayContaining(['settings.legalRepAuth', 'facts.paid']));
    expect(proposed('laws:\n  one: { at: |')).toContain('main.work.review');
    expect(proposed('extends: |')).toContain('certificate-new');
  });

  test('before anything was checked, the settings', () => {
    const first = settingsOnly(vocabulary.settingsSchema);
    expect(proposed('settings:\n  |', first)).toContain('legalRepAuth');
    expect(proposed('changes:\n  one: { set: |', first)).toEqual([]);
  });
});

describe('what is explained', () => {
  const explained = (text: string, of = vocabulary) => {
    const offset = text.indexOf('|');
    return explainedAt(text.replace('|', ''), offset, of);
  };
  test('a setting: its title, what the process says, where it is given', () => {
    const found = explained('settings:\n  legalRep|Auth: true');
    expect(found?.title).toMatch(/法人/);
    expect(found?.usual).toBe('true');
    expect(found?.origin?.file).toContain('settings.json');
  });
  test('a word of the language, a state, an event, a value; nothing that is not known', () => {
    expect(explained('chan|ges: {}')?.meaning).toBe(meaningOf('changes'));
    const state = explained('changes:\n  one: { set: main.work.rev|iew }');
    expect(state?.origin?.file).toContain('certificate-new.workflow.yaml');
    expect(explained('laws:\n  one: { offers: LEGAL|_REP }')?.title).toBe('法人认证');
    expect(explained('settings:\n  feeCollection: onl|ine')?.title).not.toBe('online');
    expect(explained('settings:\n  no|thing: 1')).toBeNull();
    expect(explained('changes:\n  wor|ding: { set: main }')).toBeNull();
  });
});

test('no word of a project is without a meaning in either language', () => {
  for (const word of Object.values(keys).flat()) {
    expect(meaningOf(word), word).toMatch(/\S/);
    expect(meaningOf(word), word).not.toBe(word);
  }
});

describe('what the worker checks', () => {
  test('is what the command line checks', async () => {
    const { load } = await import('../../../../engine/load.ts');
    const path = 'workflows/projects/szmg.project.yaml';
    for (const text of [own, own.replace('settings:', 'setings:'), '{', `${own}  legalRepAuth: maybe\n`, '']) {
      const { issues } = load({ ...files, [path]: text }, 'szmg');
      expect(checker.issues(text)).toEqual(issues);
    }
  });

  test('knows the names of the kept text before one of the page has composed, and tells them once', () => {
    const one = new Checker('szmg', files);
    one.issues(`${own}laws: { own: { offers: LEG`);
    const told = one.rest();
    expect(told.diagram).toBeNull();
    expect(told.vocabulary).toEqual(vocabulary);
    one.issues(`${own}laws: { own: { offers: LEGA`);
    expect(one.rest().vocabulary).toBeNull();
    one.issues(own);
    expect(one.rest()).toMatchObject({ diagram: { nodes: expect.anything() }, vocabulary: null });
  });

  test('tells picture and names once, and again when they are others', () => {
    const one = new Checker('szmg', files);
    one.issues(own);
    expect(one.rest().diagram?.nodes.length).toBeGreaterThan(20);
    one.issues(`${own}# a remark\n`);
    expect(one.rest()).toEqual({ diagram: null, settings: null, vocabulary: null });
    one.issues(`${own}  legalRepAuth: false\n`);
    const { diagram, settings } = one.rest();
    expect(diagram?.nodes.some(({ removed, id }) => removed && id.includes('legalRep'))).toBe(true);
    expect(settings).toMatchObject({ legalRepAuth: false });
    one.issues('{');
    expect(one.rest().diagram).toBeNull();
  });
});
