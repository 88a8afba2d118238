import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

/** Of the package that runs. */
export const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  readonly version: string;
};

/** Machine and process: by it people tell equal nodes apart. */
export const processName = (): string => `${hostname()}:${process.pid}`;
