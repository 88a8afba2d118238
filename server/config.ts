import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ConfigError } from './config-error.ts';
import { DEFAULT_SUITE, type Suite, suiteOf, suites } from './crypto/suites.ts';
import { type ObjectStorage, readObjectStorage } from './files/s3/settings.ts';
import type { Grant } from './policies/roles.ts';
import type { SecondFactorRule } from './policies/second-factor.ts';
import type { Telemetry } from './trace/open-telemetry.ts';

/** Everything that the environment decides. */
export interface Config {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  /** Address of the PostgreSQL that holds cases, documents and files (STORE=postgres, DATABASE_URL); null = DATA_DIR holds them. */
  readonly database: string | null;
  /** The bucket that uploaded files are kept in (FILES=s3, S3_…); null: where the cases are. */
  readonly objects: ObjectStorage | null;
  /** Folder that holds `workflows/` and `forms/`. */
  readonly definitionsDir: string;
  /** The built user interface. */
  readonly uiDir: string;
  /** True unless NODE_ENV=production: sandboxes, demo accounts, a clock that moves. */
  readonly development: boolean;
  /** Sandboxes and demo accounts may be switched off in development too (CERTFLOW_SANDBOX=off). */
  readonly sandbox: boolean;
  /** Key ring from the environment, see crypto/keys.ts; null = the key file of the data folder. */
  readonly key: string | null;
  /** How new data is encrypted (CERTFLOW_CIPHER), see crypto/suites.ts. */
  readonly cipher: Suite;
  /** Origins from which a browser may send changes, besides the address it asked for (behind a proxy). */
  readonly origins: readonly string[];
  /** Number of proxies in front whose X-Forwarded-For is trusted. */
  readonly proxies: number;
  readonly logLevel: string;
  /** Whether local accounts of the staff need a second factor (CERTFLOW_SECOND_FACTOR); in production unless said otherwise. */
  readonly secondFactor: SecondFactorRule;
  /** The house's identity provider (CERTFLOW_OIDC_…); null without one. */
  readonly oidc: OidcConfig | null;
  /** What Prometheus has to show to read `/metrics` (CERTFLOW_METRICS_TOKEN); null: see policies/metrics-access.ts. */
  readonly metricsToken: string | null;
  /** Where parts of traces are sent (OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_SERVICE_NAME); null: nowhere. */
  readonly telemetry: Telemetry | null;
  /** What connectors may reach, and by what name they find their settings. */
  readonly outside: OutsideConfig;
}

export interface OidcConfig {
  /** `https://login.example.com`, whose `/.well-known/openid-configuration` says the rest. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scope: string;
  /** What stands on the button. */
  readonly title: string;
  /** The claim that says what somebody is, and the roles that each of its values gives. */
  readonly claim: string;
  readonly roles: { readonly [value: string]: readonly Grant[] };
  /** One of these `acr` is asked for and has to be said in the ID token, if there are any: how strongly somebody was asked who they are. */
  readonly acr: readonly string[];
  /** Seconds since somebody showed the provider who they are, at most; null: the provider decides. */
  readonly maxAge: number | null;
}

export interface OutsideConfig {
  /** Hosts that connectors may ask, by https (CERTFLOW_HOSTS): `api.example.com`, `*.example.com`, `host:port`. */
  readonly hosts: readonly string[];
  /** Hosts with a private address or without encryption that they may ask all the same (CERTFLOW_PRIVATE_HOSTS). */
  readonly privateHosts: readonly string[];
  /** Where providers reach this server, `https://hall.example.com` (CERTFLOW_PUBLIC_URL); empty when they cannot. */
  readonly publicUrl: string;
  /** Settings and secrets of single connectors: the variables that begin with CERTFLOW_. See docs/going-live.md. */
  readonly env: { readonly [name: string]: string };
}

const list = (text: string | undefined): string[] => (text ?? '').split(/[\s,]+/).filter((item) => item !== '');

