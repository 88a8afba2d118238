import type { Configuration, Configurations } from './configurations.ts';
import type { Edge, Node, Nodes } from './nodes.ts';

/** Who hears an event in a configuration: inner ones first. */
export interface Hearing {
  readonly edges: readonly Edge[];
  readonly inner: readonly Hearing[];
}

const nobody: readonly Node[] = [];
const silence: readonly Hearing[] = [];

/** Which transitions XState asks for in a configuration, and in which order. Worked out once for each configuration. */
export class Hearings {
  private readonly nodes: Nodes;
  private readonly configurations: Configurations;
  private readonly chains = new Map<number, readonly (readonly (readonly Edge[])[])[]>();
  /** Event -> the states that have it, in document order. */
  private readonly having = new Map<string, readonly Node[]>();
  /** By configuration, then by event. */
  private readonly known: Map<string, readonly Hearing[]>[] = [];

  constructor(nodes: Nodes, configurations: Configurations) {
    this.nodes = nodes;
    this.configurations = configurations;
    for (const node of nodes.all)
      for (const type of node.on.keys()) this.having.set(type, [...(this.having.get(type) ?? []), node]);
  }

  /** Who hears this event, by the order of XState; states that do not hear it are left out. */
  of(configuration: Configuration, type: string): readonly Hearing[] {
    let here = this.known[configuration.id];
    if (here === undefined) {
      here = new Map();
      this.known[configuration.id] = here;
    }
    let found = here.get(type);
    if (found === undefined) {
      const active = (this.having.get(type) ?? nobody).filter(({ index }) => configuration.active[index] === 1);
      found = active.length === 0 ? silence : this.nested(active, type);
      here.set(type, found);
    }
    return found;
  }

  /** @param hearing in document order: what is around another one stands before it */
  private nested(hearing: readonly Node[], type: string): readonly Hearing[] {
    const found: Hearing[] = [];
    for (let at = 0; at < hearing.length; ) {
      const outer = hearing[at] as Node;
      let end = at + 1;
      while (end < hearing.length && this.configurations.isBelow((hearing[end] as Node).index, outer.index)) end += 1;
      const inner = this.nested(hearing.slice(at + 1, end), type);
      found.push({ edges: outer.on.get(type) as readonly Edge[], inner });
      at = end;
    }
    return found;
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
