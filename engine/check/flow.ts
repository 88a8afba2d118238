import { isWithin, outwards } from '../compose/addresses.ts';
import type { Composition } from '../compose/index.ts';
import { type Node as Ast, atAddress, conjuncts, parse, pathOf } from '../expressions/index.ts';
import type { Branch, Chart, Target, Words } from '../model/composed.ts';
import type { DeclaredParts } from '../model/definition.ts';
import { Remembered } from '../model/once.ts';
import { own } from '../model/own.ts';
import { noWords } from '../model/words.ts';
import { type Hung, transitionsOfState } from './walk.ts';

/**
 * What is surely there in a state, along every way that leads to it: forms that are filled in, records that have an
 * entry, parts that somebody signed for, secrets that were made. One bit each.
 */
export type Known = bigint;

const flows = new Remembered<Flow>();

/** The solved flow of a composition's effective chart; several rules ask for it, and every project with that chart. */
export function flowOf({ composed: { chart }, declared, formIds }: Composition): Flow {
  const { events, records, people, secrets } = declared;
  return flows.of([chart, events, records, people, secrets], formIds.join(' '), () => {
    const flow = new Flow(chart, declared, formIds);
    flow.solve();
    return flow;
  });
}

/** What a condition says when it holds: it is within these states, these facts are proven, these things are there. */
interface Implied {
  readonly within: readonly string[];
  readonly facts: readonly string[];
  readonly there: Known;
}

/** One branch, taken while a certain leaf is active. */
interface Way {
  /** What it commits and records, whatever was there. */
  readonly brings: Known;
  readonly condition: Ast | null;
  readonly proves: readonly string[];
  /** Leaves that are entered, and what entering them brings. */
  readonly targets: readonly (readonly [leaf: string, entering: Known])[];
}

export class Flow {
  private readonly chart: Chart;
  private readonly events: DeclaredParts['events'];
  private readonly bits = new Map<string, Known>();
  private readonly all: Known;
  /** Leaf -> what is there whenever it is active. Nothing leads to leaves that are missing: they hold everything. */
  private readonly complete = new Map<string, Known>();
  /** Fact -> what is there wherever it is proven. */
  private readonly facts = new Map<string, Known>();
  private readonly hung = new Map<string, readonly Hung[]>();
  private readonly below = new Map<string, string[]>();
  /** State -> what its words on entering leave behind; states that leave something. */
  private readonly enters = new Map<string, Known>();
  private readonly starts = new Map<string, readonly string[]>();
  private readonly implications = new Map<Ast, Implied>();
  private readonly ways = new Map<string, readonly Way[]>();
  private changed = false;

  constructor(chart: Chart, { events, records, people, secrets }: DeclaredParts, formIds: readonly string[]) {
    this.chart = chart;
    this.events = events;
    const keys = [
      ...formIds,
      ...Object.keys(records).map((id) => `last.${id}`),
      ...Object.keys(people).map((id) => `people.${id}`),
      ...Object.keys(secrets).map((id) => `secrets.${id}`),
    ];
    for (const key of keys) this.bits.set(key, 1n << BigInt(this.bits.size));
    this.all = (1n << BigInt(this.bits.size)) - 1n;
    for (const state of Object.values(this.chart.states)) {
      const brought = this.brought(state.enter);
      if (brought !== 0n) this.enters.set(state.address, brought);
      if (state.children.length > 0) continue;
      for (const around of outwards(state.address)) {
        const leaves = this.below.get(around);
        if (leaves === undefined) this.below.set(around, [state.address]);
        else leaves.push(state.address);
      }
    }
  }

  /**
   * Shrinks from "everything" to the largest solution, in place: what flows is monotone, so the order in which states are
   * looked at does not matter for the result. A chart that is written in the order it runs needs two or three rounds.
   */
  solve(): void {
    for (const leaf of this.leavesOf('')) this.complete.set(leaf, this.entering(leaf, null, ''));
    const leaves = Object.values(this.chart.states).filter((state) => state.children.length === 0);
    do {
      this.changed = false;
      for (const state of leaves) for (const way of this.waysFrom(state.address)) this.flowThrough(state.address, way);
    } while (this.changed);
  }

