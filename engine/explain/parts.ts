import type { PartView } from '../contract/view.ts';
import type { Definition } from '../model/definition.ts';

/** Who did it or has to: a role, a connector, or the engine's own clock, as a tile and a word. */
export function partOf(definition: Definition, id: string): PartView {
  const role = definition.roles[id];
  if (role !== undefined) return { id, title: role.title, tile: role.tile };
  const connector = definition.connectors[id];
  if (connector !== undefined) return { id, title: connector.title, tile: connector.tile };
  return { id, title: id === 'timer' || id === 'start' ? '系统' : id, tile: '系' };
}
