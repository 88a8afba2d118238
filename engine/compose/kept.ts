import { evaluateText } from '../expressions/index.ts';
import type { Chart } from '../model/composed.ts';
import type { DeclaredParts } from '../model/definition.ts';
import type { Json, JsonObject } from '../model/json.ts';

/** Declared parts of the effective chart: events that somebody hears, laws about states that exist, tables with rows. */
export function keepHeard(declared: DeclaredParts, chart: Chart, settings: JsonObject): DeclaredParts {
  const heard = new Set<string>();
  for (const state of Object.values(chart.states)) {
    for (const event of [...Object.keys(state.on), ...Object.keys(state.follow), ...Object.values(state.late)])
      heard.add(event);
  }
  const { batch, ...others } = declared;
  const lives = (address: string) => address === 'case' || address in chart.states;
  return {
    ...others,
    ...(batch !== undefined && isThere(batch, settings) && { batch }),
    events: Object.fromEntries(
      Object.entries(declared.events).filter(([id, event]) => heard.has(id) || event.heard === 'always'),
    ),
    tables: Object.fromEntries(
      Object.entries(declared.tables).map(([id, table]) => [id, { ...table, is: rowsOf(table.is, settings) }]),
    ),
    laws: Object.fromEntries(
      Object.entries(declared.laws).flatMap(([id, law]) => {
        if (law.offers !== undefined && !heard.has(law.offers)) return [];
        if (law.at === undefined) return [[id, law]];
        const at = law.at.filter(lives);
        return at.length === 0 ? [] : [[id, { ...law, at }]];
      }),
    ),
    counters: Object.fromEntries(
      Object.entries(declared.counters).map(([id, counter]) => {
        if (counter.reset === undefined || counter.reset in chart.states) return [id, counter];
        const { reset: _gone, ...rest } = counter;
        return [id, rest];
      }),
    ),
  };
}

/** Whether this project has what the process offers only `if`. */
function isThere({ if: condition }: { readonly if?: string }, settings: JsonObject): boolean {
  if (condition === undefined) return true;
  const result = evaluateText(condition, { values: { settings } });
  return result.kind === 'value' && result.value === true;
}

/** Rows of a table that lives in a setting. */
export function rowsOf(is: Json, settings: JsonObject): Json {
  if (typeof is !== 'string' || !is.startsWith('settings.')) return is;
  let value: Json | undefined = settings;
  for (const step of is.slice('settings.'.length).split('.'))
    value = value !== null && typeof value === 'object' && !Array.isArray(value) ? value[step] : undefined;
  return value ?? {};
}
