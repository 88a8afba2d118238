import { begin, type Definition, load, type Session, walkTo } from '../../../engine/index.ts';
import type { Json, JsonObject } from '../../../engine/model/json.ts';
import { definitionFiles } from '../../support/definitions.ts';

export const calendar = { offsetMinutes: 480, exceptions: {}, until: '2099-12-31' };

const known = new Map<string, Definition>();

export function definitionOf(project: string): Definition {
  const there = known.get(project) ?? load(definitionFiles(), project).definition;
  if (there === null) throw new Error(`no project ${project}`);
  known.set(project, there);
  return there;
}

/** A case of the project that somebody has brought to a state. */
export function caseAt(project: string, target: string): Session {
  const arrived = walkTo(begin(definitionOf(project), { calendar }), target);
  if (arrived === null) throw new Error(`no way to ${target}`);
  return arrived;
}

/** Each text of a value replaced. */
export function mapTexts(value: Json, change: (text: string) => string): Json {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((one) => mapTexts(one, change));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, one]) => [name, mapTexts(one, change)] as const);
  return Object.fromEntries(entries) as JsonObject;
}
