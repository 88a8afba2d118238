import { outwards } from '../compose/addresses.ts';
import type { Composition } from '../compose/index.ts';
import {
  type Node as Ast,
  atAddress,
  conjuncts,
  parse,
  pathOf,
  references as readBy,
  walk,
} from '../expressions/index.ts';
import type { Branch, Chart, ChartState, Target } from '../model/composed.ts';
import type { Issue } from '../model/issue.ts';
import { issueAt } from '../read/index.ts';
import { type Rule, valueAt } from './rule.ts';
import { type Hung, transitionsOfState } from './walk.ts';

/**
 * Definite assignment: an expression may read a form only where it has been filled in along every path that leads
 * there; elsewhere it asks with `has()`. A form counts as filled in by an event that completes a task with it, by
 * `at()` of a state where it is, and by a fact that is proven only where it is.
 */
export const assignment: Rule = {
  id: 'assignment',
  last: true,
  check(composition) {
    const flow = new Flow(composition);
    flow.solve();
    return flow.issues();
  },
};

type Forms = ReadonlySet<string>;

class Flow {
  private readonly composition: Composition;
  private readonly chart: Chart;
  private readonly all: Forms;
  /** Leaf -> forms that are complete whenever it is active. Unvisited leaves hold everything: nothing reaches them. */
  private readonly complete = new Map<string, Forms>();
  /** Fact -> forms that are complete wherever it is proven. */
  private readonly facts = new Map<string, Forms>();
  private readonly hung = new Map<string, readonly Hung[]>();
  private readonly below = new Map<string, string[]>();
  private changed = false;

  constructor(composition: Composition) {
    this.composition = composition;
    this.chart = composition.composed.chart;
    this.all = new Set(composition.formIds);
  }

  /**
   * Shrinks from "everything" to the largest solution, in place: what flows is monotone, so the order in which states are
   * looked at does not matter for the result. A chart that is written in the order it runs needs two or three rounds.
   */
  solve(): void {
    for (const leaf of this.leavesOf('')) this.complete.set(leaf, new Set());
    const leaves = Object.values(this.chart.states).filter((state) => state.children.length === 0);
    do {
      this.changed = false;
      for (const state of leaves) {
        for (const around of outwards(state.address))
          for (const hung of this.hungOn(around)) this.flowThrough(state, hung);
        for (const fact of state.enter.prove) this.meet(this.facts, fact, this.at(state.address));
      }
    } while (this.changed);
  }

  issues(): Issue[] {
    const issues: Issue[] = [];
    for (const state of Object.values(this.chart.states)) {
      const here = this.completeWithin(state.address);
      for (const hung of transitionsOfState(state))
        for (const branch of hung.transition.branches)
          if (branch.if !== null) {
            const known = this.committedBy(state, hung, here);
            this.read(branch.if, known, `${branch.address}:if`, 'error', issues);
          }
      for (const [input, source] of Object.entries(state.call?.with ?? {}))
        this.read(source, here, `${state.address}.with.${input}`, 'warning', issues);
    }
    return issues;
  }

  /** What a transition of `hung.state` brings to its targets, when `leaf` is the active state below it. */
  private flowThrough(leaf: ChartState, hung: Hung): void {
    const before = this.committedBy(leaf, hung, this.at(leaf.address));
    for (const branch of hung.transition.branches) {
      const known = union(before, this.implied(branch));
      for (const fact of branch.words.prove) this.meet(this.facts, fact, known);
      for (const target of this.entered(branch.to)) this.meet(this.complete, target, known);
    }
  }

