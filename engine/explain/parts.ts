import type { PartView } from '../contract/view.ts';
import { type Locale, sentence } from '../errors/index.ts';
import type { Composed } from '../model/composed.ts';

/** Who did it or has to: a role, a connector, or the engine's own clock, as a tile and a word. */
export function partOf(definition: Composed, id: string, locale?: Locale): PartView {
  const role = definition.roles[id];
  if (role !== undefined) return { id, title: role.title, tile: role.tile };
  const connector = definition.connectors[id];
  if (connector !== undefined) return { id, title: connector.title, tile: connector.tile };
  const own = id === 'timer' || id === 'start' || id === 'migration';
  return { id, title: own ? sentence('part-system', {}, locale) : id, tile: '系' };
}
