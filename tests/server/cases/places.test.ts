import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Running } from '../../../server/server.ts';
import { holding, keptBy } from '../../support/hall-store.ts';
import { Client, eventually, newDataDir, testServer } from '../../support/server.ts';

// A busy machine is no reason to fail.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

/** Places of a time at a counter: never more open cases than there are, each free again as soon as it is not held any more. */
let running: Running;
const dataDir = await newDataDir();
beforeAll(async () => {
  running = await testServer({ dataDir });
});
afterAll(() => running.close());

interface Booking {
  readonly client: Client;
  readonly id: string;
  book(over?: { readonly [field: string]: string }, event?: string): Promise<{ status: number; message: string }>;
  left(field: string, values: { readonly [field: string]: string }): Promise<{ readonly [choice: string]: number }>;
}

let people = 0;
async function booking(): Promise<Booking> {
  people += 1;
  const mobile = `138${String(10_000_000 + people)}`;
  const client = new Client(running.url);
  await client.ask('POST', '/api/accounts', {
    account: `guest${people}-${Date.now()}`,
    password: 'a good phrase',
    name: '访',
  });
  const { body } = await client.ask<{ id: string }>('POST', '/api/cases', { project: 'appointment' });
  const { id } = body;
  return {
    client,
    id,
    async book(over = {}, event = 'BOOK') {
      const appointment = { ...time, ...over };
      const visitor = { organization: '示例单位', matter: 'new', name: '访客甲', mobile, consent: true };
      const forms = event === 'BOOK' ? { visitor, appointment } : { appointment };
      const answer = await client.send(id, event, { forms });
      return { status: answer.status, message: answer.body.error?.message ?? '' };
    },
    async left(field, chosen) {
      const asked = { form: 'appointment', field, values: chosen };
      const answer = await client.ask<{ left: { [choice: string]: number } }>('POST', `/api/cases/${id}/places`, asked);
      return answer.body.left;
    },
  };
}

async function workdaysOf({ client, id }: Booking): Promise<readonly string[]> {
  const roots = (await client.view(id)).tasks[0]?.context?.roots ?? {};
  return roots.workdays as readonly string[];
}

/** The third working day from now, as the page offers it. */
let time = { office: 'north', day: '', slot: '09:00' };
beforeAll(async () => {
  time = { ...time, day: (await workdaysOf(await booking()))[2] ?? '' };
});

test('of seven who ask at once for a time with three places, three get one; the others are told to take another', async () => {
  const all = await Promise.all(Array.from({ length: 7 }, () => booking()));
  const answers = await Promise.all(all.map((one) => one.book()));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(3);
  const refused = answers.filter(({ status }) => status !== 200);
  expect(refused).toEqual(refused.map(() => ({ status: 409, message: '这个时段刚刚约满，请换一个时段' })));
  const [other] = all.filter((_, n) => answers[n]?.status !== 200);
  expect(await other?.left('slot', { office: 'north', day: time.day })).toMatchObject({ '09:00': 0, '10:00': 3 });
  expect(await other?.left('slot', { office: 'north' })).toEqual({});
  expect((await other?.book({ slot: '10:00' }))?.status).toBe(200);
});

test('a place is free again when its case is over, moves, or nobody came; its own holder counts it as free', async () => {
  const day = { ...time, office: 'harbour' };
  const [one, two, three, four] = (await Promise.all([1, 2, 3, 4].map(() => booking()))) as [
    Booking,
    Booking,
    Booking,
    Booking,
  ];
  for (const each of [one, two, three]) expect((await each.book(day)).status).toBe(200);
  expect((await four.book(day)).status).toBe(409);
  expect(await four.left('slot', day)).toMatchObject({ '09:00': 0 });

  // Moving keeps the old place until the new one is confirmed.
  expect((await one.client.send(one.id, 'CHANGE')).status).toBe(200);
  expect((await four.book(day)).status).toBe(409);
  expect(await one.left('slot', day)).toMatchObject({ '09:00': 1, '10:00': 3 });
  expect((await one.book({ ...day, slot: '11:00' }, 'REBOOK')).status).toBe(200);
  expect(await four.left('slot', day)).toMatchObject({ '09:00': 1, '11:00': 2 });
  expect((await four.book(day)).status).toBe(200);

  expect((await two.client.send(two.id, 'CANCEL')).status).toBe(200);
  // Nothing is told while no form asks for a time.
  expect(await one.left('slot', day)).toBeUndefined();
  const five = await booking();
  expect(await five.left('slot', day)).toMatchObject({ '09:00': 1 });

  // Whoever does not come has had the place.
  await running.context.jobs.advance(10 * 86_400_000);
  await eventually(async () => (await three.client.view(three.id)).over, 'nobody came');
  const held = await running.context.reservations.holders(
    (await running.context.cases.read(three.id)).definition,
    'slot',
    `harbour ${day.day} 09:00`,
  );
  expect(held).toEqual([]);
});

test('one mobile number has one appointment a day, whoever is logged in', async () => {
  const one = await booking();
  const day = (await workdaysOf(one))[4] ?? '';
  const send = async (booked: Booking, slot: string) => {
    const visitor = { organization: '示例单位', matter: 'new', name: '访客乙', mobile: '13900000099', consent: true };
    const forms = { visitor, appointment: { office: 'centre', day, slot } };
    return (await booked.client.send(booked.id, 'BOOK', { forms })).body.error?.message;
  };
  expect(await send(one, '09:00')).toBeUndefined();
  const two = await booking();
  expect(await send(two, '15:00')).toContain('这个手机号当天已有一个预约');
});

test('a weekend is refused at its field, and places are not told to others', async () => {
  const one = await booking();
  const { body } = await one.client.send(one.id, 'BOOK', {
    forms: {
      visitor: { organization: '示例单位', matter: 'new', name: '访客甲', mobile: '13800000016', consent: true },
      appointment: { ...time, day: '2026-01-03' },
    },
  });
  expect(body.error).toMatchObject({ code: 'refused', fields: [{ path: 'appointment.day' }] });
  const other = await booking();
  const asked = { form: 'appointment', field: 'slot', values: { office: 'north', day: time.day } };
  expect((await other.client.ask('POST', `/api/cases/${one.id}/places`, asked)).status).toBe(404);
});

test('the keys that a case holds stand sealed on the disk', async () => {
  const one = await booking();
  const day = (await workdaysOf(one))[1] ?? '';
  const answer = await one.book({ office: 'centre', day, slot: '16:00' });
  expect(answer.status).toBe(200);
  const { state } = (await running.context.cases.read(one.id)).document;
  expect(state.reservations.visitor).toMatch(/^138/);
  const kept = await keptBy(dataDir);
  expect(holding(kept, one.id).length).toBeGreaterThan(0);
  expect(holding(kept, state.reservations.visitor!)).toEqual([]);
});
