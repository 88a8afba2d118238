import { beforeAll, describe, expect, test } from 'vitest';
import type { Definition, Files } from '../../../engine/model/definition.ts';
import { definitionFiles } from '../../support/definitions.ts';
import { faults } from './faults.ts';
import { playWorld } from './world.ts';
import { definitionsOf, seedThatFinds } from './worlds.ts';

/** A small part of `npm run campaign -- world`: the same code, few seeds. */
const limit = 180_000;
let files: Files = {};
let definitions: readonly Definition[] = [];
beforeAll(() => {
  files = definitionFiles();
  definitions = definitionsOf(files);
});

describe('a world that misbehaves', () => {
  test(
    'loses no step and no money, takes none twice, and leaves no case to nobody',
    async () => {
      for (const seed of [2, 4]) {
        const { violations, steps } = await playWorld({ seed, cases: 5, definitions });
        expect({ seed, violations }).toEqual({ seed, violations: [] });
        expect(steps).toBeGreaterThan(20);
      }
    },
    limit,
  );

  // The others need more seeds: `npm run campaign -- world --faults`.
  test.each(faults.slice(0, 2))(
    'finds a build with $title',
    async (fault) => {
      expect(await seedThatFinds(fault, files, { cases: 8, from: 1, seeds: 3 })).not.toBeNull();
    },
    limit,
  );
});
