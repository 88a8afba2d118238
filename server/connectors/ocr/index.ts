import type { Recognizer } from './recognizer.ts';
import { sampleRecognizer } from './sample.ts';

export type { Recognition, Recognizer } from './recognizer.ts';

const nothing: Recognizer = { recognize: async () => ({ fields: {}, engine: 'none', ms: 0 }) };

/** Production has no engine yet and reads nothing: everything can be typed. Development reads the sample pictures. */
export function createRecognizer(options: { readonly development: boolean }): Recognizer {
  return options.development ? sampleRecognizer : nothing;
}
