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
    .filter((entry) => !(owner && /^(stale|unheard):/.test(entry.what)))
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
  const listed = (names: readonly string[]) => names.join(locale === 'en' ? ', ' : '、');
  const titles = (facts: readonly string[]) => listed(facts.map((fact) => nameOf(definition, ['facts', fact], locale)));
  const details: string[] = [];
  if (entry.inPlaceOf !== undefined) details.push(sentence('history-in-place', {}, locale));
  if (entry.proved.length > 0) details.push(titles(entry.proved));
  if (entry.voided.length > 0) details.push(sentence('history-voided', { facts: titles(entry.voided) }, locale));
  if (entry.changed.length > 0) {
    const fields = listed(changedNames(definition, entry.changed, locale));
    details.push(sentence('history-filled', { fields }, locale));
  }
  if (entry.erased !== undefined)
    details.push(listed(entry.erased.map((what) => sentence(`history-erased-${what}`, {}, locale))));
  // A move within one label is the engine's business.
  const before = new Set(entry.left.map((address) => labelOf(definition, address)));
  const entered = new Set(entry.entered.map((address) => labelOf(definition, address)));
  const labels = [...entered].filter((label) => label !== '' && !before.has(label));
  if (labels.length > 0 && entry.what !== 'start')
    details.push(sentence('history-entered', { labels: listed(labels) }, locale));
  const looks = entry.entered.map((address) => definition.chart.states[address]?.look ?? null);
  const look = looks.includes('err') ? 'err' : entry.proved.length > 0 || looks.includes('ok') ? 'ok' : 'plain';
  const part = entry.part === 'start' ? ownerPart(definition) : partOf(definition, entry.part, locale);
  return { at: entry.at, part, title: titleOfEntry(definition, entry, locale), details, look };
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
