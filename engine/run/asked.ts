import type { ConnectorDefinition, Definition } from '../model/definition.ts';
import type { Effect } from '../model/effect.ts';
import type { JsonObject } from '../model/json.ts';

type Call = Extract<Effect, { readonly kind: 'call' }>;
type Operation = ConnectorDefinition['operations'][string];

/** What a call asks of the fields that one of its answers has to repeat; null where there are none. [RUN-29] */
export function askedOf(definition: Definition, { connector, operation, input }: Call): JsonObject | null {
  const outcomes = Object.values(definition.connectors[connector]?.operations[operation]?.outcomes ?? {});
  const fields = new Set(outcomes.flatMap(({ same }) => same ?? []));
  const asked = Object.entries(input).filter(([field]) => fields.has(field));
  return asked.length === 0 ? null : Object.fromEntries(asked);
}

/** The first field in which an answer is not what was asked, though its contract says that it is; null where none is. */
export function otherThanAsked(
  operation: Operation | undefined,
  outcome: string,
  asked: JsonObject = {},
  data: JsonObject = {},
): string | null {
  const same = operation?.outcomes[outcome]?.same ?? [];
  return same.find((field) => Object.hasOwn(asked, field) && data[field] !== asked[field]) ?? null;
}
