import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { openPostgres } from '../../../../server/store/postgres/open.ts';
import { fill } from '../../../campaigns/lists/fill.ts';
import { type Asked, asking, PAGES } from '../../../campaigns/lists/questions.ts';
import { clientOf, testPostgres } from '../../../support/postgres.ts';

// A busy machine is no reason to fail.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

const COUNT = 20_000;
/** Rows that a page may take out of an index, whatever the hall has: of each role's queue in each project what is counted. */
const MOST_ROWS = 4_000;
/** Tables that grow with the hall. */
const LARGE = /^(cases|desk_rows|case_keys|documents|journal.*|counted)$/;

interface Plan {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly Plans?: readonly Plan[];
}

const postgres = await testPostgres();
afterAll(() => postgres?.stop());

describe.skipIf(postgres === null)(
  `the plans of lists, of ${COUNT} cases (npm run campaign -- lists has a million)`,
  () => {
    let client: pg.Client;
    let asked: Asked;
    beforeAll(async () => {
      const url = await postgres!.fresh();
      const onFatal = (message: string): never => {
        throw new Error(message);
      };
      await (await openPostgres({ url, onFatal })).store.close();
      client = await clientOf(url);
      await fill(client, COUNT);
      asked = asking(client);
      // So few rows are read faster one after the other: an index has to be there all the same.
      await client.query('SET enable_seqscan = off');
    });
    afterAll(() => client?.end());

    test('many are not counted: what the database believes is told as such', async () => {
      expect(await asked.lists.count()).toEqual({ cases: COUNT, estimated: false });
      await client.query("UPDATE pg_class SET reltuples = 2000000 WHERE oid = 'cases'::regclass");
      expect(await asked.lists.count()).toEqual({ cases: 2_000_000, estimated: true });
      await client.query('ANALYZE cases');
      expect(await asked.lists.count()).toEqual({ cases: COUNT, estimated: false });
    });

    test.each(Object.entries(PAGES))('%s: out of indexes, as many rows as a page needs', async (_, question) => {
      asked.said();
      await question(asked);
      const said = asked.said();
      expect(said.length).toBeGreaterThan(0);
      for (const { sql, values } of said) {
        const { rows } = await client.query(`EXPLAIN (ANALYZE, FORMAT JSON) ${sql}`, [...values]);
        for (const plan of nodesOf(rows[0]['QUERY PLAN'][0].Plan)) {
          const name = plan['Relation Name'] ?? '';
          const what = `${plan['Node Type']} of ${name || 'rows'} in ${sql}`;
          expect(plan['Node Type'] === 'Seq Scan' && LARGE.test(name), what).toBe(false);
          const taken = plan['Actual Rows'] * plan['Actual Loops'];
          if (name !== '' || plan['Node Type'] === 'Sort') expect(taken, what).toBeLessThanOrEqual(MOST_ROWS);
        }
      }
    });
  },
);

function nodesOf(plan: Plan): readonly Plan[] {
  return [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];
}
