import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compose } from '../../../engine/compose/index.ts';
import type { EditPlace } from '../../../engine/contract/edit.ts';
import {
  conditionChange,
  deadlineChange,
  removalChange,
  stepChanges,
  wordChange,
} from '../../../engine/edit/change.ts';
import { conditionText, operatorsOf, type Term } from '../../../engine/edit/condition.ts';
import { editable, placeIn } from '../../../engine/edit/index.ts';
import { parse } from '../../../engine/expressions/index.ts';
import { load } from '../../../engine/load.ts';
import type { Files } from '../../../engine/model/definition.ts';
import type { JsonObject } from '../../../engine/model/json.ts';
import { readBundle } from '../../../engine/read/bundle.ts';
import { line } from '../../../server/cli/check.ts';
import { withChange } from '../../../ui/studio/change-in-text.ts';
import { dataIn } from '../../../ui/studio/yaml-text.ts';
import { definitionFiles } from '../../support/definitions.ts';
import { runs } from '../../support/runs.ts';
import { baseFiles } from '../definitions.ts';

const north = 'workflows/projects/north.project.yaml';
const base = baseFiles();

const changedBy = (changes: { readonly [name: string]: JsonObject }, files: Files = base, file = north): Files => ({
  ...files,
  [file]: Object.entries(changes).reduce((text, [name, change]) => withChange(text, name, change), files[file]!),
});

const at = (address: string, files: Files = base): EditPlace => {
  const { place } = editable(files, 'north', address);
  expect(place, address).not.toBeNull();
  return place!;
};
const errorsOf = (files: Files) =>
  load(files, 'north')
    .issues.filter(({ severity }) => severity === 'error')
    .map(line);

function word(place: EditPlace, name: EditPlace['words'][number]['name']) {
  return place.words.find((one) => one.name === name)!;
}

