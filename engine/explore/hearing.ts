import type { Configuration, Configurations } from './configurations.ts';
import type { Edge, Node, Nodes } from './nodes.ts';

/** Who hears an event in a configuration: inner ones first. */
export interface Hearing {
  readonly edges: readonly Edge[];
  readonly inner: readonly Hearing[];
}

/** Which transitions XState asks for in a configuration, and in which order. Worked out once for each configuration. */
export class Hearings {
  private readonly nodes: Nodes;
  private readonly configurations: Configurations;
  private readonly chains = new Map<number, readonly (readonly (readonly Edge[])[])[]>();
  private readonly known = new Map<string, readonly Hearing[]>();

  constructor(nodes: Nodes, configurations: Configurations) {
    this.nodes = nodes;
    this.configurations = configurations;
  }

  /** Who hears this event, by the order of XState; states that do not hear it are left out. */
  of(configuration: Configuration, type: string): readonly Hearing[] {
    const key = `${configuration.id} ${type}`;
    let found = this.known.get(key);
    if (found === undefined) {
      found = this.below(configuration, type, 0);
      this.known.set(key, found);
    }
    return found;
  }

  private below(configuration: Configuration, type: string, index: number): readonly Hearing[] {
    const node = this.nodes.all[index] as Node;
    const inner = node.children.flatMap((child) =>
      configuration.active[child] === 1 ? this.below(configuration, type, child) : [],
    );
    const edges = node.on.get(type);
    return edges === undefined ? inner : [{ edges, inner }];
  }

  /** For each leaf, the lists of `when` that are asked, innermost first. */
  eventless(configuration: Configuration): readonly (readonly (readonly Edge[])[])[] {
    let found = this.chains.get(configuration.id);
    if (found === undefined) {
      found = configuration.leaves
        .map((leaf) =>
          [leaf, ...this.configurations.around(leaf)].flatMap((index) => {
            const { always } = this.nodes.all[index] as Node;
            return always.length === 0 ? [] : [always];
          }),
        )
        .filter((chain) => chain.length > 0);
      this.chains.set(configuration.id, found);
    }
    return found;
  }
}
