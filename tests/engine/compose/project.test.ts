import { describe, expect, test } from 'vitest';
import { load } from '../../../engine/load.ts';
import type { Definition, Files } from '../../../engine/model/definition.ts';
import { shortHash } from '../../../engine/read/index.ts';
import { line } from '../../../server/cli/check.ts';
import { baseFiles, changed } from '../definitions.ts';

const workflow = 'workflows/book-loan.workflow.yaml';
const north = 'workflows/projects/north.project.yaml';

function loaded(files: Files, project = 'north'): Definition {
  const { definition, issues } = load(files, project);
  expect(issues.map(line)).toEqual([]);
  return definition!;
}

/** The project north with these lines behind its number. */
const withLines = (...lines: string[]) => changed(north, 'number: "901"', ['number: "901"', ...lines].join('\n'));

describe('settings', () => {
  test('are the defaults overlaid by the project', () => {
    expect(loaded(baseFiles(), 'south').settings).toMatchObject({
      twoPeople: false,
      draftTtl: '10 days',
      codeTries: 5,
    });
  });

  test('a setting that is off takes its branch, its state and its button away', () => {
    const whole = loaded(baseFiles(), 'north');
    const small = loaded(baseFiles(), 'south');
    expect(Object.keys(whole.removed)).toEqual([]);
    expect(Object.keys(small.removed)).toEqual(['main.work.review.second']);
    expect(small.states['main.work.review.first']!.edges.filter((edge) => edge.name === 'AGREE')).toHaveLength(1);
    expect(small.removedEdges.map((edge) => `${edge.from} ${edge.name} ${edge.to}`)).toContain(
      'main.work.review.first AGREE main.work.review.second',
    );
  });

  test('what only a removed state leads to goes with it, round after round', () => {
    const files = changed(
      workflow,
      'second:\n                task: { by: librarian, not: [first], shows: [request, last.decisions] }\n                on: { AGREE: { sign: second, prove: agreed, to: next }',
      'second:\n                task: { by: librarian, not: [first], shows: [request, last.decisions] }\n                on: { AGREE: { sign: second, to: third }',
      changed(
        workflow,
        '          fetch:\n            label',
        '              third: { task: { by: librarian }, on: { AGREE: { prove: agreed, to: next } } }\n          fetch:\n            label',
        changed(
          workflow,
          'quiet: { follow: { PAUSE: noted } }',
          "quiet: { when: { if: at('main.work.review.third'), to: noted }, follow: { PAUSE: far } }\n      far: { follow: { RESUME: quiet } }",
        ),
      ),
    );
    expect(Object.keys(loaded(files, 'south').removed)).toEqual([
      'main.work.review.second',
      'main.work.review.third',
      'desk.noted',
    ]);
    expect(loaded(files, 'south').chart.states['desk.quiet']!.when).toBeNull();
  });

  test('a button that nothing leads any more is not declared any more', () => {
    const files = changed(workflow, 'on: { PAUSE: paused }', 'on: { PAUSE: { if: settings.twoPeople, to: paused } }');
    expect('PAUSE' in loaded(files, 'north').declared.events).toBe(true);
    const south = loaded(files, 'south');
    expect('PAUSE' in south.declared.events).toBe(false);
    // Its follower cannot move without it.
    expect(south.chart.states['desk.quiet']!.follow).toEqual({});
    expect(Object.keys(south.removed)).toContain('desk.noted');
  });

  test('delays, shares and prices are worked in', () => {
    const north = loaded(baseFiles(), 'north');
    expect(north.chart.states['main.work.ask']!.after[0]!.duration).toEqual({ kind: 'elapsed', ms: 30 * 86_400_000 });
    expect(north.chart.states['main.work.review']!.remind.map((one) => [one.key, one.duration])).toEqual([
      ['settings.reviewSla', { kind: 'working', days: 2 }],
      ['200% of settings.reviewSla', { kind: 'working', days: 4 }],
    ]);
  });
});

describe('fragments', () => {
  const north = loaded(baseFiles());

  test('stand under the id of their host, with its words', () => {
    expect(north.states['main.work.identity']).toMatchObject({ title: '身份核验', label: '核验中', kind: 'compound' });
    expect(north.states['main.work.identity.ask']!.call).toEqual({ connector: 'registry', operation: 'verify' });
  });

  test('an exit is a transition of the host: names are looked up from there, words come after their own', () => {
    const match = north.chart.states['main.work.identity.ask']!.outcomes.MATCH!;
    expect(match.branches).toMatchObject([
      { to: { kind: 'next', address: 'main.work' }, words: { prove: ['identified'] } },
    ]);
    const again = north.chart.states['main.work.identity.wrong']!.on.AGAIN!;
    expect(again.branches[1]!.to).toEqual({ kind: 'state', address: 'main.work.ask.fill', again: false });
    expect(north.chart.states['main.work.identity']!.after[0]!.transition.branches[0]!.to).toMatchObject({
      address: 'main.expired',
    });
  });

  test('an exit with conditions becomes one branch for each of them', () => {
    const files = changed(
      workflow,
      'exits: { ok: next,',
      'exits: { ok: [{ if: facts.agreed, count: reservations, to: fetch }, { to: next }],',
    );
    const branches = loaded(files).chart.states['main.work.identity.ask']!.outcomes.MATCH!.branches;
    expect(branches.map((branch) => [branch.if, branch.to, branch.words.prove, branch.words.count])).toEqual([
      ['facts.agreed', { kind: 'state', address: 'main.work.fetch', again: false }, ['identified'], ['reservations']],
      [null, { kind: 'next', address: 'main.work' }, ['identified'], []],
    ]);
  });

  test('bring their forms, events and secrets along, each with its own place', () => {
    expect(Object.keys(north.forms)).toContain('reader');
    expect(north.declared.events.AGAIN).toMatchObject({ title: '再试一次', by: 'reader', saves: 'nothing' });
    expect(north.origins['events.AGAIN']).toMatchObject({ file: 'workflows/fragments/identity-check.fragment.yaml' });
    expect(north.origins['main.work.identity.wrong.on.AGAIN']!.file).toContain('identity-check');
  });
});

