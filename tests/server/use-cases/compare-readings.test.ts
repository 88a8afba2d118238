import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { ReadingsView } from '../../../engine/contract/routes.ts';
import type { Recognition } from '../../../server/connectors/ocr/index.ts';
import { filesOfProject, readReleaseFiles } from '../../../server/releases/files.ts';
import type { Running } from '../../../server/server.ts';
import { documentsKept, holding } from '../../support/hall-store.ts';
import { inReview } from '../../support/review.ts';
import { Client, DEFINITIONS, newDataDir, testServer } from '../../support/server.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

let running: Running;
let dataDir = '';
beforeAll(async () => {
  dataDir = await newDataDir();
  const files = filesOfProject(await readReleaseFiles(DEFINITIONS), 'szmg');
  running = await testServer({ dataDir, sandbox: true }, { files });
});
afterAll(() => running.close());

const sure = (value: string) => ({ value, score: 0.99, checked: true });
const unsure = (value: string) => ({ value, score: 0.7, checked: false });

/** An engine that reads these texts from a picture of that kind, and how often it was asked. */
function readAs(found: { readonly [kind: string]: Recognition['fields'] }) {
  const spy = vi.spyOn(running.context.recognizer, 'recognize');
  spy.mockReset();
  return spy.mockImplementation(async ({ kind }) => ({ fields: found[kind] ?? {}, engine: 'test', ms: 1 }));
}

const compare = (client: Client, id: string) => client.ask<ReadingsView>('POST', `/api/cases/${id}/readings`, {});
const who = (account: string) => new Client(running.url).logIn(account);

describe('what stands on the pictures beside what was typed', () => {
  test('is read once, kept sealed with the case, and marked where it differs; numbers of people stay masked', async () => {
    const { id } = await inReview(running, {
      organization: { name: '江东纺织（示例）有限公司', address: '示例大道 8 号' },
      legalRep: { name: '沈若舟' },
    });
    const { document } = await running.context.cases.read(id);
    const { organization, agent } = document.state.forms;
    const asked = readAs({
      businessLicense: {
        name: sure('江东纺织(示例) 有限公司'),
        code: sure(String(organization?.number).toLowerCase()),
        address: unsure('示例大道6号'),
        capital: sure('壹佰万元'),
      },
      idCardFront: { name: sure(String(agent?.name)), number: sure('110101199003071233') },
    });
    const reviewer = await who('reviewer');
    await reviewer.send(id, 'CLAIM');
    const { status, body } = await compare(reviewer, id);
    expect(status).toBe(200);
    const of = (path: string) => body.values.filter((one) => one.path === path).map(({ read, same }) => [read, same]);
    // Width, spaces and case are no difference; another number of the house is.
    expect(of('organization.name')).toEqual([['江东纺织(示例) 有限公司', true]]);
    expect(of('organization.number')[0]?.[1]).toBe(true);
    expect(of('organization.address')).toEqual([['示例大道6号', false]]);
    // Nothing was read for it, and what is asked of no field is not told.
    expect(of('legalRep.name')).toEqual([]);
    expect(of('agent.name')).toEqual([[agent?.name, true]]);
    expect(of('agent.idNumber')).toEqual([['1101**********1233', false]]);
    expect(body.slots.map(({ path, status: how }) => [path, how])).toEqual(
      expect.arrayContaining([
        ['documents.businessLicence', 'read'],
        ['agentId.front', 'read'],
        ['agentId.back', 'none'],
      ]),
    );

    const times = asked.mock.calls.length;
    expect((await compare(reviewer, id)).body).toEqual(body);
    expect(asked.mock.calls.length).toBe(times);
    const readings = await documentsKept(dataDir, 'reading');
    expect(readings.length).toBeGreaterThan(0);
    for (const read of ['江东', '110101199003071233']) expect(holding(readings, read)).toEqual([]);

    // Whole only for whoever says why, and then with what was read.
    const ask = { path: 'agent.idNumber', reason: '核对材料' };
    const whole = await reviewer.ask<{ value: string; read: string[] }>('POST', `/api/cases/${id}/unmask`, ask);
    expect(whole.body).toEqual({ value: agent?.idNumber, read: expect.arrayContaining(['110101199003071233']) });
  });

  test('is nothing for the owner, strangers and other roles; who has not the task causes no reading', async () => {
    const { id, client } = await inReview(running);
    const asked = readAs({});
    expect((await compare(client, id)).status).toBe(404);
    for (const account of ['applicant2', 'admin']) expect((await compare(await who(account), id)).status).toBe(404);
    const reviewer = await who('reviewer');
    await reviewer.send(id, 'CLAIM');
    const other = await compare(await who('reviewer2'), id);
    expect(other.body.slots.every(({ status }) => status === 'later')).toBe(true);
    expect(asked.mock.calls.length).toBe(0);
    // Finance is shown nothing of it.
    const finance = await compare(await who('finance'), id);
    expect([404, 200]).toContain(finance.status);
    expect(finance.body.values ?? []).toEqual([]);
  });

  test('an engine that is down leaves it for later, and what was read goes with the files', async () => {
    const { id } = await inReview(running);
    const reviewer = await who('reviewer');
    await reviewer.send(id, 'CLAIM');
    vi.spyOn(running.context.recognizer, 'recognize').mockRejectedValue(new Error('down'));
    const down = await compare(reviewer, id);
    expect(down.body.slots.length).toBeGreaterThan(0);
    expect(down.body.slots.every(({ status }) => status === 'later')).toBe(true);
    readAs({ businessLicense: { name: sure('别的名称') } });
    expect((await compare(reviewer, id)).body.values.map(({ same }) => same)).toContain(false);
    expect(Object.keys(await running.context.readings.of(id)).length).toBeGreaterThan(0);
    await running.context.readings.erase(id);
    expect(await running.context.readings.of(id)).toEqual({});
  });
});
