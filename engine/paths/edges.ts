import {
  boundaries,
  boundaryForm,
  boundaryKey,
  type CompiledForm,
  type FormContext,
  smallest,
  visibleFields,
} from '../forms/index.ts';
import type { Definition } from '../model/definition.ts';
import { type Json, type JsonObject, objectOf } from '../model/json.ts';
import { configurationOf, historyOf } from '../run/configuration.ts';
import { formContext, formOf } from '../run/forms.ts';
import { hear } from '../run/hearing.ts';
import { worldOf } from '../run/world.ts';
import { actorFor, completeCommand, type Fill } from '../simulate/complete.ts';
import { perform } from '../simulate/perform.ts';
import type { ScenarioStep } from '../simulate/scenario.ts';
import { begin, envOf, type Session, type SimulationOptions, settleCalls } from '../simulate/session.ts';
import type { Stretch } from './cover.ts';

/** A step of a path that is being told, and where the case stood before it. */
export interface Told {
  readonly step: ScenarioStep;
  readonly before: Session;
  /** What it does: the branches that it takes or that refuse it, incidents, and where the case stands then. */
  readonly trace: string;
}

/** So often is an edge tried alone before it is left out. */
const mostRefusals = 2;

/** Which edges of which fields the paths have filled in, and which there are where they were asked. */
export class Edges {
  /** Filled in by some path. */
  readonly done = new Set<string>();
  /** Met on the way: the form was asked and its field free. */
  readonly met = new Set<string>();
  private readonly known = new Map<string, readonly string[]>();
  private readonly refusals = new Map<string, number>();
  private readonly definition: Definition;
  private readonly options: SimulationOptions;

  constructor(definition: Definition, options: SimulationOptions) {
    this.definition = definition;
    this.options = options;
  }

  /** Edges that some form was asked for and no path has filled in. */
  get left(): readonly string[] {
    return [...this.met].filter((edge) => !this.done.has(edge)).sort();
  }

  /** Edges that are left and may still find room. */
  get open(): readonly string[] {
    return this.left.filter((edge) => !this.isGivenUp(edge));
  }

  /** The steps from the beginning. */
  told(steps: readonly ScenarioStep[]): readonly Told[] {
    return tell(settleCalls(begin(this.definition, this.options)), steps);
  }

  /**
   * The same steps with values at the edges of their fields instead of the smallest, as far as every step still takes
   * the same branches.
   */
  laidInto(plain: readonly Told[]): readonly Told[] {
    let told = plain;
    for (let index = 0; index < told.length; index++) {
      // Each time what is told now: an edge before this step made it another case.
      const { step, before } = told[index] as Told;
      if (step.do === undefined) continue;
      const laid = this.tried(before, step, told.slice(index), new Set());
      if (laid !== null) told = [...told.slice(0, index), ...laid];
    }
    return told;
  }

  /** The rest of the path with as many edges in its first step as let it go the same way; null: with none. */
  private tried(
    before: Session,
    step: ScenarioStep,
    rest: readonly Told[],
    without: ReadonlySet<string>,
  ): readonly Told[] | null {
    const laid = this.withEdges(before, step, without);
    if (laid === null) return null;
    const steps = [laid.step, ...rest.slice(1).map((each) => each.step)];
    const told = tell(before, steps, rest);
    if (told.length === rest.length) {
      for (const edge of laid.edges) this.done.add(edge);
      return told;
    }
    const [only, more] = laid.edges;
    if (only === undefined) return null;
    if (more === undefined) {
      this.refusals.set(only, (this.refusals.get(only) ?? 0) + 1);
      return null;
    }
    const half = Math.ceil(laid.edges.length / 2);
    const [one, two] = [laid.edges.slice(0, half), laid.edges.slice(half)];
    return (
      this.tried(before, step, rest, new Set([...without, ...two])) ??
      this.tried(before, step, rest, new Set([...without, ...one]))
    );
  }

  private isGivenUp(edge: string): boolean {
    return (this.refusals.get(edge) ?? 0) >= mostRefusals;
  }