describe('what a project may change at a state', () => {
  test('a word: what stands there, where it comes from, and the change that says another', () => {
    const label = word(at('main.work.ask'), 'label');
    expect(label).toMatchObject({ value: '草稿', change: null, can: { kind: 'set', set: 'main.work.ask.label' } });
    if (label.can.kind !== 'set') throw new Error('not settable');
    const files = changedBy({ mine: wordChange(label.can, '填写中') });
    expect(errorsOf(files)).toEqual([]);
    expect(word(at('main.work.ask', files), 'label')).toMatchObject({
      value: '填写中',
      change: 'mine',
      from: { file: north },
      can: { kind: 'within', change: 'mine', path: ['is'] },
    });
  });

  test('a word that is not said yet', () => {
    const title = word(at('main.work.review.first'), 'label');
    expect(title).toMatchObject({ from: null });
    if (title.can.kind !== 'set') throw new Error('not settable');
    const files = changedBy({ mine: wordChange(title.can, '核对中') });
    expect(errorsOf(files)).toEqual([]);
    expect(load(files, 'north').definition?.states['main.work.review.first']?.label).toBe('核对中');
    const wrong = changedBy({ mine: { ...wordChange(title.can, '核对中'), was: '00000000' } });
    expect(load(wrong, 'north').issues).toMatchObject([{ code: 'change-conflict', path: 'changes.mine' }]);
  });

  test('a delay, and what became of it', () => {
    const hold = at('main.work.fetch.hold').timers.find(({ delay }) => delay === '2 hours')!;
    expect(hold).toMatchObject({ kind: 'after', setting: null, said: { zh: '2 小时' } });
    if (hold.can.kind !== 'set') throw new Error('not settable');
    const files = changedBy({ slower: wordChange(hold.can, '5 hours') });
    expect(errorsOf(files)).toEqual([]);
    expect(at('main.work.fetch.hold', files).timers).toMatchObject([
      { delay: '5 hours', change: 'slower', can: { kind: 'within', change: 'slower', path: ['is'] } },
    ]);
    expect(at('main.work.fetch.code').timers.find(({ setting }) => setting === 'codeValid')).toBeDefined();
  });

  test('the button of a state: here alone, or wherever it is', () => {
    const button = (state: string, event: string, files?: Files) =>
      at(state, files).buttons.find((one) => one.event === event)!;
    const agree = button('main.work.review.second', 'AGREE');
    expect(agree).toMatchObject({ by: 'librarian', own: false, leads: null, here: { value: '同意', from: null } });
    expect(agree.also).toEqual(['审核中', '待取书']);
    if (agree.here.can.kind !== 'set' || agree.everywhere.can.kind !== 'set') throw new Error('not settable');
    const here = changedBy({ mine: wordChange(agree.here.can, '复核通过') });
    expect(errorsOf(here)).toEqual([]);
    expect(button('main.work.review.second', 'AGREE', here)).toMatchObject({
      ...{
        own: true,
        here: { value: '复核通过', change: 'mine', can: { kind: 'within', change: 'mine', path: ['is'] } },
      },
      everywhere: { value: '同意' },
    });
    expect(button('main.work.review.first', 'AGREE', here).here.value).toBe('同意');
    const all = changedBy({ mine: wordChange(agree.everywhere.can, '准许') });
    expect(errorsOf(all)).toEqual([]);
    for (const state of ['main.work.review.first', 'main.work.review.second'])
      expect(button(state, 'AGREE', all)).toMatchObject({
        ...{ own: false, here: { value: '准许' } },
        everywhere: { value: '准许', change: 'mine', can: { kind: 'within', change: 'mine', path: ['is'] } },
      });
    const one = changedBy({
      mine: { set: 'main.work.review.first.on.AGREE.second.title', was: agree.here.can.was, is: '同意并交复核' },
    });
    const rows = at('main.work.review.first', one).buttons.filter(({ event }) => event === 'AGREE');
    expect(rows.map(({ own, here: { value } }) => [own, value])).toEqual([
      [true, '同意并交复核'],
      [false, '同意'],
    ]);
    for (const { leads, here: said } of rows) {
      expect(leads).toBeTruthy();
      expect(said.can.kind).not.toBe('no');
    }
    // Events from outside and answers of a call are no buttons.
    expect(at('main.work.fetch.hold').buttons).toEqual([]);
  });

  test('what a state sends: its text, where else it is sent, and without it', () => {
    const of = (state: string, files?: Files) => at(state, files).notices;
    const [ready, ...others] = of('main.work.fetch.hold');
    expect(others).toEqual([]);
    expect(ready).toMatchObject({ id: 'ready', by: 'sms', when: [{ kind: 'way' }], also: [], text: { change: null } });
    const [overdue] = of('main.work.review');
    expect(overdue).toMatchObject({ id: 'overdue', by: 'desk', when: [{ kind: 'remind' }, { kind: 'remind' }] });
    if (ready!.text.can.kind !== 'set' || ready!.removal.kind !== 'remove') throw new Error('not settable');
    const files = changedBy({ mine: wordChange(ready!.text.can, '书到了') });
    expect(errorsOf(files)).toEqual([]);
    expect(of('main.work.fetch.hold', files)).toMatchObject([
      { text: { value: '书到了', change: 'mine', can: { kind: 'within', change: 'mine', path: ['is'] } } },
    ]);
    const silent = changedBy({ no: removalChange(ready!.removal) });
    expect(errorsOf(silent)).toEqual([]);
    expect(of('main.work.fetch.hold', silent)).toEqual([]);
  });

  test('a deadline more, what becomes of it, and why not', () => {
    const first = at('main.work.review.first');
    expect(first.deadline.can).toMatchObject({ kind: 'set', set: 'main.work.review.first' });
    const nexts = first.deadline.targets.filter(({ kind }) => kind === 'next');
    expect(nexts.map(({ address }) => address)).toEqual(['main.work.next']);
    for (const to of ['main.work.next', 'main.declined']) {
      const files = changedBy({ late: deadlineChange('main.work.review.first', '9 days', to) });
      expect(errorsOf(files)).toEqual([]);
      expect(at('main.work.review.first', files).timers).toContainEqual(
        expect.objectContaining({
          ...{ kind: 'after', delay: '9 days', change: 'late', can: { kind: 'within', change: 'late', path: ['add'] } },
          removal: { kind: 'takeBack', change: 'late' },
        }),
      );
      expect(at('main.work.review.first', files).ways.find(({ name }) => name === '9 days')).toMatchObject({
        to: to.endsWith('.next') ? { kind: 'next', address: 'main.work' } : { kind: 'state', address: to },
      });
    }
    expect(at('main.declined').deadline.can).toEqual({ kind: 'no', why: 'final' });
  });

  test('a further condition, on the branch that is meant', () => {
    const way = at('main.work.review.first').ways.find(({ address }) => address.endsWith('on.AGREE.second'))!;
    if (way.tighten.kind !== 'set') throw new Error('not tightened');
    const files = changedBy({ more: conditionChange(way.tighten, 'facts.agreed') });
    expect(errorsOf(files).filter((one) => one.includes('more'))).toEqual([]);
    const after = at('main.work.review.first', files).ways.find(({ address }) => address === way.address)!;
    expect(after).toMatchObject({
      tighten: { kind: 'within', change: 'more', path: ['and'] },
      tightened: { file: north },
      if: '(settings.twoPeople) && (facts.agreed)',
    });
  });

  test('a step of its own: who, how, and what when nobody does; all of it is changed where it is written', () => {
    const place = at('main.work.review.second');
    const way = place.ways.find(({ name }) => name === 'AGREE')!;
    const changes = stepChanges(place, way, {
      ...{ id: 'ring', title: '致电', by: 'librarian', forms: [], shows: ['request'] },
      event: { id: 'RING_DONE', title: '打过了' },
      deadline: { delay: '2 days', to: 'onward' },
    })!;
    const files = changedBy({ ring: changes.step, rung: changes.event });
    expect(errorsOf(files)).toEqual([]);
    const ring = at('main.work.review.ring', files);
    expect(ring).toMatchObject({ addedBy: 'ring', removal: { kind: 'takeBack', change: 'ring' } });
    expect(word(ring, 'by').can).toEqual({ kind: 'within', change: 'ring', path: ['is', 'task', 'by'] });
    expect(ring.timers[0]?.can).toEqual({ kind: 'within', change: 'ring', path: ['is', 'after', '2 days'] });
    expect(ring.ways.map(({ to }) => to)).toMatchObject(Array(2).fill({ kind: 'next', address: 'main.work' }));
  });

  test('a state away, its cases on at another or at what comes next; why not, where it cannot be', () => {
    const place = at('main.work.review');
    expect(place.targets[0]).toMatchObject({ address: 'main.work.next', kind: 'next', near: true });
    if (place.removal.kind !== 'remove') throw new Error('not removable');
    const files = changedBy({ no: removalChange(place.removal, 'main.work.next') });
    const { composition, issues } = compose(readBundle(files), 'north');
    expect(issues.filter(({ path }) => path?.startsWith('changes.'))).toEqual([]);
    const { states } = composition!.composed.chart;
    expect(states['main.work.review']).toBeUndefined();
    expect(states['main.work']?.obligations.map(({ id }) => id)).not.toContain('agreement');
    expect(at('main.work.review', files)).toMatchObject({
      gone: { by: 'change', change: 'no' },
      removal: { kind: 'no', why: 'gone' },
    });
    expect(at('main').removal).toEqual({ kind: 'no', why: 'region' });
    const last = changedBy({ no: { ...removalChange(place.removal, 'main.nowhere.next') } });
    expect(load(last, 'north').issues).toMatchObject([{ code: 'change-address', path: 'changes.no' }]);
  });

  test('nothing where the state is unknown or the files do not compose', () => {
    expect(editable(base, 'north', 'main.nowhere').place).toBeNull();
    expect(editable({ ...base, [north]: 'project: [' }, 'north', 'main')).toEqual({ place: null, choices: null });
  });
});

