import { expect, test } from 'vitest';
import { testPostgres } from '../../support/postgres.ts';
import { nodesCampaign } from './nodes.ts';

const there = await testPostgres().then(async (postgres) => {
  await postgres?.stop();
  return postgres?.crash != null;
});

/** A small part of `npm run campaign -- nodes`: the same code, few kills. */
test.skipIf(!there)(
  'three nodes that are killed, frozen and lose their database forget nothing that was told, do nothing twice and agree',
  async () => {
    const report = await nodesCampaign(5, 5, 17);
    expect(report.wrongs).toEqual([]);
    expect(report.acknowledged).toBeGreaterThan(20);
    expect(report.effects).toBeGreaterThan(0);
  },
  600_000,
);
