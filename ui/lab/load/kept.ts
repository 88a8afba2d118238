import type { Definition } from '../../../engine/index.ts';
import { mark } from '../../app/texts/punctuation.ts';
import { openDraft, openRelease } from '../release.ts';
import type { Source } from '../worker/messages.ts';
import type { Patch } from './patch.ts';
import { say } from './texts.ts';

/** What is compared with: the assumptions, and whether over the draft. */
export interface Kept {
  readonly patch: Patch;
  readonly isDraft: boolean;
}

/** The other of draft and release; null when it does not read. */
export async function otherOf(
  project: { readonly id: string; readonly hash: string },
  isDraft: boolean,
): Promise<{ readonly source: Source; readonly hash: string } | null> {
  const opened = isDraft ? await openDraft(project.id) : await openRelease(project.hash);
  return opened.kind === 'ready' ? { source: opened.source, hash: opened.definition.hash } : null;
}

/** How many values a patch changes. */
export function countOf(patch: Patch): number {
  return Object.values(patch).reduce<number>(
    (sum, value) => sum + (typeof value === 'object' && value !== null && !Array.isArray(value) ? countOf(value) : 1),
    0,
  );
}

/** What is compared with, in short: draft or release, and what was changed there. */
export function namesOf(definition: Definition, { patch, isDraft }: Kept): string {
  const { events, roles } = { events: definition.declared.events, roles: definition.roles };
  const word = (name: string): string =>
    roles[name]?.title ?? events[name]?.title ?? definition.states[name]?.title ?? (isSaid(name) ? say(name) : name);
  const parts: string[] = [];
  const walk = (value: Patch, path: readonly string[]): void => {
    for (const [name, inner] of Object.entries(value)) {
      if (typeof inner === 'object' && inner !== null && !Array.isArray(inner)) walk(inner, [...path, name]);
      else
        parts.push(`${[...path, name].map(word).join(' ')} ${Array.isArray(inner) ? inner.join(' ') : String(inner)}`);
    }
  };
  walk(patch, []);
  return [say(isDraft ? 'draft' : 'release'), ...parts].join(mark('comma'));
}

/** Parts of the assumptions that have a word of their own on this page. */
const saidNames = [
  ...(['cases', 'perDay', 'start', 'seed', 'spread', 'giveUp', 'tail', 'week', 'hours', 'months', 'asides'] as const),
  ...([
    'staff',
    'people',
    'from',
    'to',
    'days',
    'minutes',
    'choices',
    'calls',
    'office',
    'outside',
    'percent',
  ] as const),
] as const;

function isSaid(name: string): name is (typeof saidNames)[number] {
  return (saidNames as readonly string[]).includes(name);
}
