import { testPostgres } from './postgres.ts';

/** Once for a run with TEST_STORE=postgres: the PostgreSQL of all its halls. */
export default async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.TEST_STORE !== 'postgres') return undefined;
  const postgres = await testPostgres();
  if (postgres === null) throw new Error('TEST_STORE=postgres needs a PostgreSQL: set DATABASE_URL');
  // Inherited by the processes and threads of the tests.
  process.env.TEST_DATABASE_URL = postgres.url;
  return () => postgres.stop();
}
