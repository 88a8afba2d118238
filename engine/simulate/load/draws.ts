/**
 * Chances of one seed. Each belongs to a thing and not to the moment, so that two runs that differ in one assumption draw
 * the same for everything else: what they show is the difference, not luck.
 */
export interface Draws {
  /** A number from 0 up to, not including, 1: the same for the same three. @param nth how often this was drawn before */
  of(who: number, what: string, nth: number): number;
}

const hashes = new Map<string, number>();

/** Draws that are the same for the same seed everywhere (mulberry32's mixing over a hash of what is drawn). */
export function drawsOf(seed: number): Draws {
  const first = mixed(seed >>> 0);
  return {
    of: (who, what, nth) => mixed(mixed(mixed(first ^ who) ^ hashOf(what)) ^ Math.imul(nth, 0x9e3779b1)) / 4294967296,
  };
}

function mixed(value: number): number {
  const state = (value + 0x6d2b79f5) >>> 0;
  let mix = Math.imul(state ^ (state >>> 15), state | 1);
  mix ^= mix + Math.imul(mix ^ (mix >>> 7), mix | 61);
  return (mix ^ (mix >>> 14)) >>> 0;
}

function hashOf(text: string): number {
  let hash = hashes.get(text);
  if (hash === undefined) {
    hash = 0x811c9dc5;
    for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
    hash = mixed(hash >>> 0);
    hashes.set(text, hash);
  }
  return hash;
}

/** How far times scatter around their mean: not at all, as work does (half of them below 90 %), or as waiting for chance does. */
export const spreads = ['fixed', 'usual', 'exponential'] as const;
export type Spread = (typeof spreads)[number];

/** Standard deviation of the logarithm such that the coefficient of variation is 0.5. */
const sigma = Math.sqrt(Math.log(1 + 0.5 ** 2));

/** A time with this mean. @param one, two independent draws */
export function timeOf(mean: number, spread: Spread, one: number, two: number): number {
  if (spread === 'fixed') return mean;
  if (spread === 'exponential') return -mean * Math.log(1 - one);
  const normal = Math.sqrt(-2 * Math.log(1 - one)) * Math.cos(2 * Math.PI * two);
  return mean * Math.exp(sigma * normal - sigma ** 2 / 2);
}

/** Index of a weight, each as often as it weighs; -1 when nothing weighs anything. */
export function weighed(weights: readonly number[], draw: number): number {
  let left = draw * weights.reduce((sum, one) => sum + one, 0);
  let last = -1;
  for (const [index, weight] of weights.entries()) {
    if (weight <= 0) continue;
    last = index;
    left -= weight;
    if (left < 0) return index;
  }
  return last;
}
