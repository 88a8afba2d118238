import { describe, expect, test } from 'vitest';
import { ConfigError, readConfig } from '../../server/config.ts';

describe('where everything is kept', () => {
  const address = 'postgres://certflow:secret@db.example.com:5432/certflow';

  test.each([{}, { STORE: '' }, { STORE: 'file' }, { DATABASE_URL: address }])('%o: the data folder', (env) => {
    expect(readConfig(env).database).toBeNull();
  });

  test('STORE=postgres: the database of DATABASE_URL', () => {
    expect(readConfig({ STORE: 'postgres', DATABASE_URL: address }).database).toBe(address);
  });

  test.each([
    [{ STORE: 'mysql' }, 'STORE must be file or postgres'],
    [{ STORE: 'postgres' }, 'needs DATABASE_URL'],
    [{ STORE: 'postgres', DATABASE_URL: 'db.example.com:secret' }, 'needs DATABASE_URL'],
    // A password as it is typed, and a port that is none.
    [{ STORE: 'postgres', DATABASE_URL: 'postgres://certflow:secret/1@db:5432/certflow' }, '/ is written %2F'],
    [{ STORE: 'postgres', DATABASE_URL: 'postgres://certflow:secret@db:port/certflow' }, 'the port is a number'],
  ])('%o is refused in a sentence, without what may be a password', (env, words) => {
    expect(() => readConfig(env)).toThrow(ConfigError);
    expect(() => readConfig(env)).toThrow(words);
    expect(() => readConfig(env)).not.toThrow('secret');
  });
});
