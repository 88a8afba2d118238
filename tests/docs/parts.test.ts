import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../support/server.ts';

interface Part {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
}

const json = (path: string): unknown => JSON.parse(readFileSync(join(ROOT, path), 'utf8'));

test('every part of others is named with its version and its hash, and comes from the registry', () => {
  const { packages } = json('package-lock.json') as { packages: { [path: string]: Part } };
  const parts = Object.entries(packages).filter(([path]) => path !== '');
  expect(parts.length).toBeGreaterThan(100);
  const strange = parts.filter(([, { version, resolved, integrity, link }]) => {
    // Without an address it is the registry's; none is taken from a repository, a folder or a site.
    const isElsewhere = resolved !== undefined && !resolved.startsWith('https://registry.npmjs.org/');
    return link === true || isElsewhere || version === undefined || !/^sha512-/.test(integrity ?? '');
  });
  expect(strange.map(([path]) => path)).toEqual([]);
});

test('what is asked for directly is pinned to one version', () => {
  const asked = json('package.json') as { [of: string]: { [name: string]: string } };
  const versions = Object.entries({ ...asked.dependencies, ...asked.devDependencies });
  expect(versions.length).toBeGreaterThan(50);
  expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
});