  /** The bit of a form, `last.record`, `people.part` or `secrets.secret`; none for anything else. */
  bitOf(key: string): Known {
    return this.bits.get(key) ?? 0n;
  }

  /** What is there wherever in the state the case is. */
  within(address: string): Known {
    const leaves = this.below.get(address);
    return leaves === undefined ? 0n : leaves.reduce((known, leaf) => known & this.at(leaf), this.all);
  }

  /** What is there when a transition of the state is looked at: an event of a task commits its forms before. */
  before(hung: Hung): Known {
    const leaves = this.below.get(hung.state.address) ?? [];
    return leaves.reduce((known, leaf) => known & (this.at(leaf) | this.committedBy(leaf, hung)), this.all);
  }

  /** What is there when the condition holds. */
  impliedBy(node: Ast): Known {
    const implied = this.implicationsOf(node);
    let known = implied.there;
    for (const address of implied.within) known |= this.within(address);
    for (const fact of implied.facts) known |= this.facts.get(fact) ?? this.all;
    return known;
  }

  /** What is there when it does not hold: what its terms deny. */
  impliedByNot(node: Ast): Known {
    if (node.op === '||') return this.impliedByNot(node.args[0]) | this.impliedByNot(node.args[1]);
    return node.op === '!_' ? this.impliedBy(node.args) : 0n;
  }

  private implicationsOf(node: Ast): Implied {
    const before = this.implications.get(node);
    if (before !== undefined) return before;
    const within: string[] = [];
    const facts: string[] = [];
    let there = 0n;
    for (const term of conjuncts(node)) {
      const address = atAddress(term);
      if (address !== null) within.push(address);
      const path = pathOf(term);
      if (path?.[0] === 'facts' && path[1] !== undefined) facts.push(path[1]);
      if (term.op === 'call' && term.args[0] === 'has') {
        const asked = term.args[1][0] === undefined ? null : pathOf(term.args[1][0]);
        if (asked !== null) there |= this.bitOf(keyOf(asked));
      }
      const record = counted(term);
      if (record !== null) there |= this.bitOf(`last.${record}`);
    }
    const implied = { within, facts, there };
    this.implications.set(node, implied);
    return implied;
  }

  /** What a way brings to its targets and facts: what was there, what it brings itself, what its condition implies. */
  private flowThrough(leaf: string, way: Way): void {
    const known = this.at(leaf) | way.brings | (way.condition === null ? 0n : this.impliedBy(way.condition));
    for (const fact of way.proves) this.meet(this.facts, fact, known);
    for (const [target, entering] of way.targets) this.meet(this.complete, target, known | entering);
  }

  /** The ways on from a leaf, worked out once: what they bring does not change from round to round. */
  private waysFrom(leaf: string): readonly Way[] {
    let ways = this.ways.get(leaf);
    if (ways === undefined) {
      ways = outwards(leaf).flatMap((around) => [
        ...this.hungOn(around).flatMap((hung) => this.waysOf(leaf, hung)),
        ...this.staying(around),
      ]);
      this.ways.set(leaf, ways);
    }
    return ways;
  }

  private waysOf(leaf: string, hung: Hung): Way[] {
    const committed = this.committedBy(leaf, hung);
    return hung.transition.branches.map((branch) => ({
      brings: committed | this.brought(branch.words),
      condition: conditionOf(branch),
      proves: branch.words.prove,
      targets: this.entered(branch.to).map(
        (target) => [target, this.entering(target, leaf, addressOf(branch.to))] as const,
      ),
    }));
  }

  /** What a state proves when it is entered is proven wherever in it the case is. */
  private staying(around: string): Way[] {
    const proves = this.chart.states[around]?.enter.prove ?? [];
    return proves.length === 0 ? [] : [{ brings: 0n, condition: null, proves, targets: [] }];
  }

  private meet(map: Map<string, Known>, key: string, known: Known): void {
    const before = map.get(key);
    const after = (before ?? this.all) & known;
    if (before === after) return;
    map.set(key, after);
    this.changed = true;
  }