describe('conditions that are chosen from lists', () => {
  const { choices } = editable(base, 'north', 'main');

  test('are CEL that can be read, whatever is chosen', () => {
    const term = fc.constantFrom(...choices!.subjects).chain((subject) =>
      fc.record({
        path: fc.constant(subject.path),
        is: fc.constantFrom(...operatorsOf(subject)),
        value: subject.type === 'boolean' ? fc.boolean() : subject.type === 'number' ? fc.integer() : fc.string(),
      }),
    );
    fc.assert(
      fc.property(fc.array(term, { minLength: 1, maxLength: 4 }), fc.constantFrom('all', 'any'), (terms, joined) => {
        const text = conditionText(terms as Term[], choices!.subjects, joined as 'all' | 'any');
        expect(parse(text).kind, text).toBe('parsed');
      }),
      runs(200),
    );
  });

  test('ask first whether it is there', () => {
    const subject = { title: '', group: 'forms', of: null, type: 'text', choices: [] } as const;
    const subjects = [
      { ...subject, path: 'a.b', optional: true },
      { ...subject, path: 'a.c', optional: false },
    ];
    const text = (terms: Term[], joined: 'all' | 'any' = 'all') => conditionText(terms, subjects, joined);
    expect(text([{ path: 'a.c', is: 'equal', value: "it's" }])).toBe("a.c == 'it\\'s'");
    expect(text([{ path: 'a.b', is: 'equal', value: 'x' }])).toBe("has(a.b) && a.b == 'x'");
    expect(text([{ path: 'a.b', is: 'other', value: 'x' }])).toBe("!has(a.b) || a.b != 'x'");
    expect(
      text([
        { path: 'a.b', is: 'other', value: 'x' },
        { path: 'a.c', is: 'equal', value: 'y' },
      ]),
    ).toBe("(!has(a.b) || a.b != 'x') && a.c == 'y'");
  });
});

