import { resolve } from 'node:path';

/** Everything that the environment decides. */
export interface Config {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
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
  /** Origins from which a browser may send changes, besides the address it asked for (behind a proxy). */
  readonly origins: readonly string[];
  /** Number of proxies in front whose X-Forwarded-For is trusted. */
  readonly proxies: number;
  readonly logLevel: string;
}

/** A value of the environment that cannot be used, in one sentence that says what to write. */
export class ConfigError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ConfigError';
  }
}

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
    definitionsDir: resolve(env.DEFINITIONS_DIR ?? ROOT),
    uiDir: resolve(env.UI_DIR ?? `${ROOT}/dist/ui`),
    development,
    sandbox: development && env.CERTFLOW_SANDBOX !== 'off',
    key: env.CERTFLOW_KEY ?? null,
    origins: (env.CERTFLOW_ORIGINS ?? '').split(/[\s,]+/).filter((origin) => origin !== ''),
    proxies: wholeNumber(env.CERTFLOW_PROXIES, 'CERTFLOW_PROXIES', 0, 0, 10),
    logLevel: env.LOG_LEVEL ?? (development ? 'warn' : 'info'),
  };
}

function wholeNumber(text: string | undefined, name: string, byDefault: number, least: number, most: number): number {
  if (text === undefined || text === '') return byDefault;
  const value = Number(text);
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new ConfigError(`${name} must be a whole number from ${least} to ${most}, not "${text}"`);
  }
  return value;
}
