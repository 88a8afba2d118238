import { type Evaluated, evaluateText, type Scope } from '../../../engine/expressions/index.ts';
import type { Json, JsonObject } from '../../../engine/model/json.ts';

/** An expression of the mapping failed: the definition does not fit what came. The message holds no value. */
export class MappingFailed extends Error {
  constructor(expression: string, reason: string) {
    super(`${expression}: ${reason}`);
    this.name = 'MappingFailed';
  }
}

/** @returns the value, or undefined when something that it reads is not there. @throws MappingFailed */
export function evaluated(expression: Json, scope: Scope): Json | undefined {
  if (typeof expression !== 'string') return expression;
  const result: Evaluated = evaluateText(expression, scope);
  if (result.kind === 'value') return result.value;
  if (result.kind === 'missing') return undefined;
  throw new MappingFailed(expression, result.reason);
}

/** An object or a list with its expressions filled in; what is missing is left out. @throws MappingFailed */
export function filled(mapping: JsonObject | undefined, scope: Scope): JsonObject {
  const out: JsonObject = {};
  for (const [name, part] of Object.entries(mapping ?? {})) {
    const value = partOf(part, scope);
    if (value !== undefined) out[name] = value;
  }
  return out;
}

function partOf(part: Json, scope: Scope): Json | undefined {
  if (Array.isArray(part)) return part.flatMap((item) => partOf(item, scope) ?? []);
  if (part !== null && typeof part === 'object') return filled(part, scope);
  return evaluated(part, scope);
}

/** A condition holds; without one it does. What reads something missing does not hold. @throws MappingFailed */
export function holds(condition: string | boolean | undefined, scope: Scope): boolean {
  return condition === undefined || evaluated(condition, scope) === true;
}

/** A path with its `{expressions}`, each percent-encoded as one segment. @throws MappingFailed */
export function pathOf(path: string, scope: Scope): string {
  return path.replace(/\{([^{}]*)\}/g, (_all, expression: string) => {
    const value = evaluated(expression, scope);
    // A dot segment would lead to another path of the same host.
    if (value === undefined || value === null || /^\.{0,2}$/.test(String(value)))
      throw new MappingFailed(expression, 'there is no value for the path');
    return encodeURIComponent(String(value));
  });
}