  /** All edges that the form has with these fields to be seen are filled in already, or given up. */
  private isDone(form: CompiledForm, context: FormContext): boolean {
    const shown = visibleFields(form, smallest(form, context), context).map((field) => field.name);
    const key = `${form.id} ${shown.join(' ')}`;
    let edges = this.known.get(key);
    if (edges === undefined) {
      edges = boundaries(form, context).inside.map((one) => boundaryKey(form.id, one));
      this.known.set(key, edges);
      for (const edge of edges) this.met.add(edge);
    }
    return edges.every((edge) => this.done.has(edge) || this.isGivenUp(edge));
  }

  private withEdges(
    session: Session,
    step: ScenarioStep,
    without: ReadonlySet<string>,
  ): { readonly step: ScenarioStep; readonly edges: readonly string[] } | null {
    const { definition, state } = session;
    const event = step.do as string;
    const declared = definition.declared.events[event];
    if (declared === undefined) return null;
    const heard = hear(definition, configurationOf(state.active), event, declared);
    const asked = heard?.saves === 'complete' && heard.task?.task.edit === null ? heard.task.task.forms : [];
    const ids = [...asked, ...(declared.form === undefined ? [] : [declared.form])];
    if (ids.length === 0) return null;
    const world = worldOf(state, historyOf(state), { event: {}, actor: null }, envOf(session));
    const given = typeof step.fill === 'object' ? step.fill : {};
    const usual = completeCommand(session, event, actorFor(session, event), step.fill);
    const working: { [form: string]: JsonObject } = { ...usual.forms };
    const fill: { [form: string]: Json } = { ...given };
    const edges: string[] = [];
    const left = new Set([
      ...this.done,
      ...without,
      ...[...this.refusals.keys()].filter((edge) => this.isGivenUp(edge)),
    ]);
    for (const id of ids) {
      const form = formOf(definition, id);
      if (form === null) continue;
      const context = formContext(definition, world, id, working);
      if (this.isDone(form, context)) continue;
      const pinned = objectOf(given[id]);
      for (const [name, value] of Object.entries(pinned))
        this.done.add(boundaryKey(id, { field: name, edge: 'option', value }));
      const laid = boundaryForm(form, context, left, pinned);
      if (laid.edges.length === 0) continue;
      edges.push(...laid.edges);
      const said = differing(laid.values, usual.forms?.[id] ?? usual.data ?? {}, pinned);
      if (Object.keys(said).length > 0) fill[id] = said;
      working[id] = laid.values;
    }
    if (edges.length === 0) return null;
    return { step: Object.keys(fill).length === 0 ? step : { ...step, fill: fill as Fill }, edges };
  }
}

/** What a search has carried out already. */
export function toldBy(stretches: readonly Stretch[]): readonly Told[] {
  return stretches.flatMap(({ steps, before, after, refused }) => {
    const [only, more] = steps;
    if (only === undefined || more !== undefined) return tell(before, steps);
    return [{ step: only, before, trace: traceOf(before, after, refused) }];
  });
}

function traceOf(before: Session, after: Session, refused: string | null): string {
  const taken = after.taken.slice(before.taken.length);
  const incidents = after.incidents.slice(before.incidents.length);
  return [...taken, ...incidents, refused ?? '', ...after.state.active].join(' ');
}

/** Plays the steps; with `as`, only as far as each does the same as there. */
function tell(from: Session, steps: readonly ScenarioStep[], as?: readonly Told[]): readonly Told[] {
  const told: Told[] = [];
  let now = from;
  for (const [index, step] of steps.entries()) {
    const before = now;
    const outcome = perform(before, step);
    now = outcome.session;
    const went = outcome.wrong === undefined ? '' : 'wrong ';
    const trace = `${went}${traceOf(before, now, outcome.branch ?? null)}`;
    if (as !== undefined && as[index]?.trace !== trace) break;
    told.push({ step, before, trace });
  }
  return told;
}

/** What has to be said of a form: values that are not the usual ones, and usual ones that are left out. */
function differing(values: JsonObject, usual: JsonObject, pinned: JsonObject): JsonObject {
  const said: JsonObject = { ...pinned };
  for (const [name, value] of Object.entries(values))
    if (JSON.stringify(value) !== JSON.stringify(usual[name])) said[name] = value;
  for (const name of Object.keys(usual)) if (values[name] === undefined) said[name] = null;
  return said;
}
