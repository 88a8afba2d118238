import { joined } from '../compose/addresses.ts';
import type { Origin } from '../model/definition.ts';

/** Who wrote a line; `default`: nobody did, the schema of the settings says it. */
export type Layer = 'base' | 'fragment' | 'project' | 'default';

/** What the project did to a line of its workflow; `off`: a setting took the state away. */
export type LineChange = 'same' | 'added' | 'removed' | 'changed' | 'off';

export interface EffectiveLine {
  /** Levels, two spaces each. */
  readonly indent: number;
  readonly text: string;
  readonly origin: Origin;
  readonly layer: Layer;
  readonly change: LineChange;
  /** `changed`: what stood there, in one line. */
  readonly was: string | null;
  /** Address of the piece that the line begins, as changes write it. */
  readonly address: string;
}

/** States are addressed without the words `states` and `regions`. */
export function addressOf(parent: string, key: string): string {
  return key === 'states' || key === 'regions' ? parent : joined(parent, key);
}