/** The part of the environment that connectors see. @throws ConfigError */
function readOutside(env: NodeJS.ProcessEnv): OutsideConfig {
  const publicUrl = (env.CERTFLOW_PUBLIC_URL ?? '').replace(/\/$/, '');
  if (publicUrl !== '' && !URL.canParse(publicUrl)) {
    throw new ConfigError(`CERTFLOW_PUBLIC_URL must be an address like https://hall.example.com, not "${publicUrl}"`);
  }
  const own = Object.entries(env).filter(([name, value]) => name.startsWith('CERTFLOW_') && value !== undefined);
  return {
    hosts: list(env.CERTFLOW_HOSTS),
    privateHosts: list(env.CERTFLOW_PRIVATE_HOSTS),
    publicUrl,
    env: Object.fromEntries(own) as { [name: string]: string },
  };
}

export { ConfigError };

const ROOT = resolve(import.meta.dirname, '..');

/** @throws ConfigError */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const development = env.NODE_ENV !== 'production';
  if (!development && env.CERTFLOW_SANDBOX === 'on') {
    throw new ConfigError('CERTFLOW_SANDBOX=on is refused with NODE_ENV=production: sandboxes are for development');
  }
  return {
    port: wholeNumber(env.PORT, 'PORT', 3000, 0, 65535),
    host: env.HOST ?? (development ? '127.0.0.1' : '0.0.0.0'),
    dataDir: resolve(env.DATA_DIR ?? 'data'),
    database: readDatabase(env),
    objects: readObjectStorage(env),
    definitionsDir: resolve(env.DEFINITIONS_DIR ?? ROOT),
    uiDir: resolve(env.UI_DIR ?? `${ROOT}/dist/ui`),
    development,
    sandbox: development && env.CERTFLOW_SANDBOX !== 'off',
    key: env.CERTFLOW_KEY ?? null,
    cipher: readCipher(env.CERTFLOW_CIPHER),
    origins: list(env.CERTFLOW_ORIGINS),
    proxies: wholeNumber(env.CERTFLOW_PROXIES, 'CERTFLOW_PROXIES', 0, 0, 10),
    logLevel: env.LOG_LEVEL ?? (development ? 'warn' : 'info'),
    secondFactor: secondFactorOf(env.CERTFLOW_SECOND_FACTOR, development),
    oidc: readOidc(env, development),
    metricsToken: readMetricsToken(env.CERTFLOW_METRICS_TOKEN),
    telemetry: readTelemetry(env),
    outside: readOutside(env),
  };
}

/** Short ones can be guessed: nobody counts who asks for figures. */
const LEAST_TOKEN = 24;

/** @throws ConfigError */
function readMetricsToken(text: string | undefined): string | null {
  if (text === undefined || text === '') return null;
  if (text.length >= LEAST_TOKEN && !/\s/.test(text)) return text;
  throw new ConfigError(
    `CERTFLOW_METRICS_TOKEN must have at least ${LEAST_TOKEN} characters without spaces, as \`openssl rand -hex 24\` makes them`,
  );
}

/** @throws ConfigError */
function readTelemetry(env: NodeJS.ProcessEnv): Telemetry | null {
  const endpoint = env.OTEL_EXPORTER_OTLP_ENDPOINT;
  if (!endpoint) return null;
  if (!/^https?:/.test(endpoint) || !URL.canParse(endpoint))
    throw new ConfigError(
      `OTEL_EXPORTER_OTLP_ENDPOINT must be an address like https://collector.example.com:4318, not "${endpoint}"`,
    );
  return { endpoint, service: env.OTEL_SERVICE_NAME || 'certflow' };
}

