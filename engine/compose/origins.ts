import type { Origin } from '../model/definition.ts';
import { entries, get, type MapNode, type Node } from '../read/index.ts';
import type { Place } from './places.ts';

/**
 * Where each piece of the effective workflow was written: a leaf where its value stands, anything else where its name
 * does. What a project has changed, or a setting that it gives, stands in the project's file.
 */
export function originsOf(
  layers: readonly ReadonlyMap<string, Place>[],
  settingsSchema: Node | null,
  project: { readonly path: string; readonly node: MapNode },
): { [address: string]: Origin } {
  const out: { [address: string]: Origin } = {};
  for (const places of layers)
    for (const [address, place] of places) {
      const changed = place.key.file === project.path;
      out[address] = place.leaf && !changed ? place.value : place.key;
    }
  const given = get(project.node, 'settings');
  for (const [name, entry] of entries(get(settingsSchema ?? undefined, 'properties')))
    out[`settings.${name}`] = given?.kind === 'map' ? (given.entries.get(name)?.key ?? entry.key) : entry.key;
  return out;
}