describe('changes', () => {
  test('set: another word for the same thing', () => {
    const files = withLines(
      'changes:',
      `  words: { set: main.work.ask.label, was: "${shortHash('草稿')}", is: 填写中 }`,
    );
    const definition = loaded(files);
    expect(definition.states['main.work.ask.fill']!.label).toBe('填写中');
    expect(definition.origins['main.work.ask.label']!.file).toBe(north);
  });

  test('set: another delay at the same place', () => {
    const was = shortHash('2 hours');
    const files = withLines(
      'changes:',
      `  slower: { set: main.work.fetch.hold.after.2 hours, was: "${was}", is: 5 hours }`,
    );
    expect(loaded(files).chart.states['main.work.fetch.hold']!.after).toMatchObject([
      {
        key: '5 hours',
        duration: { ms: 5 * 3_600_000 },
        transition: { branches: [{ to: { address: 'main.work.fetch.retry' } }] },
      },
    ]);
  });

  test('set: a row of a table', () => {
    const files = withLines('changes:', `  price: { set: tables.fee.is.journal, was: "${shortHash(200)}", is: 300 }`);
    expect(loaded(files).declared.tables.fee!.is).toEqual({ book: 0, journal: 300, rare: 5000 });
  });

  test('tighten: every branch asks more, refusals stay', () => {
    const was = shortHash([
      { if: "request.kind == 'rare' && !settings.lendRare", refuse: '本馆不外借善本' },
      { to: 'next' },
    ]);
    const files = withLines(
      'changes:',
      `  more: { tighten: main.work.ask.fill.on.NEXT, was: "${was}", and: has(request.title) }`,
    );
    const branches = loaded(files, 'north').chart.states['main.work.ask.fill']!.on.NEXT!.branches;
    // lendRare is on: the refusal is folded away.
    expect(branches.map((branch) => branch.if)).toEqual(['has(request.title)']);
  });

  test('add: a state stands on a transition; words stay on the first half, onward is where it went', () => {
    const was = shortHash({ sign: 'second', prove: 'agreed', to: 'next' });
    const files = withLines(
      'changes:',
      `  stamp: { add: main.work.stamp, on: main.work.review.second.on.AGREE, was: "${was}", is: { label: 盖章中, task: { by: librarian }, on: { AGREE: onward, DECLINE: declined } } }`,
    );
    const { chart } = loaded(files);
    expect(chart.states['main.work.review.second']!.on.AGREE!.branches).toMatchObject([
      { to: { kind: 'state', address: 'main.work.stamp' }, words: { sign: ['second'], prove: ['agreed'] } },
    ]);
    expect(chart.states['main.work.stamp']!.on.AGREE!.branches).toMatchObject([
      { to: { kind: 'next', address: 'main.work' }, words: { prove: [] } },
    ]);
    expect(chart.states['main.work.stamp']!.on.DECLINE!.branches[0]!.to).toMatchObject({ address: 'main.declined' });
  });

  test('add: a branch of a list is named by its target', () => {
    const was = shortHash({ if: 'settings.twoPeople', sign: 'first', record: 'decisions', to: 'second' });
    const files = withLines(
      'changes:',
      `  stamp: { add: main.work.review.stamp, on: main.work.review.first.on.AGREE.second, was: "${was}", is: { task: { by: librarian }, on: { AGREE: onward } } }`,
    );
    const { chart } = loaded(files);
    const targets = chart.states['main.work.review.first']!.on.AGREE!.branches.map((branch) => branch.to);
    expect(targets).toMatchObject([{ address: 'main.work.review.stamp' }]);
    expect(chart.states['main.work.review.stamp']!.on.AGREE!.branches[0]!.to).toMatchObject({
      address: 'main.work.review.second',
    });
  });

  test('add: a new notice, and a law', () => {
    const files = withLines(
      'laws: { later: { title: 先核验, at: main.work.fetch, must: facts.agreed } }',
      'changes:',
      '  note: { add: facts.stamped, is: { title: 已盖章 } }',
    );
    const { definition, issues } = load(files, 'north');
    // A fact that nobody proves is worth a warning and no more.
    expect(issues.map((issue) => [issue.code, issue.severity, issue.file])).toEqual([['never-used', 'warning', north]]);
    expect(definition!.declared.laws.later).toMatchObject({ at: ['main.work.fetch'] });
    expect(definition!.declared.facts.stamped).toEqual({ title: '已盖章', about: [] });
  });

  test('remove: whoever went there goes to the other', () => {
    const state = { task: { by: 'librarian' }, on: { AGREE: 'hold', DECLINE: 'declined', RESERVED_LATE: 'code' } };
    const files = withLines(
      'changes:',
      `  one: { remove: main.work.fetch.noBook, was: "${shortHash(state)}", reconnect: main.declined }`,
    );
    const { chart, removed } = loaded(files);
    expect(chart.states['main.work.fetch.retry']!.when!.branches.map((branch) => branch.to)).toMatchObject([
      { address: 'main.work.fetch.hold' },
      { address: 'main.declined' },
    ]);
    expect(Object.keys(removed)).toEqual(['main.work.fetch.noBook']);
  });

  test('remove: what only the removed state proved is missed', () => {
    const state = {
      task: { by: 'librarian', not: ['first'], shows: ['request', 'last.decisions'] },
      on: {
        AGREE: { sign: 'second', prove: 'agreed', to: 'next' },
        DECLINE: { record: 'decisions', to: 'declined' },
      },
    };
    const was = shortHash(state);
    const files = withLines(
      'changes:',
      `  one: { remove: main.work.review.second, was: "${was}", reconnect: main.work.fetch }`,
    );
    const { definition, issues } = load(files, 'north');
    expect(definition).toBeNull();
    expect(issues.filter((issue) => issue.severity === 'error')).toMatchObject([
      { code: 'fact-never-proven', path: 'main.work.obligations.agreement' },
    ]);
  });

  test('remove: an event goes from every state that hears it', () => {
    const was = shortHash({ title: '暂停', by: 'librarian' });
    const files = withLines('changes:', `  one: { remove: events.PAUSE, was: "${was}" }`);
    const { definition, issues } = load(files, 'north');
    expect(issues.filter((issue) => issue.severity === 'error').map((issue) => issue.code)).toEqual([
      'change-strands',
      'change-strands',
    ]);
    expect(definition).toBeNull();
  });

  test('a changed base is a conflict, never a silent apply', () => {
    const files = changed(
      workflow,
      'label: 草稿\n',
      'label: 起草\n',
      withLines('changes:', `  words: { set: main.work.ask.label, was: "${shortHash('草稿')}", is: 填写中 }`),
    );
    const { definition, issues } = load(files, 'north');
    expect(definition).toBeNull();
    expect(issues).toMatchObject([{ code: 'change-conflict', file: north, proposal: shortHash('起草') }]);
  });
});

