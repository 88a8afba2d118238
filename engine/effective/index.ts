/** The effective definition as text, and who wrote each line of it. Rules: engine/SPEC.md, [EFF-…]. Pure. */
import { type Composition, compose } from '../compose/index.ts';
import type { Files } from '../model/definition.ts';
import type { JsonObject } from '../model/json.ts';
import { readBundle } from '../read/bundle.ts';
import { dataOf, entries, get, type MapNode, type Node } from '../read/index.ts';
import { addressOf, type EffectiveLine } from './line.ts';
import { Writer } from './writer.ts';

export type { EffectiveLine, Layer, LineChange } from './line.ts';

/**
 * Base, fragments and project as one text, each line with the place where it was written. What the project took away
 * stands in its old place. Empty when the files cannot be put together. [EFF-1] [EFF-2]
 */
export function effectiveLines(files: Files, project: string): readonly EffectiveLine[] {
  const { composition } = compose(readBundle(files), project);
  return composition === null ? [] : linesOf(composition);
}

export function linesOf({ trees, composed, projectFile }: Composition): readonly EffectiveLine[] {
  const { project, workflow, base, settings } = trees;
  const writer = new Writer(projectFile, {
    off: new Set(Object.keys(composed.removed)),
    removed: new Set(trees.removals),
  });
  const own = [
    'project',
    'title',
    'number',
    'extends',
    'closed',
    'opens',
    'closes',
    'related',
    'announcements',
    'calendar',
  ];
  for (const key of own) {
    const entry = project.entries.get(key);
    // What every project says of itself is no change of the process.
    if (entry !== undefined) writer.entry(key, identity.has(key) ? entry : undefined, entry, 0, `project.${key}`);
  }
  writeSettings(writer, settings, get(project, 'settings'), composed.settings);
  const skipped = new Set(['language', 'workflow', 'title', 'settings', 'fragments']);
  const all = new Set([...base.entries.keys(), ...workflow.entries.keys()]);
  for (const key of all)
    if (!skipped.has(key)) writer.entry(key, base.entries.get(key), workflow.entries.get(key), 0, addressOf('', key));
  return writer.lines;
}

const identity: ReadonlySet<string> = new Set(['project', 'title', 'number', 'extends']);

/** Every setting with the value that counts; groups are taken apart. */
function writeSettings(writer: Writer, schema: MapNode | null, given: Node | undefined, values: JsonObject): void {
  const properties = entries(get(schema ?? undefined, 'properties'));
  if (properties.length === 0 || schema === null) return;
  const head = given?.origin ?? schema.origin;
  writer.push({
    indent: 0,
    text: 'settings:',
    origin: head,
    layer: given === undefined ? 'default' : 'project',
    address: 'settings',
  });
  for (const [name, { key, value }] of properties) {
    const own = given?.kind === 'map' ? given.entries.get(name) : undefined;
    const usual = get(value, 'default');
    writer.setting(
      name,
      values[name],
      usual === undefined ? undefined : dataOf(usual),
      { own, key },
      1,
      `settings.${name}`,
    );
  }
}
