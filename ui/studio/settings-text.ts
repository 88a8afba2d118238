import { isMap, parseDocument, type YAMLMap } from 'yaml';
import type { Json, JsonObject } from '../../engine/model/json.ts';

/**
 * The settings inside a project's YAML text, changed in place: comments, order and quotes of everything else stay.
 * The text is the truth; the form reads and writes it.
 */
export function settingsIn(text: string): { readonly settings: JsonObject; readonly readable: boolean } {
  // A gate like the server's, for what one types: the parser itself has no bound on nesting.
  if (deep(text)) return { settings: {}, readable: false };
  const document = parseDocument(text, { version: '1.2' });
  if (document.errors.length > 0 || !isMap(document.contents)) return { settings: {}, readable: false };
  const value: unknown = document.toJS();
  const settings = (value as { settings?: unknown } | null)?.settings;
  return {
    settings: isObject(settings) ? settings : {},
    readable: settings === undefined || settings === null || isObject(settings),
  };
}

/** The text with one setting written, or with its line taken out (`undefined`): what is not written is the base's. */
export function withSetting(text: string, path: readonly string[], value: Json | undefined): string {
  const document = parseDocument(text, { version: '1.2' });
  if (document.errors.length > 0) return text;
  const [name, ...inner] = path;
  if (name === undefined) return text;
  if (value === undefined) {
    document.deleteIn(['settings', name, ...inner]);
    for (let at = inner.length; at > 0; at -= 1) {
      const parent = document.getIn(['settings', name, ...inner.slice(0, at - 1)], true);
      if (isMap(parent) && parent.items.length === 0) document.deleteIn(['settings', name, ...inner.slice(0, at - 1)]);
    }
    const all = document.get('settings', true);
    if (isMap(all) && all.items.length === 0) document.delete('settings');
  } else {
    const node = document.createNode(value);
    if (typeof value === 'object' && value !== null) (node as { flow?: boolean }).flow = Array.isArray(value);
    const settings = document.get('settings', true);
    if (!isMap(settings)) document.set('settings', document.createNode({}));
    document.setIn(['settings', ...path], node);
    open(document.get('settings', true));
  }
  return document.toString({ lineWidth: 0 });
}

/** A map in braces that got long is easier to read, and to compare, line by line. */
function open(settings: unknown): void {
  if (!isMap(settings)) return;
  const map: YAMLMap = settings;
  if (map.flow && map.items.length > 3) map.flow = false;
  if (map.items.some((item) => isMap(item.value) && !(item.value as YAMLMap).flow)) map.flow = false;
}

function deep(text: string): boolean {
  let depth = 0;
  for (const letter of text) {
    if (letter === '[' || letter === '{') depth += 1;
    else if (letter === ']' || letter === '}') depth -= 1;
    if (depth > 50) return true;
  }
  return false;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
