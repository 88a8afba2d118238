import { durationOf, type Words } from '../settings-model.ts';

/** A delay as people say it where it is a plain one, else as it is written. */
export function delayWords(delay: string, words: Words): string {
  const duration = durationOf(delay);
  return duration ? `${duration.count} ${words[duration.unit]}` : delay;
}