describe('hash', () => {
  test('is of the content, not of layout, comments or order of keys', () => {
    const one = loaded(baseFiles());
    const commented = changed(north, 'language: 2\n', '# a remark\nlanguage: 2\n\n');
    const reordered = changed(north, 'project: north\ntitle: 北馆\n', 'title: 北馆\nproject: north\n');
    expect(loaded(commented).hash).toBe(one.hash);
    expect(loaded(reordered).hash).toBe(one.hash);
    expect(one.hash).toMatch(/^[0-9a-f]{64}$/);
  });

  test('moves with every file that is used and with no other', () => {
    const one = loaded(baseFiles()).hash;
    expect(loaded(changed('forms/request.form.json', '书名', '题名')).hash).not.toBe(one);
    expect(loaded(changed('workflows/content/agreements.zh-CN.yaml', '请按时', '按时')).hash).not.toBe(one);
    expect(loaded(changed('workflows/projects/south.project.yaml', '南馆', '城南馆')).hash).toBe(one);
    expect(loaded(changed('workflows/scenarios/north/happy.scenario.yaml', '顺利', '一次')).hash).toBe(one);
  });
});

describe('targets', () => {
  test('mean the nearest state of that name outwards', () => {
    const { chart } = loaded(baseFiles());
    const to = (address: string, event: string) =>
      chart.states[address]!.on[event]!.branches.map((branch) => branch.to);
    expect(to('main.work.ask.fill', 'BACK')).toEqual([{ kind: 'state', address: 'main.work.ask.rules', again: false }]);
    expect(to('main.paused', 'RESUME')).toEqual([{ kind: 'back', address: 'main.work' }]);
    expect(to('main.work.review.first', 'DECLINE')).toEqual([
      { kind: 'state', address: 'main.declined', again: false },
    ]);
  });

  test('a state that goes to itself or outwards is entered again', () => {
    const files = changed(workflow, 'BACK: rules', 'BACK: fill');
    expect(loaded(files).chart.states['main.work.ask.fill']!.on.BACK!.branches[0]!.to).toEqual({
      kind: 'state',
      address: 'main.work.ask.fill',
      again: true,
    });
  });
});
