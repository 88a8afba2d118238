import type { Words } from './composed.ts';

/** The words of a branch and of `enter`, in the order in which they happen. */
export const wordKeys = [
  'prove',
  'void',
  'count',
  'record',
  'sign',
  'make',
  'notify',
  'erase',
] as const satisfies readonly (keyof Words)[];

/** Nothing is said. */
export const noWords: Words = {
  prove: [],
  void: [],
  count: [],
  record: [],
  sign: [],
  make: [],
  notify: [],
  erase: [],
};
