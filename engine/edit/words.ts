import { delaySaid } from '../compose/duration.ts';
import type { EditTimer, EditWord } from '../contract/edit.ts';
import type { ChartState } from '../model/composed.ts';
import type { Json } from '../model/json.ts';
import { entries, type Node, plain } from '../read/index.ts';
import { type Ground, hashOf, same } from './ground.ts';
import { removalOfEntry } from './removal.ts';

/** What a state says of itself: what stands there, where it comes from, and whether a change reaches it. */
export function wordsOf(ground: Ground, state: ChartState, path: readonly string[]): readonly EditWord[] {
  const { task, call } = state;
  const promise = ground.node([...path, 'promise']);
  const words: [EditWord['name'], Json | null][] = [
    ['title', state.title],
    ['label', state.label],
    ['stage', state.stage],
  ];
  if (state.kind === 'final' || state.look !== null) words.push(['look', state.look]);
  if (call !== null) words.push(['call', `${call.connector}.${call.operation}`]);
  if (task !== null) {
    words.push(['by', task.by], ['task.title', task.title], ['task.forms', [...task.forms]]);
    words.push(
      ['task.shows', [...task.shows]],
      ['task.documents', [...task.documents]],
      ['task.content', task.content],
    );
  }
  if (task !== null || promise !== undefined) words.push(['promise', promise === undefined ? null : plain(promise)]);
  return words.map(([name, value]) => wordOf(ground, state, path, name, value));
}

function wordOf(
  ground: Ground,
  { address }: ChartState,
  path: readonly string[],
  name: EditWord['name'],
  value: Json | null,
): EditWord {
  const keys = [...path, ...(name === 'by' ? ['task', 'by'] : name.split('.'))];
  const node = ground.node(keys);
  const isShape = name === 'by' || name === 'call';
  const can = isShape
    ? (ground.inside(address, keys) ?? ({ kind: 'no', why: 'shape' } as const))
    : ground.settable(address, keys, `${address}.${name}`);
  return { name, value, from: node?.origin ?? null, change: ground.changeAt(node?.origin), can };
}

/** Deadlines and reminders; the delay is the name of the entry. */
export function timersOf(
  ground: Ground,
  { address, after, remind }: ChartState,
  path: readonly string[],
  titleOf: (address: string) => string,
): readonly EditTimer[] {
  return (['after', 'remind'] as const).flatMap((kind) =>
    entries(ground.node([...path, kind])).map(([delay, entry]) => {
      const change = ground.changeAt(entry.key);
      const keys = [...path, kind, delay];
      // A setting that is a list of times has an entry for each.
      const known = [...after, ...remind].filter(({ key }) => key === delay || key.startsWith(`${delay}#`));
      const [branch] = after.find(({ key }) => key === delay)?.transition.branches ?? [];
      const to = branch === undefined || branch.to.kind === 'here' ? '' : titleOf(branch.to.address);
      return {
        kind,
        delay,
        said: saidOf(
          known.map(({ duration }) => delaySaid(duration)),
          delay,
        ),
        setting: /\bsettings\.([A-Za-z]\w*)/.exec(delay)?.[1] ?? null,
        leads: kind === 'after' ? to : noticeText(ground, entry.value),
        from: entry.key,
        change,
        can: delayOf(ground, address, keys, change, entry.key),
        removal: removalOfEntry(ground, address, keys),
      };
    }),
  );
}

function saidOf(times: readonly EditTimer['said'][], delay: string): EditTimer['said'] {
  if (times.length === 0) return { zh: delay, en: delay };
  return { zh: times.map(({ zh }) => zh).join('、'), en: times.map(({ en }) => en).join(', ') };
}

function delayOf(ground: Ground, state: string, keys: readonly string[], change: string | null, key: Node['origin']) {
  const delay = keys.at(-1)!;
  const own = change === null ? undefined : ground.change(change);
  if (change !== null && ground.says(change, 'add', `${state}.${keys.at(-2)!}.${delay}`))
    return { kind: 'within', change, path: ['add'] } as const;
  const is = own?.kind === 'map' && own.entries.has('set') ? own.entries.get('is')?.value.origin : undefined;
  if (change !== null && same(is, key)) return { kind: 'within', change, path: ['is'] } as const;
  const inside = ground.inside(state, keys);
  if (inside !== null) return inside;
  return { kind: 'set', set: `${state}.${keys.at(-2)!}.${delay}`, was: hashOf(delay) } as const;
}

function noticeText(ground: Ground, notice: Node): string {
  const name = plain(notice);
  return typeof name === 'string' ? (ground.composition.declared.notices[name]?.text ?? name) : '';
}
