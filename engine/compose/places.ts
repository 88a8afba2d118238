import type { Origin } from '../model/definition.ts';
import { once } from '../model/once.ts';
import type { Node } from '../read/index.ts';
import { joined } from './addresses.ts';

/** Address of a piece of the definition -> where its name (`key`) and its content (`value`) stand. */
export interface Places {
  get(address: string): Place | undefined;
  has(address: string): boolean;
}

export interface Place {
  readonly key: Origin;
  /** First character of the content; of a text in quotes, behind the quote. */
  readonly value: Origin;
  /** One value, with nothing below it that has a name. */
  readonly leaf: boolean;
}

/** Every piece of a workflow; the projects that change nothing in it share them. */
export const placesOf = once((workflow: Node): ReadonlyMap<string, Place> => placesBelow(workflow, ''));

/** Every piece of a tree under `prefix`; states are addressed without the words `states` and `regions`. */
export function placesBelow(node: Node, prefix: string): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  recordPlaces(node, prefix, places);
  return places;
}

/** Some places over others that more than one shares: a project's over its workflow's. */
export class LayeredPlaces implements Places {
  private readonly own: ReadonlyMap<string, Place>;
  private readonly shared: Places;

  constructor(own: ReadonlyMap<string, Place>, shared: Places) {
    this.own = own;
    this.shared = shared;
  }

  get(address: string): Place | undefined {
    return this.own.get(address) ?? this.shared.get(address);
  }

  has(address: string): boolean {
    return this.own.has(address) || this.shared.has(address);
  }
}

function recordPlaces(node: Node, prefix: string, places: Map<string, Place>): void {
  if (node.kind === 'map')
    for (const [key, entry] of node.entries) {
      const chart = (key === 'states' || key === 'regions') && entry.value.kind === 'map';
      const address = chart ? prefix : joined(prefix, key);
      if (!chart)
        places.set(address, { key: entry.key, value: contentOrigin(entry.value), leaf: entry.value.kind === 'scalar' });
      recordPlaces(entry.value, address, places);
    }
  if (node.kind === 'list')
    node.items.forEach((item, index) => {
      const address = joined(prefix, String(index));
      places.set(address, { key: item.origin, value: contentOrigin(item), leaf: item.kind === 'scalar' });
      recordPlaces(item, address, places);
    });
}

/** Where the first character of a value's content stands. */
export function contentOrigin(node: Node): Origin {
  return node.kind === 'scalar' && node.quoted === true
    ? { ...node.origin, column: node.origin.column + 1 }
    : node.origin;
}
