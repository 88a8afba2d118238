import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { load } from '../../../engine/load.ts';
import type { Definition, Files } from '../../../engine/model/definition.ts';
import { plain, readText, shortHash } from '../../../engine/read/index.ts';
import { line } from '../../../server/cli/check.ts';
import { runs } from '../../support/runs.ts';
import { baseFiles, changed } from '../definitions.ts';

const workflow = 'workflows/book-loan.workflow.yaml';
const fragment = 'workflows/fragments/identity-check.fragment.yaml';
const north = 'workflows/projects/north.project.yaml';

const withLines = (files: Files, ...lines: string[]) =>
  changed(north, 'number: "901"', ['number: "901"', ...lines].join('\n'), files);

function loaded(files: Files): Definition {
  const { definition, issues } = load(files, 'north');
  expect(issues.filter((issue) => issue.severity === 'error').map(line)).toEqual([]);
  return definition!;
}

/** One sound change of each kind: its line with a hash, and what it was written against. */
const changes = [
  { name: 'words', line: 'set: main.work.ask.label, was: "#", is: 填写中', base: '草稿' },
  { name: 'price', line: 'set: tables.fee.is.journal, was: "#", is: 300', base: 200 },
  { name: 'slower', line: 'set: main.work.fetch.hold.after.2 hours, was: "#", is: 5 hours', base: '2 hours' },
  { name: 'more', line: 'tighten: main.work.on.PAUSE, was: "#", and: facts.agreed', base: 'paused' },
  {
    name: 'sure',
    line: 'tighten: main.paused.on.RESUME, was: "#", and: facts.agreed || !facts.agreed',
    base: 'work.back',
  },
  {
    name: 'stamp',
    line: 'add: main.work.stamp, on: main.work.review.second.on.AGREE, was: "#", is: { task: { by: librarian }, on: { AGREE: onward } }',
    base: { sign: 'second', prove: 'agreed', to: 'next' },
  },
  { name: 'quiet', line: 'remove: main.work.review.remind.settings.reviewSla, was: "#"', base: 'overdue' },
];

const written = (change: (typeof changes)[number], hash = shortHash(change.base)) =>
  `  ${change.name}: { ${change.line.replace('#', hash)} }`;

describe('changes of a project', () => {
  test('that touch different things apply in whatever order they are written, to the same chart', () => {
    const chartOf = (some: typeof changes) => {
      const { chart, declared } = loaded(withLines(baseFiles(), 'changes:', ...some.map((change) => written(change))));
      return JSON.parse(JSON.stringify({ chart, declared }, (key, value) => (key === 'origin' ? undefined : value)));
    };
    fc.assert(
      fc.property(fc.shuffledSubarray(changes, { minLength: 2 }), (some) => {
        expect(chartOf(some)).toEqual(chartOf(changes.filter((change) => some.includes(change))));
      }),
      runs(5),
    );
  });

  test('a hash of anything else is a conflict at its place, with the hash of now; nothing is applied', () => {
    const hex = fc.array(fc.constantFrom(...'0123456789abcdef'), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(fc.constantFrom(...changes), hex, (change, digits) => {
        const hash = digits.join('');
        fc.pre(hash !== shortHash(change.base));
        const { definition, issues } = load(withLines(baseFiles(), 'changes:', written(change, hash)), 'north');
        expect(definition).toBeNull();
        expect(issues).toMatchObject([
          {
            code: 'change-conflict',
            file: north,
            line: 7,
            path: `changes.${change.name}`,
            proposal: shortHash(change.base),
          },
        ]);
      }),
      runs(6),
    );
  });

  test('tighten only takes away: what a case may do after it, it could do before', () => {
    const before = loaded(baseFiles()).chart.states;
    const conditions = fc.constantFrom(
      'facts.agreed',
      '!facts.collected',
      'has(request.title)',
      'counters.reservations < 2',
    );
    const transitions: readonly (readonly [address: string, event: string, base: unknown])[] = [
      ['main.work', 'PAUSE', 'paused'],
      ['main.paused', 'RESUME', 'work.back'],
      ['main.work.review.second', 'DECLINE', { record: 'decisions', to: 'declined' }],
    ];
    fc.assert(
      fc.property(fc.constantFrom(...transitions), conditions, ([address, event, base], and) => {
        const change = `  more: { tighten: ${address}.on.${event}, was: "${shortHash(base as never)}", and: "${and}" }`;
        const after = loaded(withLines(baseFiles(), 'changes:', change)).chart.states;
        const was = before[address]!.on[event]!.branches;
        const now = after[address]!.on[event]!.branches;
        expect(now.map((branch) => [branch.to, branch.words])).toEqual(was.map((branch) => [branch.to, branch.words]));
        for (const [index, branch] of now.entries())
          expect(branch.if).toBe(was[index]!.if === null ? and : `(${was[index]!.if}) && (${and})`);
      }),
      runs(5),
    );
  });
});

