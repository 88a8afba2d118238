import type { Definition } from '../../engine/model/definition.ts';
import type { Json, JsonObject } from '../../engine/model/json.ts';
import { canonical, plain, readText } from '../../engine/read/index.ts';
import { objectIn } from '../json.ts';

/**
 * What of a project's own text is another than in its release, each by its title: settings, changes, laws, announcements,
 * then the other words of the file. Empty when nothing is, or the draft cannot be read.
 */
export function changedIn(before: string, after: string, definition: Definition | null): readonly string[] {
  const [old, now] = [dataOf(before), dataOf(after)];
  if (old === null || now === null) return [];
  const parts = ['settings', 'changes', 'laws', 'announcements'];
  const inside = parts.flatMap((part) => {
    const [one, two] = [objectIn(old[part]), objectIn(now[part])];
    return differing(one, two).map((name) => titleOf(part, name, two[name] ?? one[name], definition));
  });
  const rest = differing(old, now).filter((name) => !parts.includes(name));
  return [...new Set([...inside, ...rest])];
}

function differing(one: JsonObject, two: JsonObject): readonly string[] {
  const names = [...new Set([...Object.keys(one), ...Object.keys(two)])];
  return names.filter((name) => canonical(one[name] ?? null) !== canonical(two[name] ?? null));
}

function titleOf(part: string, name: string, value: Json | undefined, definition: Definition | null): string {
  const schema =
    part === 'settings' ? objectIn(objectIn(definition?.settingsSchema.properties)[name]) : objectIn(value);
  return typeof schema.title === 'string' ? schema.title : name;
}

function dataOf(text: string): JsonObject | null {
  const { node } = readText('project.yaml', text);
  return node === null ? null : objectIn(plain(node));
}
