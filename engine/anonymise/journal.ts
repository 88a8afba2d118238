import { sentence } from '../errors/index.ts';
import type { JournalEntry } from '../model/case.ts';
import type { Definition } from '../model/definition.ts';
import { saidTitle } from '../run/titles.ts';

/** Kinds of entries that the engine writes itself. */
const KINDS: ReadonlySet<string> = new Set(
  'start event outside outcome timer late stale parked unheard migrate hand'.split(' '),
);

/** The history with the people of the play, and nothing in it but words of the definition and of the product. */
export function anonymousEntry(
  definition: Definition,
  entry: JournalEntry,
  vocabulary: ReadonlySet<string>,
  person: (id: string) => string,
): JournalEntry {
  const said = (names: readonly string[]): string[] => names.filter((name) => vocabulary.has(name));
  const isPerson = Object.hasOwn(definition.roles, entry.part);
  const { erased, inPlaceOf } = entry;
  const what = whatOf(entry.what, vocabulary);
  return {
    revision: entry.revision,
    at: entry.at,
    by: isPerson ? person(entry.by) : connectorOf(entry.by, vocabulary),
    ...(inPlaceOf === undefined ? {} : { inPlaceOf: person(inPlaceOf) }),
    part: vocabulary.has(entry.part) || entry.part === 'start' ? entry.part : 'timer',
    what,
    left: said(entry.left),
    entered: said(entry.entered),
    proved: said(entry.proved),
    voided: said(entry.voided),
    counted: said(entry.counted),
    recorded: said(entry.recorded),
    notified: said(entry.notified),
    ...(erased === undefined ? {} : { erased }),
    changed: entry.changed.filter((path) =>
      path.split('.').every((part) => vocabulary.has(part) || /^\d{1,3}$/.test(part)),
    ),
    title: titleFor(definition, { ...entry, what }, vocabulary),
  };
}

/** `event:NEXT`, `outcome:main.work…:OK`, `timer:<address>|after:…`: parts that the definition does not say are left out. */
function whatOf(what: string, vocabulary: ReadonlySet<string>): string {
  const [kind = '', ...parts] = what.split(':');
  if (!KINDS.has(kind)) return 'event';
  const rest = parts.join(':');
  // A timer's own name has colons in it.
  const kept = (vocabulary.has(rest) ? [rest] : parts).filter((part) => part !== '' && vocabulary.has(part));
  return [kind, ...kept].join(':');
}

/** `connector.operation`. */
function connectorOf(by: string, vocabulary: ReadonlySet<string>): string {
  return by !== '' && by.split('.').every((part) => vocabulary.has(part)) ? by : 'timer';
}

function titleFor(definition: Definition, entry: JournalEntry, vocabulary: ReadonlySet<string>): string {
  if (vocabulary.has(entry.title)) return entry.title;
  const said = saidTitle(definition, entry, 'zh-CN');
  if (said !== null) return said;
  const [kind = '', name = ''] = entry.what.split(':', 2);
  const event = kind === 'event' || kind === 'outside' ? definition.declared.events[name]?.title : undefined;
  return event ?? sentence('history-due');
}
