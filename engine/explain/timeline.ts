import type { TimelineView } from '../contract/view.ts';
import { type Locale, sentence } from '../errors/index.ts';
import type { CaseState, JournalEntry } from '../model/case.ts';
import { type Actor, standsForOwner } from '../model/command.ts';
import type { Definition } from '../model/definition.ts';
import { once } from '../model/once.ts';
import { titleOfEntry } from '../run/titles.ts';
import { partOf } from './parts.ts';
import { labelOf } from './text.ts';
import { nameOf } from './why.ts';

/** What happened, newest first. The owner does not see what changed nothing; whoever works on the case sees all. */
export function timelineOf(
  definition: Definition,
  state: CaseState,
  viewer: Actor,
  journal: readonly JournalEntry[],
): readonly TimelineView[] {
  const owner = standsForOwner(viewer, state.owner);
  const lines = linesOf(definition)[viewer.locale ?? 'zh-CN'];
  return journal
    .filter(({ what }) => !(owner && (what.startsWith('stale:') || what.startsWith('unheard:'))))
    .map(lines)
    .reverse();
}

/** What an entry says depends on nothing else of its case, and on nobody's place in it: told once in each language. */
const linesOf = once(
  (definition: Definition): { readonly [locale in Locale]: (entry: JournalEntry) => TimelineView } => ({
    'zh-CN': once((entry) => lineOf(definition, entry, 'zh-CN')),
    en: once((entry) => lineOf(definition, entry, 'en')),
  }),
);

function lineOf(definition: Definition, entry: JournalEntry, locale: Locale): TimelineView {
  const details: string[] = [];
  if (entry.inPlaceOf !== undefined) details.push(sentence('history-in-place', {}, locale));
  if (entry.proved.length > 0) details.push(titlesOf(definition, entry.proved, locale));
  if (entry.voided.length > 0)
    details.push(sentence('history-voided', { facts: titlesOf(definition, entry.voided, locale) }, locale));
  if (entry.changed.length > 0) {
    const fields = listed(changedNames(definition, entry.changed, locale), locale);
    details.push(sentence('history-filled', { fields }, locale));
  }
  if (entry.erased !== undefined) {
    const erased = entry.erased.map((what) => sentence(`history-erased-${what}`, {}, locale));
    details.push(listed(erased, locale));
  }
  const labels = entry.what === 'start' ? [] : labelsEntered(definition, entry);
  if (labels.length > 0) details.push(sentence('history-entered', { labels: listed(labels, locale) }, locale));
  const looks = entry.entered.map((address) => definition.chart.states[address]?.look ?? null);
  const look = looks.includes('err') ? 'err' : entry.proved.length > 0 || looks.includes('ok') ? 'ok' : 'plain';
  const part = entry.part === 'start' ? ownerPart(definition) : partOf(definition, entry.part, locale);
  return { at: entry.at, part, title: titleOfEntry(definition, entry, locale), details, look };
}

function listed(names: readonly string[], locale: Locale): string {
  return names.join(locale === 'en' ? ', ' : '、');
}

function titlesOf(definition: Definition, facts: readonly string[], locale: Locale): string {
  return listed(
    facts.map((fact) => nameOf(definition, ['facts', fact], locale)),
    locale,
  );
}

/** A move within one label is the engine's business. */
function labelsEntered(definition: Definition, { left, entered }: JournalEntry): readonly string[] {
  const labels: string[] = [];
  for (const address of entered) {
    const label = labelOf(definition, address);
    if (label === '' || labels.includes(label)) continue;
    if (!left.some((before) => labelOf(definition, before) === label)) labels.push(label);
  }
  return labels;
}

/** Who starts a case is whoever has the first task of the workflow. */
const ownerPart = once((definition: Definition) => {
  const first = Object.values(definition.chart.states).find((each) => each.task !== null);
  return partOf(definition, first?.task?.by ?? 'start');
});

/** Few fields by name, many by their forms. */
function changedNames(definition: Definition, changed: readonly string[], locale: Locale): readonly string[] {
  if (changed.length <= 4) return changed.map((path) => nameOf(definition, path.split('.'), locale));
  const forms = new Set(changed.map((path) => path.split('.')[0] as string));
  return [...forms].map((form) => definition.forms[form]?.title ?? form);
}