describe('over every state of every project', () => {
  const files = definitionFiles();

  test('a reminder of which a setting says several times is said with all of them', () => {
    const { composition } = compose(readBundle(files), 'szmg');
    const { timers } = placeIn(composition!, 'main.work.rejected')!;
    expect(timers.find(({ kind }) => kind === 'remind')).toMatchObject({
      ...{ setting: 'correctionReminders', said: { zh: '3 天、14 天、27 天', en: '3 days, 14 days, 27 days' } },
    });
  });

  const projects = Object.keys(files).flatMap((path) => /projects\/(.+)\.project\.yaml$/.exec(path)?.[1] ?? []);

  test('what is proposed is written against what stands there; the text stays readable', () => {
    const addressesOf = (project: string) => {
      const { composition } = compose(readBundle(files), project);
      return Object.keys(composition!.drawn.chart.states).filter((address) => address !== '');
    };
    const known = new Map(projects.map((project) => [project, addressesOf(project)]));
    const kinds = new Set<string>();
    fc.assert(
      fc.property(fc.constantFrom(...projects), fc.nat(), fc.nat(), (project, which, choice) => {
        const addresses = known.get(project)!;
        const address = addresses[which % addresses.length]!;
        const { composition } = compose(readBundle(files), project);
        const place = placeIn(composition!, address)!;
        const options = proposals(place);
        if (options.length === 0) return;
        const [kind, changes] = options[choice % options.length]!;
        kinds.add(kind);
        const path = `workflows/projects/${project}.project.yaml`;
        const after = changedBy(changes, files, path);
        expect(dataIn(after[path]!)).not.toBeNull();
        expect(after[path]!.startsWith(files[path]!.slice(0, files[path]!.indexOf('number:')))).toBe(true);
        const { issues } = compose(readBundle(after), project);
        // The change itself is sound; what else it does to the process is told with its place.
        const own = issues.filter(
          ({ path: at }) => at !== undefined && Object.keys(changes).some((n) => at === `changes.${n}`),
        );
        expect(own.map(line), `${project} ${address} ${kind}`).toEqual([]);
        for (const issue of issues) expect(issue.line, line(issue)).toBeGreaterThan(0);
      }),
      runs(60),
    );
    expect(kinds.size).toBeGreaterThan(2);
  }, 240_000);
});

/** Every change that is offered at a place, each with something sensible filled in. */
function proposals(place: EditPlace): (readonly [string, { readonly [name: string]: JsonObject }])[] {
  const one = (kind: string, change: JsonObject) => [kind, { proposedHere: change }] as const;
  return [
    ...place.words.flatMap(({ name, value, can }) =>
      can.kind !== 'set' || name === 'stage' || name === 'look' || name === 'task.content'
        ? []
        : [one(name, wordChange(can, Array.isArray(value) ? [] : name === 'promise' ? '3 days' : '别的说法'))],
    ),
    ...place.timers.flatMap(({ can }) => (can.kind === 'set' ? [one('delay', wordChange(can, '77 days'))] : [])),
    ...place.buttons.flatMap(({ here, everywhere }) =>
      [here, everywhere].flatMap(({ can }) => (can.kind === 'set' ? [one('button', wordChange(can, '别的说法'))] : [])),
    ),
    ...place.notices.flatMap(({ text, removal }) => [
      ...(text.can.kind === 'set' ? [one('notice', wordChange(text.can, '别的说法'))] : []),
      ...(removal.kind === 'remove' ? [one('no notice', removalChange(removal))] : []),
    ]),
    ...(place.deadline.can.kind === 'set' && place.deadline.targets[0] !== undefined
      ? [one('deadline', deadlineChange(place.deadline.can.set, '78 days', place.deadline.targets[0].address))]
      : []),
    ...place.timers.flatMap(({ removal }) =>
      removal.kind === 'remove' ? [one('no timer', removalChange(removal))] : [],
    ),
    ...place.ways.flatMap(({ tighten }) =>
      tighten.kind === 'set' ? [one('tighten', conditionChange(tighten, 'true'))] : [],
    ),
    ...place.ways.flatMap(({ removal }) => (removal.kind === 'remove' ? [one('no way', removalChange(removal))] : [])),
    ...place.ways.flatMap((way) => {
      const changes = stepChanges(place, way, {
        ...{ id: 'stepOfTest', title: '新的一步', by: 'operations', forms: [], shows: [] },
        event: { id: 'STEP_OF_TEST', title: '完成' },
        deadline: null,
      });
      return changes === null ? [] : [['step', { proposedHere: changes.step, proposedDone: changes.event }] as const];
    }),
    ...(place.removal.kind === 'remove' && place.targets[0] !== undefined
      ? [one('no state', removalChange(place.removal, place.targets[0].address))]
      : []),
  ];
}
