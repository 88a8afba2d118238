import { timerId } from '../compile/names.ts';
import { delayWords } from '../compose/duration.ts';
import { type Locale, sentence } from '../errors/index.ts';
import { labelOf } from '../explain/text.ts';
import type { JournalEntry } from '../model/case.ts';
import type { Definition } from '../model/definition.ts';

/** Outcome of a call, for the history: `operation: outcome`. @param call address of the calling state */
export function titleOfOutcome(definition: Definition, call: string, outcome: string, locale?: Locale): string {
  const node = definition.chart.states[call]?.call;
  const operation = node == null ? undefined : definition.connectors[node.connector]?.operations[node.operation];
  const title =
    outcome === 'UNAVAILABLE'
      ? sentence('history-no-answer', {}, locale)
      : (operation?.outcomes[outcome]?.title ?? outcome);
  return operation === undefined
    ? title
    : sentence('history-outcome', { operation: operation.title, outcome: title }, locale);
}

/** A deadline or a reminder, for the history. */
export function titleOfTimer(definition: Definition, timer: string, locale?: Locale): string {
  const address = timer.slice(0, timer.indexOf('|'));
  const state = definition.chart.states[address];
  const label = labelOf(definition, address);
  const reminder = state?.remind.find((each) => timerId(address, 'remind', each.key) === timer);
  if (reminder !== undefined)
    return sentence('history-reminder', { label, duration: delayWords(reminder.duration, locale) }, locale);
  const deadline = state?.after.find((each) => timerId(address, 'after', each.key) === timer);
  return deadline === undefined
    ? sentence('history-due', {}, locale)
    : sentence('history-deadline', { label, duration: delayWords(deadline.duration, locale) }, locale);
}

/**
 * The title of an entry in a language. The journal holds it in the first language; what the product says itself is told
 * anew, and what a definition says stays as it is written.
 */
export function titleOfEntry(definition: Definition, entry: JournalEntry, locale: Locale): string {
  return locale === 'zh-CN' ? entry.title : (saidTitle(definition, entry, locale) ?? entry.title);
}

/** The title where the product says it itself; null where the definition's words stand in the journal. */
export function saidTitle(definition: Definition, entry: JournalEntry, locale: Locale): string | null {
  const [kind = '', first = ''] = entry.what.split(':', 2);
  const last = entry.what.slice(entry.what.lastIndexOf(':') + 1);
  switch (kind) {
    case 'start':
      return sentence('history-start', {}, locale);
    case 'migrate':
      return sentence('history-migrated', {}, locale);
    case 'timer':
      return titleOfTimer(definition, entry.what.slice('timer:'.length), locale);
    case 'outcome':
      return titleOfOutcome(definition, first, last, locale);
    case 'late':
    case 'parked':
    case 'stale':
      return sentence(`history-${kind}`, { title: titleOfOutcome(definition, first, last, locale) }, locale);
    case 'unheard': {
      if (definition.chart.states[first]?.call != null) return titleOfOutcome(definition, first, last, locale);
      const title = definition.declared.events[first]?.title ?? first;
      return sentence('history-unheard', { title }, locale);
    }
    default:
      return null;
  }
}
