import type { Course } from '../../explore/courses.ts';
import type { Edge, Node } from '../../explore/nodes.ts';
import type { Situation, Space } from '../../explore/space.ts';
import { type Constraint, constantOf, feasible, plus, replaced, variable, without } from './arithmetic.ts';
import type { Formula } from './formula.ts';
import type { Model, Open } from './model.ts';
import type { Signs } from './signs.ts';
import { truthIn, waysOf } from './truth.ts';

/** Constraints that hold together. */
export type Together = readonly Constraint[];

/** Beyond so many cases at once nothing more is taken from conditions. */
const mostSets = 24;
const none: ReadonlySet<number> = new Set();

/** What a step of the search does to amounts: each case as constraints that hold together. */
export class Stepping {
  private readonly model: Model;
  private readonly space: Space;

  constructor(model: Model) {
    this.model = model;
    this.space = model.space;
  }

  /** What holds of the amounts after a course. */
  stepped(signs: Signs, before: Situation, after: Situation, course: Course): readonly Together[] {
    const { model, space } = this;
    const { move, taken, writes } = course;
    let sets: readonly Together[] = [[...model.forms.constraintsOf(signs), ...this.sent(course)]];
    const changed = new Set<number>();
    for (let at = 0; at < writes.length; at += 2) changed.add(writes[at] as number);
    const first = taken.filter((edge) => this.listOf(edge, move.type).length > 0);
    // The forms that a step saves void facts before anything is asked.
    const voided = course.voided.length > 0 ? changed : none;
    // What the search took the event to say is so for everybody who hears it, those who did not move among them.
    for (const { about, option } of course.choices) {
      const said = model.saidBy(move, about, option === 1);
      if (said !== null) sets = this.assumed(sets, said, before, voided);
    }
    for (const edge of first) sets = this.taking(sets, edge, this.listOf(edge, move.type), before, voided, move);
    for (const edge of first) for (const record of edge.words.record) sets = this.recorded(sets, record, course);
    const rest = taken.filter((edge) => !first.includes(edge));
    const quiet = !rest.some((edge) => edge.words.record.some((record) => model.isFollowed(record)));
    for (const edge of rest) {
      const { always } = space.nodes.all[edge.source] as Node;
      if (quiet && always.includes(edge)) sets = this.taking(sets, edge, always, before, changed, null);
    }
    for (const edge of rest) for (const record of edge.words.record) sets = this.forgotten(sets, record);
    for (const index of after.configuration.nodes) {
      for (const record of space.nodes.all[index]?.state?.enter.record ?? []) sets = this.forgotten(sets, record);
      for (const open of model.opens) if (open.node === index) sets = this.opened(sets, open, before, after, taken);
    }
    return sets;
  }

  /** What is known of what is sent with the step. */
  private sent({ move }: Course): Together {
    const properties = (this.model.sentBy(move)?.schema.properties ?? {}) as { [field: string]: { minimum?: unknown } };
    return Object.entries(properties).flatMap(([field, { minimum }]): Together => {
      const own = variable(`event ${field}`);
      const open = this.model.repeatedBy(move, field);
      return [
        ...(typeof minimum === 'number' ? [{ form: plus(own, constantOf(minimum), -1), relation: '>=' as const }] : []),
        ...(open === undefined ? [] : [{ form: plus(own, variable(open.name), -1), relation: '=' as const }]),
      ];
    });
  }

  private listOf(edge: Edge, type: string): readonly Edge[] {
    const list = (this.space.nodes.all[edge.source] as Node).on.get(type) ?? [];
    return list.includes(edge) ? list : [];
  }

  /** The branch holds, and those before it do not. */
  private taking(
    sets: readonly Together[],
    edge: Edge,
    list: readonly Edge[],
    at: Situation,
    changed: ReadonlySet<number>,
    move: Course['move'] | null,
  ): readonly Together[] {
    let now = this.assumed(sets, this.model.guardOf(edge, true, move), at, changed);
    for (const other of list.slice(0, list.indexOf(edge)))
      now = this.assumed(now, this.model.guardOf(other, false, move), at, changed);
    return now;
  }

  private recorded(sets: readonly Together[], record: string, { move }: Course): readonly Together[] {
    if (!this.model.isFollowed(record)) return sets;
    const required = this.model.sentBy(move)?.schema.required;
    const fieldsOf = (kind: string) =>
      this.model
        .variables()
        .flatMap((name) =>
          name.startsWith(`${kind} ${record}.`) ? [name.slice(kind.length + 1 + record.length + 1)] : [],
        );
    let now = sets;
    for (const field of fieldsOf('sum')) {
      const [sum, added] = [`sum ${record}.${field}`, `event ${field}`];
      const isThere = Array.isArray(required) && required.includes(field);
      const before = plus(variable(sum), variable(added), -1);
      now = isThere
        ? now.map((set) => set.map((each) => ({ ...each, form: replaced(each.form, sum, before) })))
        : this.without(now, sum);
    }
    for (const field of fieldsOf('last')) {
      const last = `last ${record}.${field}`;
      const isThere = Array.isArray(required) && required.includes(field);
      now = this.without(now, last);
      if (isThere)
        now = now.map(
          (set): Together => [...set, { form: plus(variable(last), variable(`event ${field}`), -1), relation: '=' }],
        );
    }
    return now;
  }

  /** Something is recorded of which nothing is known. */
  private forgotten(sets: readonly Together[], record: string): readonly Together[] {
    const names = this.model
      .variables()
      .filter((name) => name.startsWith(`sum ${record}.`) || name.startsWith(`last ${record}.`));
    return names.reduce((now: readonly Together[], name) => this.without(now, name), sets);
  }

  /** A call that is made now asks for what its input comes to; one that goes on for what it did. */
  private opened(
    sets: readonly Together[],
    open: Open,
    before: Situation,
    after: Situation,
    taken: readonly Edge[],
  ): readonly Together[] {
    const { configurations } = this.space;
    const was = before.configuration.active[open.node] === 1;
    const entered = taken.some((edge) => edge.target === open.node && (edge.source !== open.node || edge.again));
    const perhaps = taken.some(
      ({ target, back }) =>
        (target >= 0 && configurations.isBelow(open.node, target)) ||
        (back >= 0 && configurations.isBelow(open.node, back)),
    );
    if (was && !entered && !perhaps) return sets;
    const free = this.without(sets, open.name);
    if (!entered && (was || taken.some(({ back }) => back >= 0))) return free;
    return open.cases.flatMap(({ when, form }) =>
      this.assumed(free, when, after, null).map(
        (set): Together => [...set, { form: plus(variable(open.name), form, -1), relation: '=' }],
      ),
    );
  }

  private without(sets: readonly Together[], name: string): readonly Together[] {
    return sets.flatMap((set) => {
      const left = without(set, name);
      return left === null ? [] : [left];
    });
  }

  assumed(
    sets: readonly Together[],
    formula: Formula,
    at: Situation,
    changed: ReadonlySet<number> | null,
  ): readonly Together[] {
    const ways = waysOf(formula, (condition) => truthIn(this.space, at, condition, changed));
    if (ways.some((way) => way.length === 0)) return sets;
    const found = sets.flatMap((set) => ways.map((way): Together => [...set, ...way]).filter(feasible));
    return found.length > mostSets ? sets : found;
  }
}
