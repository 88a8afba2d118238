import type { HttpPlace } from '../../../engine/model/http.ts';
import type { Json, JsonObject } from '../../../engine/model/json.ts';
import type { Parameters } from '../sorted.ts';

/** A value as text: what is no text is its JSON. */
export function wordOf(value: Json): string {
  return typeof value === 'string' ? value : typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** The top level of a body or a query, as text. */
export function parametersOf(content: Json | undefined): Parameters {
  if (typeof content !== 'object' || content === null || Array.isArray(content)) return {};
  return Object.fromEntries(
    Object.entries(content).map(([name, value]) => [name, value === null ? '' : wordOf(value)]),
  );
}

/** What stands at a place of a message that came; empty where nothing does. */
export function at(
  place: HttpPlace | undefined,
  headers: { readonly [name: string]: string },
  parameters: Parameters,
): string {
  if (place?.header !== undefined) return headers[place.header.toLowerCase()] ?? '';
  return place?.field === undefined ? '' : (parameters[place.field] ?? '');
}

/** Writes a value to its place of a message that goes out. */
export function put(
  place: HttpPlace | undefined,
  value: string,
  message: { readonly headers: { [name: string]: string }; readonly parameters: JsonObject },
): void {
  if (place?.header !== undefined) message.headers[place.header] = value;
  else if (place?.field !== undefined) message.parameters[place.field] = value;
}
