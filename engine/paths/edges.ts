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
import type { Json, JsonObject } from '../model/json.ts';
import { configurationOf, historyOf } from '../run/configuration.ts';
import { formContext, formOf } from '../run/forms.ts';
import { hear } from '../run/offers.ts';
import { worldOf } from '../run/world.ts';
import { actorFor, completeCommand, type Fill } from '../simulate/complete.ts';
import { perform } from '../simulate/perform.ts';
import type { ScenarioStep } from '../simulate/scenario.ts';
import { begin, envOf, type Session, type SimulationOptions, settleCalls } from '../simulate/session.ts';

/** Which edges of which fields the paths have filled in, and which there are where they were asked. */
export class Edges {
  /** Filled in by some path. */
  readonly done = new Set<string>();
  /** Met on the way: the form was asked and its field free. */
  readonly met = new Set<string>();
  private readonly known = new Map<string, readonly string[]>();
  private readonly definition: Definition;
  private readonly options: SimulationOptions;

  constructor(definition: Definition, options: SimulationOptions) {
    this.definition = definition;
    this.options = options;
  }

  /**
   * The same steps with values at the edges of their fields instead of the smallest, as far as every step still takes
   * the same branches.
   */
  laidInto(steps: readonly ScenarioStep[]): readonly ScenarioStep[] {
    const told: ScenarioStep[] = [];
    let session = settleCalls(begin(this.definition, this.options));
    const traces = tracesOf(session, steps);
    for (const [index, step] of steps.entries()) {
      const tried = step.do === undefined ? null : this.withEdges(session, step);
      const laid = tried === null ? null : tracesOf(session, [tried.step, ...steps.slice(index + 1)]);
      const same = laid !== null && JSON.stringify(laid) === JSON.stringify(traces.slice(index));
      if (same) for (const edge of tried?.edges ?? []) this.done.add(edge);
      const chosen = same && tried !== null ? tried.step : step;
      told.push(chosen);
      session = perform(session, chosen).session;
    }
    return told;
  }

  /** All edges that the form has with these fields to be seen are filled in already. */
  private isDone(form: CompiledForm, context: FormContext): boolean {
    const shown = visibleFields(form, smallest(form, context), context).map((field) => field.name);
    const key = `${form.id} ${shown.join(' ')}`;
    let edges = this.known.get(key);
    if (edges === undefined) {
      edges = boundaries(form, context).inside.map((one) => boundaryKey(form.id, one));
      this.known.set(key, edges);
      for (const edge of edges) this.met.add(edge);
    }
    return edges.every((edge) => this.done.has(edge));
  }

  /** Edges that some form was asked for and no path has filled in. */
  get left(): readonly string[] {
    return [...this.met].filter((edge) => !this.done.has(edge)).sort();
  }

  private withEdges(
    session: Session,
    step: ScenarioStep,
  ): { readonly step: ScenarioStep; readonly edges: readonly string[] } | null {
    const { definition, state } = session;
    const event = step.do as string;
    const declared = definition.declared.events[event];
    if (declared === undefined) return null;
    const heard = hear(definition, configurationOf(state.active), event, declared);
    const asked = heard?.saves === 'complete' && heard.task?.task.edit === null ? heard.task.task.forms : [];
    const world = worldOf(state, historyOf(state), { event: {}, actor: null }, envOf(session));
    const given = typeof step.fill === 'object' ? step.fill : {};
    const usual = completeCommand(session, event, actorFor(session, event), step.fill);
    const working: { [form: string]: JsonObject } = { ...usual.forms };
    const fill: { [form: string]: Json } = { ...given };
    const edges: string[] = [];
    for (const id of [...asked, ...(declared.form === undefined ? [] : [declared.form])]) {
      const form = formOf(definition, id);
      if (form === null) continue;
      const context = formContext(definition, world, id, working);
      if (this.isDone(form, context)) continue;
      const pinned = objectOf(given[id]);
      const laid = boundaryForm(form, context, this.done, pinned);
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

/** What each step does: the branches that it takes or that refuse it, and where the case stands then. */
function tracesOf(session: Session, steps: readonly ScenarioStep[]): readonly (readonly string[])[] {
  let now = session;
  return steps.map((step) => {
    const told = perform(now, step);
    const taken = told.session.taken.slice(now.taken.length);
    const went = told.wrong === undefined ? [] : ['wrong'];
    const incidents = told.session.incidents.slice(now.incidents.length);
    now = told.session;
    return [...went, ...taken, ...incidents, told.branch ?? '', ...now.state.active];
  });
}

/** What has to be said of a form: values that are not the usual ones, and usual ones that are left out. */
function differing(values: JsonObject, usual: JsonObject, pinned: JsonObject): JsonObject {
  const said: JsonObject = { ...pinned };
  for (const [name, value] of Object.entries(values))
    if (JSON.stringify(value) !== JSON.stringify(usual[name])) said[name] = value;
  for (const name of Object.keys(usual)) if (values[name] === undefined) said[name] = null;
  return said;
}

function objectOf(value: Json | undefined): JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? value : {};
}