/** @throws ConfigError */
function readDatabase({ STORE: store, DATABASE_URL: url }: NodeJS.ProcessEnv): string | null {
  if (store === undefined || store === '' || store === 'file') return null;
  if (store !== 'postgres') throw new ConfigError(`STORE must be file or postgres, not "${store}"`);
  // The address is not repeated: it may hold a password.
  if (!url || !/^postgres(ql)?:\/\//.test(url))
    throw new ConfigError('STORE=postgres needs DATABASE_URL, like postgres://user:password@host:5432/database');
  if (!URL.canParse(url))
    throw new ConfigError(
      'DATABASE_URL cannot be read: in the password / is written %2F, # %23, ? %3F, @ %40, % %25; the port is a number',
    );
  return url;
}

function readCipher(name: string | undefined): Suite {
  const suite = name === undefined || name === '' ? DEFAULT_SUITE : suiteOf(name);
  if (suite) return suite;
  throw new ConfigError(`CERTFLOW_CIPHER must be one of ${suites.map(({ id }) => id).join(', ')}, not "${name}"`);
}

function secondFactorOf(text: string | undefined, development: boolean): SecondFactorRule {
  if (text === undefined || text === '') return development ? 'optional' : 'required';
  if (text === 'required' || text === 'optional') return text;
  throw new ConfigError(`CERTFLOW_SECOND_FACTOR must be required or optional, not "${text}"`);
}

/** @throws ConfigError */
function readOidc(env: NodeJS.ProcessEnv, development: boolean): OidcConfig | null {
  const issuer = env.CERTFLOW_OIDC_ISSUER;
  if (!issuer) return null;
  if (!URL.canParse(issuer) || (!development && !issuer.startsWith('https:')))
    throw new ConfigError(`CERTFLOW_OIDC_ISSUER must be an address like https://login.example.com, not "${issuer}"`);
  const needed = (name: string): string => {
    const value = env[name];
    if (!value) throw new ConfigError(`${name} is not set, though CERTFLOW_OIDC_ISSUER is`);
    return value;
  };
  return {
    issuer,
    clientId: needed('CERTFLOW_OIDC_CLIENT_ID'),
    clientSecret: needed('CERTFLOW_OIDC_CLIENT_SECRET'),
    scope: env.CERTFLOW_OIDC_SCOPE ?? 'openid profile',
    title: env.CERTFLOW_OIDC_TITLE ?? '统一身份认证',
    claim: env.CERTFLOW_OIDC_CLAIM ?? 'groups',
    roles: rolesOf(needed('CERTFLOW_OIDC_ROLES')),
    acr: (env.CERTFLOW_OIDC_ACR ?? '').split(/\s+/).filter((one) => one !== ''),
    maxAge: env.CERTFLOW_OIDC_MAX_AGE
      ? wholeNumber(env.CERTFLOW_OIDC_MAX_AGE, 'CERTFLOW_OIDC_MAX_AGE', 0, 0, 86_400)
      : null,
  };
}

/** `{"group": ["admin"], "other": [{"role": "reviewer", "projects": ["p"]}]}`, or a file with it. @throws ConfigError */
function rolesOf(text: string): OidcConfig['roles'] {
  const wrong = (): never => {
    throw new ConfigError(
      'CERTFLOW_OIDC_ROLES must be JSON, or a file of it: {"group": ["admin"], "other": [{"role": "reviewer", "projects": ["p"]}]}',
    );
  };
  let read: unknown;
  try {
    read = JSON.parse(text.trimStart().startsWith('{') ? text : readFileSync(text, 'utf8'));
  } catch {
    return wrong();
  }
  if (typeof read !== 'object' || read === null) return wrong();
  const grantOf = (one: unknown): Grant => {
    if (typeof one === 'string') return { role: one, projects: null };
    const { role, projects } = (one ?? {}) as { role?: unknown; projects?: unknown };
    const isList = Array.isArray(projects) && projects.every((id) => typeof id === 'string');
    if (typeof role !== 'string' || (projects !== undefined && !isList)) return wrong();
    return { role, projects: isList ? projects : null };
  };
  const entries = Object.entries(read).map(([value, grants]) => {
    if (!Array.isArray(grants)) return wrong();
    return [value, grants.map(grantOf)] as const;
  });
  return Object.fromEntries(entries);
}

function wholeNumber(text: string | undefined, name: string, byDefault: number, least: number, most: number): number {
  if (text === undefined || text === '') return byDefault;
  const value = Number(text);
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new ConfigError(`${name} must be a whole number from ${least} to ${most}, not "${text}"`);
  }
  return value;
}
