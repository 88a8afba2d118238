import { execFile } from 'node:child_process';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Explained } from '../../../engine/explain/branches.ts';
import type { JsonObject } from '../../../engine/model/json.ts';
import { filesOfProject, readReleaseFiles } from '../../../server/releases/files.ts';
import type { Running } from '../../../server/server.ts';
import { DEFINITIONS, ROOT, testServer } from '../../support/server.ts';
import { caseAt } from '../../support/walk.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

let running: Running | null = null;
let dataDir = '';
let number = '';
let filled: readonly string[] = [];

/** The command as a process of its own, with its real arguments and exit code. */
function certflow(...args: string[]): Promise<Ran> {
  const env = { ...process.env, DATA_DIR: dataDir, NODE_ENV: 'development' };
  return new Promise((done) => {
    execFile(process.execPath, [`${ROOT}/scripts/certflow.mjs`, ...args], { cwd: ROOT, env }, (error, out, err) =>
      done({ code: error === null ? 0 : Number(error.code), out, err }),
    );
  });
}

beforeAll(async () => {
  running = await testServer({}, { files: filesOfProject(await readReleaseFiles(DEFINITIONS), 'szmg') });
  dataDir = running.context.config.dataDir;
  // A person filled in everything and stands before the printer.
  const { id } = await caseAt(running, 3);
  const { state } = (await running.context.cases.read(id)).document;
  number = state.number;
  filled = Object.values(state.forms).flatMap(wordsOf);
});
afterAll(() => running?.close());

/** Names, numbers and addresses that a person typed: long enough not to stand anywhere by chance. */
function wordsOf(form: JsonObject): string[] {
  return Object.values(form).filter(
    (value): value is string => typeof value === 'string' && value.length > 3 && /[0-9@\u4e00-\u9fff]/.test(value),
  );
}

const verdictsOf = ({ branches }: Explained) => branches.map(({ address, verdict }) => `${verdict} ${address}`);

test('a case: through the running server, then from the folder that no server holds: the same, without what anybody typed', async () => {
  const live = await certflow('explain', number, '--json');
  expect(live).toMatchObject({ code: 0, err: '' });
  const told = JSON.parse(live.out) as Explained;
  expect(verdictsOf(told)).toContain('blocked main.work.on.REFUND_ASK.held.refund');
  const refund = told.branches.find(({ address }) => address === 'main.work.on.REFUND_ASK.held.refund');
  expect(refund?.terms).toMatchObject([{ text: 'facts.paid', holds: 'no' }]);
  expect(refund?.origin).toMatchObject({ file: 'workflows/certificate-new.workflow.yaml', line: expect.any(Number) });
  expect(filled.length).toBeGreaterThan(10);
  for (const value of filled) expect(live.out).not.toContain(value);

  const text = await certflow('explain', number);
  expect(text.code).toBe(0);
  expect(text.out).toMatch(/^不成立 {2}main\.work\.on\.REFUND_ASK\.held\.refund .*workflow\.yaml:\d+:\d+$/m);
  expect(text.out).toContain('facts.paid = 否');
  expect(text.out).toContain('项目去掉了');
  for (const value of filled) expect(text.out).not.toContain(value);

  await running?.close();
  running = null;
  const cold = await certflow('explain', number, '--json');
  expect({ code: cold.code, err: cold.err }).toEqual({ code: 0, err: '' });
  expect(verdictsOf(JSON.parse(cold.out) as Explained)).toEqual(verdictsOf(told));
});

test('a state of a project: what its settings decide, and what its own file took away', async () => {
  const { code, out } = await certflow('explain', 'main.work.organization.failed', '--project', 'inner-mongolia');
  expect(code).toBe(0);
  expect(out).toMatch(
    /项目去掉了 {2}main\.work\.organization\.failed · LEGAL_REP .*settings\.legalRepAuth = 否，workflows\/projects\/inner-mongolia\.project\.yaml:\d+:\d+/,
  );
});

test.each([
  [['explain', '01699999999999999'], 1, '没有业务单 01699999999999999；npx certflow cases --all'],
  [['explain', 'main.work.review'], 2, '--project'],
  [['explain', 'main.work.reviw', '--project', 'szmg'], 1, '是不是 main.work.review'],
  [['explain', 'main.work.organization.legalRep', '--project', 'weigu'], 1, 'settings.legalRepAuth = 否'],
  [['explain', 'main.work.review', '--project', 'szgm'], 2, '没有名为 szgm 的项目。是不是 szmg？'],
  [['explain', 'one', 'two'], 2, 'certflow explain <case|state>'],
])('%j ends with %i and says what to do', async (args, expected, said) => {
  const { code, out, err } = await certflow(...args);
  expect({ code, out }).toEqual({ code: expected, out: '' });
  expect(err).toContain(said);
});

test('a folder that is none is said', async () => {
  const before = dataDir;
  dataDir = `${before}-none`;
  const { code, err } = await certflow('explain', '01699999999999999');
  dataDir = before;
  expect(code).toBe(1);
  expect(err).toContain('不是数据目录');
});
