import { isWithin, outwards } from '../compose/addresses.ts';
import type { Composition } from '../compose/index.ts';
import { type Node as Ast, parse } from '../expressions/index.ts';
import type { Branch, Chart, Target, Words } from '../model/composed.ts';
import type { DeclaredParts } from '../model/definition.ts';
import { Remembered } from '../model/once.ts';
import { own } from '../model/own.ts';
import { noWords } from '../model/words.ts';
import { type Implied, impliedOf, type Known } from './implied.ts';
import { type Hung, transitionsOfState } from './walk.ts';

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

/** A branch, or what a state proves while it is active. */
interface Way {
  /** What it records, signs and makes. */
  readonly brings: Known;
  readonly condition: Ast | null;
  readonly proves: readonly string[];
  /** What is entered anew, and the leaves that are entered with it. */
  readonly to: string;
  readonly targets: readonly string[];
}

/** The ways on from a state by one of its transitions, or by none. */
interface Ways {
  readonly hung: Hung | null;
  readonly ways: readonly Way[];
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
  private readonly below = new Map<string, string[]>();
  /** Leaf -> the states around it whose words on entering leave something behind, and what. */
  private readonly enters = new Map<string, (readonly [around: string, brought: Known])[]>();
  private readonly around = new Map<string, readonly string[]>();
  private readonly starts = new Map<string, readonly string[]>();
  private readonly implications = new Map<Ast, Implied>();
  private readonly ways = new Map<string, readonly Ways[]>();
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
      if (state.children.length > 0) continue;
      const path = outwards(state.address);
      this.around.set(state.address, path);
      for (const around of path) {
        const brought = this.brought(this.chart.states[around]!.enter);
        if (brought !== 0n)
          this.enters.set(state.address, [...(this.enters.get(state.address) ?? []), [around, brought]]);
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
    do {
      this.changed = false;
      for (const address of this.below.keys()) this.flowFrom(address);
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
    let implied = this.implications.get(node);
    if (implied === undefined) {
      implied = impliedOf(node, (key) => this.bitOf(key));
      this.implications.set(node, implied);
    }
    return implied;
  }

  /**
   * What the ways on from a state bring to their targets and facts. All leaves below take them, and what is there in each
   * of them is there before: they are looked at together.
   */
  private flowFrom(address: string): void {
    const within = this.within(address);
    for (const { hung, ways } of this.waysOf(address)) {
      const before = hung !== null && this.commits(hung) ? this.before(hung) : within;
      for (const way of ways)
        if (way.proves.length > 0 || way.targets.length > 0) this.flowThrough(address, hung, way, before);
    }
  }

  /** What was there before, what the way brings itself, what its condition implies. */
  private flowThrough(address: string, hung: Hung | null, way: Way, before: Known): void {
    // Most bring nothing, and a sum is another object each time.
    let brings = way.brings;
    if (way.condition !== null) brings |= this.impliedBy(way.condition);
    const known = brings === 0n ? before : before | brings;
    for (const fact of way.proves) this.meet(this.facts, fact, known);
    for (const target of way.targets)
      this.meet(this.complete, target, this.arriving(address, hung, way, target, known));
  }

  /** What is there in a leaf that is entered; what entering brings may hang on where one comes from. */
  private arriving(address: string, hung: Hung | null, way: Way, target: string, known: Known): Known {
    if (!this.enters.has(target)) return known;
    return (this.below.get(address) ?? []).reduce((sum, leaf) => {
      const committed = hung === null ? 0n : this.committedBy(leaf, hung);
      return sum & (this.at(leaf) | committed | known | this.entering(target, leaf, way.to));
    }, this.all);
  }

  /** Worked out once: what they bring does not change from round to round, nor from leaf to leaf. */
  private waysOf(address: string): readonly Ways[] {
    let ways = this.ways.get(address);
    if (ways === undefined) {
      const state = this.chart.states[address];
      const hung = state === undefined ? [] : transitionsOfState(state);
      ways = [
        ...hung.map((each) => ({ hung: each, ways: each.transition.branches.map((branch) => this.wayOf(branch)) })),
        ...this.staying(address),
      ];
      this.ways.set(address, ways);
    }
    return ways;
  }

  private wayOf(branch: Branch): Way {
    return {
      brings: this.brought(branch.words),
      condition: conditionOf(branch),
      proves: branch.words.prove,
      to: addressOf(branch.to),
      targets: this.entered(branch.to),
    };
  }

  /** What a state proves when it is entered is proven wherever in it the case is. */
  private staying(around: string): Ways[] {
    const proves = this.chart.states[around]?.enter.prove ?? [];
    if (proves.length === 0) return [];
    return [{ hung: null, ways: [{ brings: 0n, condition: null, proves, to: nowhere, targets: [] }] }];
  }

  private meet(map: Map<string, Known>, key: string, known: Known): void {
    const before = map.get(key);
    const after = (before ?? this.all) & known;
    if (before === after) return;
    map.set(key, after);
    this.changed = true;
  }

  /** Whether the event commits the forms of a task. */
  private commits(hung: Hung): boolean {
    const event = own(this.events, hung.name);
    return hung.kind === 'on' && event?.by !== undefined && event.saves === 'complete';
  }

  /**
   * What the event commits while `leaf` is active: the forms of the task that it belongs to, which is one of the innermost
   * state that hears it or around that. An event of a state around the task leaves the working copy aside.
   */
  private committedBy(leaf: string, hung: Hung): Known {
    if (!this.commits(hung)) return 0n;
    const by = own(this.events, hung.name)?.by;
    let heard = false;
    for (const address of this.around.get(leaf) ?? []) {
      const state = this.chart.states[address];
      if (state === undefined) continue;
      heard ||= Object.hasOwn(state.on, hung.name);
      if (heard && state.task !== null && state.task.by === by)
        return state.task.forms.reduce((known, form) => known | this.bitOf(form), 0n);
    }
    return 0n;
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
    for (const [around, brought] of this.enters.get(leaf) ?? []) {
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

const nowhere = '\u0000';

/** What is entered anew; nothing where the way leads to several. */
function addressOf(target: Target): string {
  return target.kind === 'state' ? target.address : nowhere;
}
