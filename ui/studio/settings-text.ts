import type { Json, JsonObject } from '../../engine/model/json.ts';
import { dataIn, isObject, withValue } from './yaml-text.ts';

/** The settings inside a project's YAML text; `readable` is false while it is no YAML or they are no map. */
export function settingsIn(text: string): { readonly settings: JsonObject; readonly readable: boolean } {
  const data = dataIn(text);
  if (!data) return { settings: {}, readable: false };
  const { settings } = data;
  if (settings === undefined || settings === null) return { settings: {}, readable: true };
  return isObject(settings) ? { settings, readable: true } : { settings: {}, readable: false };
}

/** The text with one setting written, or taken out (`undefined`): what is not written is the base's. */
export function withSetting(text: string, path: readonly string[], value: Json | undefined): string {
  return path.length === 0 ? text : withValue(text, ['settings', ...path], value);
}
