import { readFileSync } from 'node:fs';
import { ConfigError } from '../../config-error.ts';

/** A bucket of an S3-compatible object storage, and how it is asked. */
export interface ObjectStorage {
  /** `https://s3.example.com`; with a port where it has one, without a path. */
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly keyId: string;
  readonly secret: string;
  /** What all names begin with: empty, or `hall/`. */
  readonly prefix: string;
  /** `path`: `https://host/bucket/name`, as MinIO and most others; `host`: `https://bucket.host/name`. */
  readonly addressing: 'path' | 'host';
  /** How long one try may take, ms, besides what the bytes need. */
  readonly timeout: number;
}

const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const PREFIX = /^([A-Za-z0-9][A-Za-z0-9._-]*\/)*$/;

/** FILES and S3_…; null: files lie where the cases do. @throws ConfigError */
export function readObjectStorage(env: NodeJS.ProcessEnv): ObjectStorage | null {
  const { FILES: where = '' } = env;
  if (where === '' || where === 'store') return null;
  if (where !== 's3') throw new ConfigError(`FILES must be store or s3, not "${where}"`);
  const needed = (name: string): string => {
    const value = env[name];
    if (!value) throw new ConfigError(`${name} is not set, though FILES=s3 is`);
    return value;
  };
  const endpoint = needed('S3_ENDPOINT').replace(/\/$/, '');
  if (!isOrigin(endpoint))
    throw new ConfigError(
      `S3_ENDPOINT must be an address like https://s3.example.com, without a path or a name, not "${endpoint.replace(/\/\/.*@/, '//…@')}"`,
    );
  const bucket = needed('S3_BUCKET');
  if (!BUCKET.test(bucket)) throw new ConfigError(`S3_BUCKET must be a name of a bucket, not "${bucket}"`);
  const given = env.S3_PREFIX ?? '';
  const prefix = given === '' || given.endsWith('/') ? given : `${given}/`;
  if (!PREFIX.test(prefix) || prefix.includes('..'))
    throw new ConfigError(`S3_PREFIX must be like hall or hall/north, not "${given}"`);
  const addressing = env.S3_ADDRESSING || 'path';
  if (addressing !== 'path' && addressing !== 'host')
    throw new ConfigError(`S3_ADDRESSING must be path or host, not "${addressing}"`);
  const seconds = Number(env.S3_TIMEOUT || 10);
  if (!(seconds >= 0.1 && seconds <= 120))
    throw new ConfigError(`S3_TIMEOUT must be seconds from 0.1 to 120, not "${env.S3_TIMEOUT}"`);
  return {
    ...{ endpoint, bucket, prefix, addressing, timeout: seconds * 1000 },
    region: env.S3_REGION || 'us-east-1',
    keyId: needed('S3_ACCESS_KEY_ID'),
    secret: secretOf(env),
  };
}

/** Of S3_SECRET_ACCESS_KEY, or of the file that S3_SECRET_ACCESS_KEY_FILE names, as containers are given secrets. */
function secretOf(env: NodeJS.ProcessEnv): string {
  const { S3_SECRET_ACCESS_KEY: plain, S3_SECRET_ACCESS_KEY_FILE: file } = env;
  if (plain) return plain;
  if (!file) throw new ConfigError('S3_SECRET_ACCESS_KEY is not set, though FILES=s3 is');
  let text: string;
  try {
    text = readFileSync(file, 'utf8').trim();
  } catch {
    throw new ConfigError(`S3_SECRET_ACCESS_KEY_FILE names ${file}, which cannot be read`);
  }
  if (text === '') throw new ConfigError(`S3_SECRET_ACCESS_KEY_FILE names ${file}, which is empty`);
  return text;
}

function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, origin } = new URL(text);
  return (protocol === 'https:' || protocol === 'http:') && origin === text.toLowerCase();
}
