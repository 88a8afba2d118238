import { say } from './texts.ts';

interface Release {
  readonly by: string;
  readonly note: string;
}

/** Whoever published it. The first release comes from the files that the server found, and nobody wrote a note. */
export function whoOf({ by }: Release): string {
  return by === 'files' ? say('byFiles') : by;
}

export function noteOf({ by, note }: Release): string {
  return by === 'files' ? say('firstRelease') : note;
}
