import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { load, loadAll, loadReleased } from '../../../engine/load.ts';
import type { CaseState } from '../../../engine/model/case.ts';
import type { Definition, Files } from '../../../engine/model/definition.ts';
import type { Issue } from '../../../engine/model/issue.ts';
import { plain, readText } from '../../../engine/read/index.ts';
import { language } from '../../../engine/read/upgrade/language.ts';
import { step } from '../../../engine/run/index.ts';
import { runScenario, type Scenario } from '../../../engine/simulate/index.ts';
import { upgradeFiles } from '../../../engine/upgrade.ts';
import { line } from '../../../server/cli/check.ts';
import { formerFiles, formerVersions } from '../former-files.ts';
import { applicant, Case, calendar } from '../run/support.ts';

const east = 'workflows/projects/east.project.yaml';
const loan = 'workflows/book-loan.workflow.yaml';
const fragment = 'workflows/fragments/identity-check.fragment.yaml';

/** Errors only: what later rules remark on is not the matter here. */
function told(files: Files): string[] {
  return errors(loadAll(files).issues);
}

function errors(issues: readonly Issue[]): string[] {
  return issues.filter((issue) => issue.severity === 'error').map(line);
}

function projectsOf(files: Files): { readonly [project: string]: Definition } {
  const ids = ['east', 'north', 'south'];
  return Object.fromEntries(ids.map((id) => [id, loadReleased(files, id).definition!]));
}

function replaced(files: Files, path: string, from: string, to: string): Files {
  expect(files[path]).toContain(from);
  return { ...files, [path]: files[path]!.replace(from, () => to) };
}

/** What the scenario of the project does, line by line: steps, states, words, every text that was sent. */
function traceOf(files: Files, definition: Definition): string {
  const path = Object.keys(files).find((each) => each.includes(`/scenarios/${definition.project.id}/`))!;
  const result = runScenario(definition, plain(readText(path, files[path]!).node!) as unknown as Scenario);
  expect(result.failure).toBeNull();
  const session = result.session!;
  const lines = session.journal.map(({ revision, what, by, left, entered, notified, title }) =>
    [revision, what, by, title, `left ${left.join(' ')}`, `entered ${entered.join(' ')}`, notified.join(' ')].join(
      ' | ',
    ),
  );
  const notices = session.notices.map(({ notice, by, to, text }) => [notice, by, to ?? '-', text].join(' | '));
  return `${[...lines, '', ...notices].join('\n')}\n`;
}

test('[VER-1] every version before the newest has its fixtures and its frozen meta-schemas', () => {
  expect(formerVersions).toEqual(Array.from({ length: language - 1 }, (_all, index) => index + 1));
  const folder = fileURLToPath(new URL('../../../engine/model/languages/', import.meta.url));
  expect(readdirSync(folder).sort()).toEqual(formerVersions.map(String));
  // What was the language of 1 is never changed any more.
  const frozen = readdirSync(`${folder}1`).sort();
  const hash = createHash('sha256');
  for (const name of frozen) hash.update(readFileSync(`${folder}1/${name}`));
  expect([frozen.length, hash.digest('hex').slice(0, 16)]).toEqual([8, FROZEN_1]);
});

/** Over the eight meta-schemas of language 1, in the order of their names. */
const FROZEN_1 = '7f69f0dc8d5b3299';

/** As the program named these releases when language 1 was the only one. */
const hashes: { readonly [version: number]: { readonly [project: string]: string } } = {
  1: {
    east: '55b844c9b987ccb3d1657d5f84643a1fe8c83d59e2ba00af5cbb62a75b1ef654',
    north: 'a767b4f8d2ecfb6c2138891ffbac21bc427162b11e3885783486a5f55c02d651',
    south: 'db8581b1f985375ae2aa4ae7743e40e2476cff45d47b49b6c0e38e69cba98308',
  },
};