  private meet(map: Map<string, Forms>, key: string, forms: Forms): void {
    const before = map.get(key) ?? this.all;
    const after = intersection([before, forms]);
    if (map.has(key) && same(before, after)) return;
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

  /** An event that completes the task of the active state commits its forms before anything is looked at. */
  private committedBy(state: ChartState, hung: Hung, before: Forms): Forms {
    const event = this.composition.declared.events[hung.name];
    if (hung.kind !== 'on' || event?.by === undefined || event.saves !== 'complete') return before;
    const leaves = this.leavesBelow(state.address);
    const added = leaves.map((leaf) => {
      const task = this.chart.states[leaf]?.task;
      return task?.by === event.by ? new Set(task?.forms) : new Set<string>();
    });
    return union(before, intersection(added));
  }

  private implied(branch: Branch): Forms {
    if (branch.if === null) return new Set();
    const parsed = parse(branch.if);
    return parsed.kind === 'failed' ? new Set() : this.impliedBy(parsed.expression.ast);
  }

  /** Forms that are complete when the condition holds. */
  private impliedBy(node: Ast): Forms {
    let known: Forms = new Set();
    for (const term of conjuncts(node)) {
      const address = atAddress(term);
      if (address !== null) known = union(known, this.completeWithin(address));
      const path = pathOf(term);
      if (path?.[0] === 'facts' && path[1] !== undefined) known = union(known, this.facts.get(path[1]) ?? this.all);
      if (term.op === 'call' && term.args[0] === 'has') {
        const asked = term.args[1][0] === undefined ? null : pathOf(term.args[1][0]);
        if (asked?.[0] !== undefined && this.all.has(asked[0])) known = union(known, new Set([asked[0]]));
      }
    }
    return known;
  }

  /**
   * Tells the forms that an expression reads although they may not be there. A condition would silently never hold; an
   * input may be known to be there by what was decided on the way (the mode of an order), which is not followed here.
   */
  private read(source: string, before: Forms, at: string, severity: Issue['severity'], issues: Issue[]): void {
    const parsed = parse(source);
    if (parsed.kind === 'failed') return;
    for (const [form, ast] of this.unsure(parsed.expression.ast, before)) {
      const name = pathOf(ast)?.join('.') ?? form;
      const path = at.replace(':', '.');
      const proposal = `has(${name}) && …`;
      issues.push(
        issueAt(valueAt(this.composition, at), 'form-not-filled', { form, name }, { path, proposal, severity }),
      );
    }
  }

  private unsure(node: Ast, known: Forms): [string, Ast][] {
    if (node.op === '&&') {
      const [left, right] = node.args;
      return [...this.unsure(left, known), ...this.unsure(right, union(known, this.impliedBy(left)))];
    }
    if (node.op === '?:') {
      const [test, yes, no] = node.args;
      return [
        ...this.unsure(test, known),
        ...this.unsure(yes, union(known, this.impliedBy(test))),
        ...this.unsure(no, known),
      ];
    }
    if (node.op === '||' || node.op === '!_') {
      const terms = node.op === '||' ? node.args : [node.args];
      return terms.flatMap((term) => this.unsure(term, known));
    }
    const asked = new Set(readBy(node).flatMap((reference) => (reference.asked ? [reference.path[0]!] : [])));
    const found: [string, Ast][] = [];
    walk(node, (inner) => {
      const path = pathOf(inner);
      if (path === null)
        return inner.op === 'call' && (inner.args[0] === 'has' || inner.args[0] === 'distinct') ? false : undefined;
      const form = path[0]!;
      if (path.length > 1 && this.all.has(form) && !known.has(form) && !asked.has(form)) found.push([form, inner]);
      return false;
    });
    return found;
  }

  private at(leaf: string): Forms {
    return this.complete.get(leaf) ?? this.all;
  }

  private completeWithin(address: string): Forms {
    return intersection(this.leavesBelow(address).map((leaf) => this.at(leaf)));
  }

  private leavesBelow(address: string): string[] {
    if (this.below.size === 0)
      for (const state of Object.values(this.chart.states)) {
        if (state.children.length > 0) continue;
        for (const around of outwards(state.address)) {
          const leaves = this.below.get(around);
          if (leaves === undefined) this.below.set(around, [state.address]);
          else leaves.push(state.address);
        }
      }
    return this.below.get(address) ?? [];
  }

  /** Leaves that are entered with a state. */
  private leavesOf(address: string): string[] {
    const state = this.chart.states[address];
    if (state === undefined) return [];
    if (state.kind === 'parallel') return state.children.flatMap((child) => this.leavesOf(child));
    return state.start === null ? [address] : this.leavesOf(state.start);
  }

  private entered(target: Target): string[] {
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

function union(one: Forms, two: Forms): Forms {
  return two.size === 0 ? one : new Set([...one, ...two]);
}

function intersection(sets: readonly Forms[]): Forms {
  const [first, ...rest] = sets;
  return first === undefined ? new Set() : new Set([...first].filter((form) => rest.every((set) => set.has(form))));
}

function same(one: Forms, two: Forms): boolean {
  return one.size === two.size && [...one].every((form) => two.has(form));
}
