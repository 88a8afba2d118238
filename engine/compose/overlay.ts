import type { ConnectorDefinition, Origin } from '../model/definition.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { entries, get, type MapNode } from '../read/index.ts';
import type { Changed } from './changes/index.ts';
import { type Charts, chartsOf } from './charts.ts';

/** What the project would be otherwise, worked out when somebody asks: who wants to know which change did something. */
export interface Overlay {
  /** Without its changes. */
  readonly base: () => Charts;
  /** After each of its changes, one after the other. */
  readonly changes: readonly { readonly name: string; readonly origin: Origin; readonly after: () => Charts }[];
  /** With the default of one setting that it gives. */
  readonly settings: readonly {
    readonly name: string;
    readonly origin: Origin;
    readonly usual: Json;
    readonly without: () => Charts;
  }[];
}

export function overlayOf(
  project: MapNode,
  base: MapNode,
  changed: Changed,
  settled: { readonly settings: JsonObject; readonly defaults: JsonObject },
  connectors: { readonly [id: string]: ConnectorDefinition },
): Overlay {
  const charts = (workflow: MapNode, removals: Changed['removals'], settings: JsonObject) => () =>
    chartsOf(workflow, removals, connectors, settings);
  const { settings, defaults } = settled;
  return {
    base: charts(base, [], settings),
    changes: changed.steps.map(({ name, origin, workflow, removals }) => ({
      name,
      origin,
      after: charts(workflow, changed.removals.slice(0, removals), settings),
    })),
    settings: entries(get(project, 'settings')).flatMap(([name, entry]) => {
      const usual = defaults[name];
      if (usual === undefined) return [];
      const without = charts(changed.lawless, changed.removals, { ...settings, [name]: usual });
      return [{ name, origin: entry.key, usual, without }];
    }),
  };
}