describe.each(formerVersions)('a definition in language %i', (version) => {
  const files = formerFiles(version);
  const upgraded = upgradeFiles(files);
  const now = { ...files, ...upgraded.files };

  test('[VER-1] loads without issues, and the hashes of its releases are those of then', () => {
    expect(Object.keys(hashes[version]!).map((id) => errors(loadReleased(files, id).issues))).toEqual([[], [], []]);
    const found = Object.fromEntries(Object.entries(projectsOf(files)).map(([id, { hash }]) => [id, hash]));
    expect(found).toEqual(hashes[version]);
  });

  test('[VER-2] plays its scenario as the golden trace says, before and after it is upgraded', async () => {
    const before = traceOf(files, projectsOf(files).east!);
    await expect(before).toMatchFileSnapshot(`../../fixtures/languages/${version}/east.trace.txt`);
    expect(errors(upgraded.issues)).toEqual([]);
    const after = projectsOf(now).east!;
    expect(traceOf(now, after)).toBe(before);
    // Another text is another release.
    expect(after.hash).not.toBe(hashes[version]!.east);
  });

  test('[VER-2] a case is stepped in both, and comes to the same state', () => {
    const states = [files, now].map((each) => {
      const known = new Case(loadReleased(each, 'east').definition!, true);
      known.do('NEXT', { id: 'ann', roles: ['reader'] }, { forms: { rules: { accepted: true } } });
      return known;
    });
    const [one, two] = states.map(({ state }) => ({ ...state, release: '' }));
    expect(one).toEqual(two);
    expect(one!.active).toContain('main.work.ask.fill');
    // A case that was started by the older text goes on by it, step by step, whatever the files say now.
    const state = JSON.parse(JSON.stringify(states[0]!.state)) as CaseState;
    const command = { kind: 'event', event: 'BACK', actor: { ...applicant, roles: ['reader'] } } as const;
    const result = step(loadReleased(files, 'east').definition!, state, command, { now: states[0]!.now, calendar });
    expect(result).toMatchObject({ kind: 'stepped', next: { release: hashes[version]!.east } });
  });

  test('[VER-4] the upgraded files are these; doing it again changes nothing', async () => {
    expect(upgradeFiles(now)).toEqual({ files: {}, issues: [] });
    for (const path of [loan, east, fragment])
      await expect(now[path]).toMatchFileSnapshot(
        `../../fixtures/languages/${version}/upgraded/${path.replace(/^.*\//, '')}.txt`,
      );
    // Every file says the newest version, and every comment is still there.
    for (const [path, text] of Object.entries(upgraded.files)) {
      expect(text).toContain(`language: ${language}\n`);
      const comments = (each: string) => each.match(/(?<=^|\s)#.*$/gm) ?? [];
      expect(comments(text)).toEqual(comments(files[path]!));
    }
  });
});

describe('issues of an older file', () => {
  const files = formerFiles(1);

  test('[VER-1] stand where the word was written', () => {
    expect(told(replaced(files, loan, 'by: sms, to: reader.mobile', 'by: sms, to: reader.mobil'))).toEqual([
      `${loan}:46:32 error expression-field 没有名为 mobil 的字段，可用：name、number、mobile、mail（建议：mobile）`,
    ]);
    expect(
      told(replaced(files, loan, 'overdue: { by: desk, to: role.librarian', 'overdue: { by: desk, to: role.libarian')),
    ).toEqual([`${loan}:48:33 error unknown-role roles 里没有 libarian（建议：librarian）`]);
    expect(
      told(
        replaced(files, loan, 'by: desk, text: "{case.number} 没有书"', 'by: post, text: "{case.number} 没有书"'),
      )[0],
    ).toMatch(/:57:20 error not-one-of by 不能是“post”/);
  });

  test('[VER-3] a word of a newer version is told, with the command that helps; the command does help', () => {
    const mixed = replaced(
      files,
      fragment,
      'facts: {}\n',
      'facts: {}\nnotices: { again: { page: true, text: 再来 } }\n',
    );
    const said = 'workflows/fragments/identity-check.fragment.yaml:6:21 error language-needed';
    expect(told(mixed)[0]).toMatch(`${said} “page”是 language: 2 才有的写法，这个文件是 language: 1`);
    const after = { ...mixed, ...upgradeFiles(mixed).files };
    expect(told(after)).toEqual([]);
  });

  test.each(['3', '"x"', '0', '1.5', '[1]'])('[VER-3] a version that is not known is told: %s', (version) => {
    const found = told(replaced(files, east, 'language: 1', `language: ${version}`));
    expect(found[0]).toMatch(new RegExp(`^${east}:2:11 error language-version .*（建议：language: ${language}）$`));
    const { files: changed, issues } = upgradeFiles(replaced(files, east, 'language: 1', `language: ${version}`));
    expect(issues.map((issue) => issue.code)).toContain('language-version');
    expect(Object.keys(changed)).not.toContain(east);
  });
});

describe('versions mixed', () => {
  const files = formerFiles(1);
  const now = { ...files, ...upgradeFiles(files).files };

  test('[VER-2] an old project over a newer base works where its changes still agree', () => {
    const mixed = { ...now, [east]: files[east]!.replace(/^ {2}noSpare:.*\n/m, '') };
    expect(told(mixed)).toEqual([]);
    expect(traceOf(mixed, projectsOf(mixed).east!)).toBe(traceOf(files, projectsOf(files).east!));
  });

  test('[VER-2] where the base reads otherwise now it is a conflict with its place', () => {
    const mixed = { ...now, [east]: files[east]! };
    expect(told(mixed)).toEqual([
      `${east}:11:42 error change-conflict notices.spare 的基础已经变了，这项修改是针对旧内容写的，请重新确认（建议：7a0afb68）`,
    ]);
    // A change that agrees with nothing any more is not made to agree; upgraded together with its base it is.
    expect(upgradeFiles(mixed).files[east]).toContain('was: "2c2d0fea"');
    const onlyBase = upgradeFiles(files, (path) => path !== east);
    expect(errors(onlyBase.issues)).toEqual(told(mixed));
  });

  test('[VER-2] an old fragment and old connectors in a newer workflow', () => {
    const mixed = { ...now, [fragment]: files[fragment]!, [east]: now[east]! };
    expect(told(mixed)).toEqual([]);
  });

  test('[VER-2] a change in the older words is understood while all is old, and told when it is upgraded', () => {
    const change = '  mail: { set: notices.ready.to, was: "01aa5fd6", is: reader.mail }\n';
    const old = replaced(files, east, 'changes:\n', `changes:\n${change}`);
    const loaded = loadAll(old);
    const hash = loaded.issues.find((issue) => issue.code === 'change-conflict')?.proposal ?? '01aa5fd6';
    const right = replaced(old, east, '01aa5fd6', hash);
    expect(told(right)).toEqual([]);
    expect(projectsOf(right).east!.declared.notices.ready).toMatchObject({ by: 'sms', to: 'reader.mail' });
    const { files: changed, issues } = upgradeFiles(right);
    expect(issues.map(line)).toContainEqual(expect.stringMatching(`^${east}:9:16 error language-by-hand `));
    expect(Object.keys(changed)).not.toContain(east);
  });
});

describe('what only a person can say', () => {
  const files = formerFiles(1);

  test.each([
    ['by: desk, to: role.librarian', 'by: desk, to: reader.mobile', '48:28', 'desk 只能写角色，不能写 reader.mobile'],
    ['by: sms, to: reader.mobile', 'by: sms, to: role.librarian', '46:25', 'sms 发不到角色 role.librarian'],
  ])('[VER-4] %s -> %s', (from, to, at, rule) => {
    const { files: changed, issues } = upgradeFiles(replaced(files, loan, from, to));
    expect(issues.map(line)).toContainEqual(expect.stringContaining(`${loan}:${at} error language-by-hand`));
    expect(issues.map(line).join()).toContain(rule);
    expect(Object.keys(changed)).not.toContain(loan);
  });
});

test('[VER-5] what was published loads without asking a rule that came later', () => {
  // A text that names an unknown menu is refused by today's rules.
  const files = replaced(formerFiles(1), loan, '{menu.loans}', '{menu.gone}');
  expect(load(files, 'east').definition).toBeNull();
  expect(loadReleased(files, 'east').definition?.project.id).toBe('east');
  expect(loadReleased(replaced(files, loan, 'keep: true', 'kep: true'), 'east').definition).toBeNull();
});
