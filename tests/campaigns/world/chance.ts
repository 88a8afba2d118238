import { createHash } from 'node:crypto';
import { type Random, random } from '../fuzz/random.ts';

/** Chances of one seed. */
export interface Chance extends Random {
  /** True so many times in a hundred. */
  percent(times: number): boolean;
  /** One of the names, each as often as its weight says. */
  weighed<Name extends string>(weights: { readonly [name in Name]: number }): Name;
}

export function chance(seed: number): Chance {
  const source = random(seed);
  return {
    ...source,
    percent: (times) => source.below(100) < times,
    weighed(weights) {
      const entries = Object.entries(weights) as [keyof typeof weights, number][];
      let left = source.below(entries.reduce((sum, [, weight]) => sum + weight, 0));
      for (const [name, weight] of entries) {
        left -= weight;
        if (left < 0) return name;
      }
      throw new Error('nothing to choose from');
    },
  };
}

/** Chances that belong to a thing and not to the moment: the same whatever else was chosen before. */
export function chanceOf(seed: number, ...thing: readonly (string | number)[]): Chance {
  const digest = createHash('sha256')
    .update(`${seed}|${thing.join('|')}`)
    .digest();
  return chance(digest.readUInt32BE(0));
}
