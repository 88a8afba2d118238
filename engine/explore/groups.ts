import { atomsOf, type Condition } from './condition.ts';
import type { Node, Nodes, Searched } from './nodes.ts';
import type { Space } from './space.ts';
import { voidSets } from './voids.ts';

/** Regions -> the regions that they have to be looked at with: those that they read, themselves, and what these read. */
export interface Groups {
  readonly regions: readonly string[];
  /** Region -> everything that can make a difference to it, itself among them. */
  readonly closures: ReadonlyMap<string, ReadonlySet<string>>;
  /** What these regions have to be looked at with. */
  closureOf(regions: Iterable<string>): ReadonlySet<string>;
  /** Regions that a condition reads. */
  readsOf(condition: Condition): ReadonlySet<string>;
  /** Regions that may add an entry to a record. */
  recordedIn(record: string): ReadonlySet<string>;
  regionOf(address: string): string;
}

/**
 * Who reads whom among the regions below a parallel root. A region reads another when what it does can depend on it:
 * by `at()`, by a fact that the other proves or voids (also by saving forms), by a counter or record of the other, by an
 * event of the other that it follows, or that the other may refuse for the whole case.
 *
 * A set of regions that reads nobody outside can be searched alone, exactly: nothing else moves it or stops it, so that
 * every run of the whole case is a run of the set with steps left out in which it rests, and every run of the set is a
 * part of a run of the whole. [PRV-3]
 *
 * @param space of all regions
 */
export function groupsOf(space: Space): Groups {
  const { searched, nodes } = space;
  const regionOf = regionsOf(searched);
  const regions = [...new Set(nodes.all.flatMap((node) => (node.index === 0 ? [] : [regionOf(node.address)])))];
  const writers = writersOf(searched, nodes, regionOf);
  const readsOf = (condition: Condition) => {
    const found = new Set<string>();
    for (const atom of atomsOf(condition)) {
      if (atom.kind === 'at') found.add(regionOf(atom.address));
      if (atom.kind === 'fact') for (const region of writers.get(`fact ${atom.fact}`) ?? []) found.add(region);
      if (atom.kind === 'size') for (const region of writers.get(`${atom.of} ${atom.name}`) ?? []) found.add(region);
      if (atom.kind === 'entry') for (const region of writers.get(`record ${atom.record}`) ?? []) found.add(region);
      if (atom.kind === 'signed') for (const region of writers.get(`part ${atom.part}`) ?? []) found.add(region);
      if (atom.kind === 'same')
        for (const part of atom.parts) for (const region of writers.get(`part ${part}`) ?? []) found.add(region);
      if (atom.kind === 'gap')
        for (const record of atom.records)
          for (const region of writers.get(`record ${record}`) ?? []) found.add(region);
    }
    return found;
  };
  const reads = new Map<string, Set<string>>(regions.map((region) => [region, new Set([region])]));
  const add = (region: string, others: Iterable<string>) => {
    for (const other of others) if (other !== '') reads.get(region)?.add(other);
  };
  const readers = (node: Node | undefined) => {
    const region = regionOf(node?.address ?? '');
    // What stands at the root itself concerns every region.
    return region === '' ? regions : [region];
  };
  for (const { condition, at } of nodes.asked)
    for (const region of readers(nodes.all[at])) add(region, readsOf(condition));
  for (const edge of nodes.edges) {
    if (edge.source === 0) for (const region of regions) add(region, regions);
  }
  for (const node of nodes.all)
    for (const [event, edges] of node.on) {
      const hearing = nodes.all.filter((other) => other.on.has(event)).map((other) => regionOf(other.address));
      if (edges.some((edge) => edge.follows !== null)) add(regionOf(node.address), hearing);
      if (edges.some((edge) => edge.refuses)) for (const region of hearing) add(region, [regionOf(node.address)]);
    }
  const closureOf = (from: Iterable<string>) => {
    const closure = new Set<string>();
    const queue = [...from].filter((region) => reads.has(region));
    for (let region = queue.pop(); region !== undefined; region = queue.pop()) {
      if (closure.has(region)) continue;
      closure.add(region);
      queue.push(...(reads.get(region) as Set<string>));
    }
    return closure;
  };
  const closures = new Map(regions.map((region) => [region, closureOf([region])]));
  const recordedIn = (record: string) => writers.get(`record ${record}`) ?? nobody;
  return { regions, closures, closureOf, readsOf, recordedIn, regionOf };
}

const nobody: ReadonlySet<string> = new Set();

/** The region right below the root that an address is in; a chart without regions is one region, named ''. */
function regionsOf(searched: Searched): (address: string) => string {
  const parallel = searched.chart.states['']?.kind === 'parallel';
  return (address) => (parallel ? (address.split('.')[0] as string) : '');
}

/** `fact x`, `counter x`, `record x`, `part x` -> regions that may change it. */
function writersOf(searched: Searched, nodes: Nodes, regionOf: (address: string) => string) {
  const writers = new Map<string, Set<string>>();
  const write = (what: string, at: string) => {
    const known = writers.get(what) ?? new Set<string>();
    writers.set(what, known.add(regionOf(at)));
  };
  const { declared } = searched;
  const words = nodes.edges.map((edge) => ({ words: edge.words, at: nodes.all[edge.source]?.address ?? '' }));
  for (const { state } of nodes.all) if (state !== null) words.push({ words: state.enter, at: state.address });
  for (const { words: each, at } of words) {
    for (const fact of [...each.prove, ...each.void]) write(`fact ${fact}`, at);
    for (const counter of each.count) write(`counter ${counter}`, at);
    for (const record of each.record) write(`record ${record}`, at);
    for (const part of each.sign) write(`part ${part}`, at);
  }
  for (const [name, { reset }] of Object.entries(declared.counters))
    if (reset !== undefined && nodes.of.has(reset)) write(`counter ${name}`, reset);
  const all = new Set(Object.keys(declared.facts));
  for (const { state } of nodes.all)
    for (const set of state?.task == null ? [] : voidSets(declared.facts, state.task.forms, all))
      for (const fact of set) write(`fact ${fact}`, state?.address ?? '');
  return writers;
}
