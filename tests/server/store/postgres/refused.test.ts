import { randomBytes } from 'node:crypto';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { openPostgres } from '../../../../server/store/postgres/open.ts';
import { ask, testPostgres } from '../../../support/postgres.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const postgres = await testPostgres();
afterAll(() => postgres?.stop());

const open = (url: string) =>
  openPostgres({ url, onFatal: () => undefined }).then(
    ({ store }) => store.close().then(() => 'opened'),
    ({ name, message }: Error) => `${name}: ${message}`,
  );

describe.skipIf(postgres === null)('a database that cannot be worked with is said in a sentence', () => {
  test('nobody answers, or there is none of that name', async () => {
    const nowhere = new URL(await postgres!.fresh());
    nowhere.pathname = '/nowhere';
    expect(await open(nowhere.href)).toMatch(/^DatabaseUnusable: 连不上数据库（3D000：没有这个数据库）/);
    nowhere.port = '1';
    expect(await open(nowhere.href)).toMatch(/^DatabaseUnusable: 连不上数据库（ECONNREFUSED：没有服务/);
  });

  test('its user may make no tables', async () => {
    const url = new URL(await postgres!.fresh());
    const user = `poor_${randomBytes(4).toString('hex')}`;
    const schema = url.searchParams.get('options')?.split('=').at(-1);
    await ask(url.href, `CREATE USER ${user} PASSWORD 'poor'`);
    try {
      await ask(url.href, `GRANT USAGE ON SCHEMA ${schema} TO ${user}`);
      const own = new URL(url);
      own.username = user;
      own.password = 'poor';
      expect(await open(own.href)).toMatch(/^DatabaseUnusable: 数据库不能用（42501：这个用户不能在库里建表/);
    } finally {
      await ask(url.href, `DROP OWNED BY ${user}`);
      await ask(url.href, `DROP USER ${user}`);
    }
  });

  test('it is another program’s; nothing in it has changed', async () => {
    const url = await postgres!.fresh();
    await ask(url, 'CREATE TABLE cases (of_others text)');
    expect(await open(url)).toMatch(/^DatabaseUnusable: 数据库不能用（42P07：库里已有别的程序的表/);
    const columns = `SELECT column_name FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = 'cases'`;
    expect(await ask(url, columns)).toEqual([{ column_name: 'of_others' }]);
  });
});
