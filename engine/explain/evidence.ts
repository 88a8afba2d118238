import type { EvidenceView } from '../contract/view.ts';
import type { Locale } from '../errors/index.ts';
import { display, fieldsOf, mask, seenBy } from '../forms/index.ts';
import type { CaseState, JournalEntry } from '../model/case.ts';
import type { Actor } from '../model/command.ts';
import type { Definition, FormSchema } from '../model/definition.ts';
import { once } from '../model/once.ts';
import { recordSchema } from '../run/record-schema.ts';
import { titleOfEntry } from '../run/titles.ts';
import { partOf } from './parts.ts';
import { nameOf } from './why.ts';

/**
 * What speaks for a case: each answer and each word from outside with its time and the numbers under which it can be found there, and
 * each step that proved something or took a proof away. Newest first. [XPL-17]
 */
export function evidenceOf(
  definition: Definition,
  state: CaseState,
  viewer: Actor,
  journal: readonly JournalEntry[],
): readonly EvidenceView[] {
  const locale = viewer.locale ?? 'zh-CN';
  const facts = (ids: readonly string[]) => ids.map((fact) => nameOf(definition, ['facts', fact], locale));
  return journal
    .filter(({ part, proved, voided }) => part in definition.connectors || proved.length > 0 || voided.length > 0)
    .map(
      (entry): EvidenceView => ({
        at: entry.at,
        part: partOf(definition, entry.part, locale),
        title: titleOfEntry(definition, entry, locale),
        details: entry.recorded.flatMap((name) => detailsOf(definition, state, viewer, name, entry.at, locale)),
        proved: facts(entry.proved),
        voided: facts(entry.voided),
      }),
    )
    .reverse();
}

const fieldsOnce = once((schema: FormSchema) => fieldsOf(schema));

/** What was kept of an answer, as this viewer may read it. */
function detailsOf(
  definition: Definition,
  state: CaseState,
  { roles }: Actor,
  name: string,
  at: number,
  locale: Locale,
): EvidenceView['details'] {
  // What people write down themselves is no evidence from outside.
  if (definition.declared.records[name]?.of === undefined) return [];
  const schema = recordSchema(definition, name);
  const kept = (state.records[name] ?? []).filter((entry) => entry.at === at);
  if (schema === null) return [];
  return kept.flatMap(({ data }) => {
    const values = mask(schema, seenBy(schema, data, roles));
    return fieldsOnce(schema).flatMap((field) => {
      const text = display(field, values[field.name], locale);
      // A picture to be scanned is no number to be asked for.
      return text === '' || field.kind === 'qr' ? [] : [{ title: field.title, text }];
    });
  });
}