  private hungOn(address: string): readonly Hung[] {
    let hung = this.hung.get(address);
    if (hung === undefined) {
      const state = this.chart.states[address];
      hung = state === undefined ? [] : transitionsOfState(state);
      this.hung.set(address, hung);
    }
    return hung;
  }

  /**
   * What the event commits while `leaf` is active: the forms of the task that it belongs to, which is one of the innermost
   * state that hears it or around that. An event of a state around the task leaves the working copy aside.
   */
  private committedBy(leaf: string, hung: Hung): Known {
    if (hung.kind !== 'on') return 0n;
    const event = own(this.events, hung.name);
    if (event?.by === undefined || event.saves !== 'complete') return 0n;
    const around = [...outwards(leaf)].flatMap((address) => this.chart.states[address] ?? []);
    const first = around.findIndex((state) => Object.hasOwn(state.on, hung.name));
    const task = around.slice(first).find((state) => state.task?.by === event.by)?.task;
    return (task?.forms ?? []).reduce((known, form) => known | this.bitOf(form), 0n);
  }

  /** What the words leave behind. */
  private brought(words: Words): Known {
    if (words === noWords) return 0n;
    let known = 0n;
    for (const record of words.record) known |= this.bitOf(`last.${record}`);
    for (const part of words.sign) known |= this.bitOf(`people.${part}`);
    for (const secret of words.make) known |= this.bitOf(`secrets.${secret}`);
    return known;
  }

  /** What the words on entering leave behind, of the states that are entered on the way to `leaf`. */
  private entering(leaf: string, from: string | null, to: string): Known {
    let known = 0n;
    for (const around of outwards(leaf)) {
      const brought = this.enters.get(around);
      if (brought === undefined) continue;
      const stays = from !== null && isWithin(from, around) && !(around === to || isWithin(around, to));
      if (!stays) known |= brought;
    }
    return known;
  }

  private at(leaf: string): Known {
    return this.complete.get(leaf) ?? this.all;
  }

  /** Leaves that are entered with a state. */
  private leavesOf(address: string): readonly string[] {
    let leaves = this.starts.get(address);
    if (leaves === undefined) {
      const state = this.chart.states[address];
      if (state === undefined) leaves = [];
      else if (state.kind === 'parallel') leaves = state.children.flatMap((child) => this.leavesOf(child));
      else leaves = state.start === null ? [address] : this.leavesOf(state.start);
      this.starts.set(address, leaves);
    }
    return leaves;
  }

  private entered(target: Target): readonly string[] {
    switch (target.kind) {
      case 'here':
      // Where a case returns to it has been before: what was complete there still is.
      case 'back':
        return [];
      case 'state':
        return this.leavesOf(target.address);
      case 'next':
        return (this.chart.states[target.address]?.obligations ?? []).flatMap((obligation) =>
          this.leavesOf(obligation.go),
        );
    }
  }
}

function conditionOf(branch: Branch): Ast | null {
  if (branch.if === null) return null;
  const parsed = parse(branch.if);
  return parsed.kind === 'failed' ? null : parsed.expression.ast;
}

/** Of a path that an expression reads: what has to be there for it. */
export function keyOf(path: readonly string[]): string {
  return path[0] === 'last' ? path.slice(0, 2).join('.') : path[0]!;
}

/** The record that has an entry when the term holds: `size(records.x) > 0`. */
function counted(term: Ast): string | null {
  if (term.op !== '>' && term.op !== '>=') return null;
  const [size, bound] = term.args;
  if (size.op !== 'call' || size.args[0] !== 'size' || bound.op !== 'value') return null;
  const path = size.args[1][0] === undefined ? null : pathOf(size.args[1][0]);
  const enough = typeof bound.args === 'bigint' && bound.args >= (term.op === '>' ? 0n : 1n);
  return path?.[0] === 'records' && path.length === 2 && enough ? path[1]! : null;
}

/** What is entered anew; nothing where the way leads to several. */
function addressOf(target: Target): string {
  return target.kind === 'state' ? target.address : '\u0000';
}