describe('laws', () => {
  test('of the base are all there, whatever the project says', () => {
    const base = Object.keys(loaded(baseFiles()).declared.laws);
    const added = withLines(
      baseFiles(),
      'laws: { never: { title: 不提供, offers: PAUSE, must: facts.agreed || true } }',
    );
    expect(Object.keys(loaded(added).declared.laws)).toEqual([...base, 'never']);
    for (const law of base) {
      const rewriting = withLines(baseFiles(), `laws: { ${law}: { title: 别的, at: case, must: "true" } }`);
      expect(load(rewriting, 'north').issues.map((issue) => issue.code)).toContain('law-exists');
      const removing = withLines(baseFiles(), 'changes:', `  gone: { remove: laws.${law}, was: "00000000" }`);
      expect(load(removing, 'north').definition).toBeNull();
    }
  });
});

describe('provenance', () => {
  /** Leaves of a file as it reads, by their place. */
  function leavesAt(files: Files, file: string): ReadonlyMap<string, unknown> {
    const out = new Map<string, unknown>();
    const visit = (node: NonNullable<ReturnType<typeof readText>['node']>): void => {
      if (node.kind === 'map') for (const entry of node.entries.values()) visit(entry.value);
      else if (node.kind === 'list') for (const item of node.items) visit(item);
      else out.set(`${node.origin.line}`, [out.get(`${node.origin.line}`) ?? [], plain(node)].flat());
    };
    visit(readText(file, files[file]!).node!);
    return out;
  }

  test('every leaf of the effective workflow names the file and line where its value stands', () => {
    const files = withLines(
      baseFiles(),
      'settings: { codeTries: 3 }',
      'changes:',
      ...changes.map((change) => written(change)),
    );
    const { origins } = loaded(files);
    const known = new Set([workflow, fragment, north, 'workflows/book-loan.settings.json']);
    expect(Object.values(origins).filter(({ file }) => !known.has(file))).toEqual([]);
    expect(new Set(Object.values(origins).map(({ file }) => file))).toEqual(known);
    for (const [address, { file, line: at, column }] of Object.entries(origins)) {
      const text = files[file]!.split('\n')[at - 1];
      expect(text, address).toBeDefined();
      expect(column, address).toBeLessThanOrEqual(text!.length);
    }
    const values = leavesAt(files, workflow);
    expect(values.get(String(origins['main.work.review.label']!.line))).toContain('审核中');
  });

  test('base, fragment, project: each kind of change and setting points to its line', () => {
    const files = withLines(
      baseFiles(),
      'settings: { codeTries: 3 }',
      'changes:',
      ...changes.map((change) => written(change)),
    );
    const { origins } = loaded(files);
    const lineOf = (name: string) => files[north]!.split('\n').findIndex((text) => text.includes(` ${name}: {`)) + 1;
    const at = (address: string) => [origins[address]?.file, origins[address]?.line];
    expect(at('main.work.ask.label')).toEqual([north, lineOf('words')]);
    expect(at('tables.fee.is.journal')).toEqual([north, lineOf('price')]);
    expect(at('main.work.fetch.hold.after.5 hours')).toEqual([north, lineOf('slower')]);
    expect(at('main.work.on.PAUSE.if')).toEqual([north, lineOf('more')]);
    expect(at('main.work.stamp')).toEqual([north, lineOf('stamp')]);
    expect(at('main.work.stamp.task.by')).toEqual([north, lineOf('stamp')]);
    expect(at('settings.codeTries')).toEqual([north, 6]);
    expect(at('settings.draftTtl')[0]).toBe('workflows/book-loan.settings.json');
    expect(at('main.work.identity.ask.call')[0]).toBe(fragment);
    expect(at('main.work.review.label')[0]).toBe(workflow);
  });
});
