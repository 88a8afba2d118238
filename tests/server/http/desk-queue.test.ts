import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { DeskList } from '../../../engine/contract/routes.ts';
import { createClock } from '../../../server/clock.ts';
import type { Running } from '../../../server/server.ts';
import { press } from '../../support/filling.ts';
import { isOnPostgres } from '../../support/hall-store.ts';
import { Client, Lines, testServer } from '../../support/server.ts';

// A busy machine is no reason to fail.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const DAY = 86_400_000;
/** A Monday, 9:00 in Shanghai. */
const start = Date.parse('2026-11-23T01:00:00Z');

let running: Running;
beforeEach(async () => {
  running = await testServer({}, { clock: createClock(0, () => start) });
});
afterEach(() => running.close());

/** A request of the second process that two offices look at, promised within five working days. */
async function inReview(holder: string): Promise<string> {
  const client = await new Client(running.url).logIn('applicant');
  const { body } = await client.ask<{ id: string }>('POST', '/api/cases', { project: 'district-archive' });
  const over = { copyRequest: { holderName: holder } };
  for (const event of ['NEXT', 'NEXT', 'SUBMIT']) await press(running, client, body.id, event, { over });
  return body.id;
}

const archivist = () => new Client(running.url).logIn('archivist');
const queue = async (client: Client, query = ''): Promise<DeskList> =>
  (await client.ask<DeskList>('GET', `/api/desk/queue?view=open${query}`)).body;

describe('the queue of the desk', () => {
  test('is narrowed by project, number, subject and what presses, and counts the whole view', async () => {
    const one = await inReview('江东纺织有限公司');
    const two = await inReview('西岭机械有限公司');
    const client = await archivist();
    const all = await queue(client);
    expect(all.rows.map(({ id }) => id).sort()).toEqual([one, two].sort());
    expect(all.projects).toEqual([{ id: 'district-archive', title: expect.any(String), count: 2 }]);
    expect(all.pressing).toEqual({ warn: 0, late: 0 });

    expect((await queue(client, '&project=szmg')).rows).toEqual([]);
    expect((await queue(client, '&project=szmg')).projects).toHaveLength(1);
    expect((await queue(client, `&q=${encodeURIComponent('西岭机械有限公司')}`)).rows.map(({ id }) => id)).toEqual([
      two,
    ]);
    // A database has nothing that a part of a name could be looked for in (0046).
    const byPart = (await queue(client, `&q=${encodeURIComponent('西岭')}`)).rows.map(({ id }) => id);
    expect(byPart).toEqual(isOnPostgres ? [] : [two]);
    const grouped = all.rows.find(({ id }) => id === one)!.number.replace(/(.{5})/g, '$1 ');
    expect((await queue(client, `&q=${encodeURIComponent(grouped)}`)).rows.map(({ id }) => id)).toEqual([one]);
    // Signs that stand in no number look for nothing there.
    expect((await queue(client, `&q=${encodeURIComponent('- -')}`)).rows).toEqual([]);
    expect((await queue(client, '&pressing=warn')).rows).toEqual([]);

    // More than three quarters of five working days, and less than five.
    await running.context.jobs.advance(3.9 * DAY);
    const pressed = await queue(client, '&pressing=warn');
    expect(pressed.total).toBe(2);
    expect(pressed.pressing).toEqual({ warn: 2, late: 0 });
    const waiting = pressed.rows[0]!.waiting.find(({ mine }) => mine)!;
    expect(waiting.warn! < running.context.clock.now() && running.context.clock.now() < waiting.until!).toBe(true);
  });

  test('a case is found by the whole of a sealed value, by those who may see it, and not by a part', async () => {
    const id = await inReview('江东纺织有限公司');
    const { document } = await running.context.cases.read(id);
    const { name, mobile } = document.state.forms.requester as { name: string; mobile: string };
    const found = async (client: Client, text: string) =>
      (await queue(client, `&q=${encodeURIComponent(text)}`)).rows.map((row) => row.id);
    const client = await archivist();
    expect(await found(client, name)).toEqual([id]);
    expect(await found(client, mobile)).toEqual([id]);
    expect(await found(client, mobile.replace(/(.{3})(.{4})/, '$1 $2 '))).toEqual([id]);
    expect(await found(client, mobile.slice(0, -1))).toEqual([]);
    expect(await found(await new Client(running.url).logIn('reviewer'), mobile)).toEqual([]);
    const { keys } = (await running.context.cases.lists.get(id))!;
    expect(keys?.length).toBeGreaterThan(0);
    expect(JSON.stringify(keys)).not.toContain(mobile);
  });

  test('the longest wait comes first where that is asked for', async () => {
    const one = await inReview('江东纺织有限公司');
    await running.context.jobs.advance(DAY);
    const two = await inReview('西岭机械有限公司');
    const client = await archivist();
    expect((await queue(client, '&order=age')).rows.map(({ id }) => id)).toEqual([one, two]);
  });

  test('other cases of the same subject are told to whoever may see them, and to nobody else', async () => {
    const one = await inReview('江东纺织有限公司');
    const two = await inReview('江东纺织有限公司');
    await inReview('西岭机械有限公司');
    const client = await archivist();
    const others = (who: Client, id: string) => who.ask<DeskList>('GET', `/api/cases/${id}/others`);
    expect((await others(client, one)).body.rows.map(({ id }) => id)).toEqual([two]);
    // The applicant has lists of their own; who has no business with the case is not told that there is one.
    expect((await others(await new Client(running.url).logIn('applicant'), one)).status).toBe(404);
    expect((await others(await new Client(running.url).logIn('applicant2'), one)).status).toBe(404);
    expect((await others(await new Client(running.url).logIn('reviewer'), one)).status).toBe(404);
  });

  test('words that it does not know are refused, and so is whoever has nothing to do there', async () => {
    const client = await archivist();
    for (const query of ['view=some', 'pressing=x', 'order=x'])
      expect((await client.ask('GET', `/api/desk/queue?${query}`)).status, query).toBe(400);
    const applicant = await new Client(running.url).logIn('applicant');
    expect((await applicant.ask('GET', '/api/desk/queue')).status).toBe(403);
    expect((await applicant.ask('GET', '/api/desk/stream')).status).toBe(403);
  });

  test('its stream tells at once and after a step, many steps as one, nothing of the case; it ends with the session', async () => {
    const client = await archivist();
    const response = await client.raw('GET', '/api/desk/stream');
    const lines = new Lines(response);
    await lines.until('{"count":1}');
    const id = await inReview('江东纺织有限公司');
    await lines.until('{"count":2}');
    expect(lines.text).not.toContain(id);
    await client.ask('DELETE', '/api/session');
    running.context.bus.tell('desk/', 0);
    while (!(await lines.ends()));
  });
});
