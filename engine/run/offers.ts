import type { OfferView } from '../contract/view.ts';
import { type ErrorCode, sentence } from '../errors/index.ts';
import { renderText } from '../explain/text.ts';
import { whyNot } from '../explain/why.ts';
import { parse, references, type Scope } from '../expressions/index.ts';
import { scopeIn } from '../forms/scope.ts';
import { settle } from '../forms/settle.ts';
import type { Blocker } from '../model/blocker.ts';
import type { CaseState } from '../model/case.ts';
import type { Actor, Environment } from '../model/command.ts';
import type { Branch, ChartState, Transition } from '../model/composed.ts';
import type { Definition, EventDefinition, TaskNode } from '../model/definition.ts';
import type { JsonObject } from '../model/json.ts';
import { blocker } from './blockers.ts';
import { activeStates, atOf, type Configuration, configurationOf, historyOf, within } from './configuration.ts';
import { deadlineOf } from './deadlines.ts';
import { formContext, formOf } from './forms.ts';
import { scopeOf } from './scope.ts';
import { type Open, truthOf } from './truth.ts';
import { type World, worldOf } from './world.ts';

/** A button of an active state, with what stands in its way. */
export interface Offer extends OfferView {
  /** Address of the active task that it belongs to, or of the state that hears the event. */
  readonly state: string;
  /** Role that may send it. */
  readonly by: string;
}

/** Where an event is heard, innermost first; and the task that it belongs to, if any. */
export interface Heard {
  readonly candidates: readonly { readonly state: ChartState; readonly transition: Transition }[];
  /** The active task of the event's role at, around or below the innermost candidate. */
  readonly task: { readonly state: ChartState; readonly task: TaskNode } | null;
  /** The event stands in the `on` of the task's state or inside it: it is an event of that task. [RUN-8] */
  readonly own: boolean;
  readonly saves: 'complete' | 'draft' | 'nothing';
}

/** Who hears a person's event in this configuration; null when nobody does. */
export function hear(
  definition: Pick<Definition, 'chart'>,
  configuration: Configuration,
  event: string,
  declared: EventDefinition,
): Heard | null {
  return heardAmong(activeStates(definition, configuration), event, declared);
}

/** @param active states, innermost first within each chain */
export function heardAmong(active: readonly ChartState[], event: string, declared: EventDefinition): Heard | null {
  const candidates: { readonly state: ChartState; readonly transition: Transition }[] = [];
  for (const state of active) {
    const transition = state.on[event];
    if (transition !== undefined) candidates.push({ state, transition });
  }
  const first = candidates[0];
  if (first === undefined) return null;
  const tasks = active.flatMap((state) => {
    return state.task !== null && state.task.by === declared.by ? [{ state, task: state.task }] : [];
  });
  const around = tasks.find((each) => within(first.state.address, each.state.address));
  const below = tasks.find((each) => within(each.state.address, first.state.address));
  const own = around !== undefined;
  const saves = own || declared.saves === 'draft' ? declared.saves : 'nothing';
  return { candidates, task: around ?? below ?? null, own, saves };
}

/**
 * All events of active states that the actor's roles may send, in document order; those with blockers say why not.
 * Events of other roles are left out.
 */
export function available(definition: Definition, state: CaseState, actor: Actor, env: Environment): readonly Offer[] {
  const configuration = configurationOf(state.active);
  const world = worldOf(state, historyOf(state), { event: {}, actor: actor.id }, env);
  const scope = scopeOf(definition, world, atOf(configuration));
  const events = new Set<string>();
  for (const each of activeStates(definition, configuration)) {
    for (const event of Object.keys(each.on)) events.add(event);
  }
  const offers: Offer[] = [];
  for (const event of events) {
    const declared = definition.declared.events[event];
    if (declared?.by === undefined || !actor.roles.includes(declared.by)) continue;
    const heard = hear(definition, configuration, event, declared);
    if (heard === null) continue;
    offers.push(offerOf({ definition, state, actor, env, world, scope }, event, declared, heard));
  }
  return offers;
}

/** Everything that is needed to judge one event. */
export interface Judging {
  readonly definition: Definition;
  readonly state: CaseState;
  readonly actor: Actor;
  readonly env: Environment;
  readonly world: World;
  readonly scope: Scope;
}

function offerOf(judging: Judging, event: string, declared: EventDefinition, heard: Heard): Offer {
  const { definition } = judging;
  const open = openOf(definition, declared, heard);
  const condition = judge(judging, heard, open);
  const blockers = [...authorise(judging, titleOf(declared, condition.branch), declared, heard), ...condition.blockers];
  const title = titleOf(declared, condition.branch);
  return {
    event,
    title,
    look: declared.look,
    ...(declared.confirm === undefined ? {} : { confirm: declared.confirm }),
    ...(declared.form === undefined ? {} : { form: declared.form, formValues: prefilled(judging, declared.form) }),
    saves: heard.saves,
    blockers,
    state: heard.task?.state.address ?? heard.candidates[0]?.state.address ?? '',
    by: declared.by ?? '',
  };
}

export function titleOf(declared: EventDefinition, branch: Branch | null): string {
  return branch?.title ?? declared.title;
}

/** Who may not, and why: the person, the link. The role is the caller's to ask. [RUN-6] */
export function authorise(judging: Judging, title: string, declared: EventDefinition, heard: Heard): Blocker[] {
  const { definition, actor, world } = judging;
  const blockers: Blocker[] = [];
  const task = heard.task?.task ?? null;
  const partTitle = (part: string) => definition.declared.people[part] ?? part;
  const no = (code: ErrorCode, params: JsonObject) => {
    blockers.push(blocker(code, params, undefined, actor.locale));
  };
  if (task !== null) {
    if (task.only !== null && world.people[task.only] !== undefined && world.people[task.only] !== actor.id) {
      no('only-person', { title, part: partTitle(task.only) });
    }
    for (const part of task.not) {
      if (world.people[part] === actor.id) no('not-person', { title, part: partTitle(part) });
    }
  }
  const via = task?.via ?? null;
  if (actor.via !== undefined) {
    if (via !== actor.via || !heard.own) no('link-only', { title });
  } else if (via !== null && heard.own && heard.saves !== 'nothing' && declared.by === task?.by) {
    no('by-link', { title });
  }
  return blockers;
}

/** The branch that would be taken as far as one knows, or why none is. */
export function judge(
  judging: Judging,
  heard: Heard,
  open: Open,
): { readonly branch: Branch | null; readonly blockers: readonly Blocker[] } {
  const { locale } = judging.actor;
  const reasons: string[] = [];
  for (const { state, transition } of heard.candidates) {
    for (const branch of transition.branches) {
      const truth = truthOf(branch.if, judging.scope, open);
      if (truth === 'no') {
        if (branch.refuse === null) {
          reasons.push(...whyNot(judging.definition, branch.if ?? 'true', judging.scope, open, locale));
        }
        continue;
      }
      if (branch.refuse === null) return { branch, blockers: [] };
      // A refusal that depends on what is sent is found out when it is sent.
      if (truth === 'yes') return { branch: null, blockers: [refusal(judging, branch, state.address)] };
    }
  }
  const unique = [...new Set(reasons)].join(locale === 'en' ? '; ' : '；');
  const told = unique === '' ? sentence('why-unmet-bare', {}, locale) : unique;
  return { branch: null, blockers: [blocker('condition-unmet', { reasons: told }, undefined, locale)] };
}

/** The sentence of a branch that refuses. */
export function refusal(judging: Judging, branch: { readonly refuse: string | null }, state: string): Blocker {
  const { definition, scope, env } = judging;
  const text = renderText(definition, branch.refuse ?? '', {
    scope,
    state,
    deadline: deadlineOf(judging.state.timers, state),
    now: env.now,
    calendar: env.calendar,
  });
  return blocker('refused-here', { text });
}

/** What only the sending decides: the event's own data, and the forms that it commits with the facts about them. */
export function openOf(definition: Definition, declared: EventDefinition, heard: Heard): Open {
  const forms = new Set(heard.saves === 'complete' ? (heard.task?.task.forms ?? []) : []);
  const facts = new Set(
    Object.entries(definition.declared.facts)
      .filter(([, fact]) => fact.about.some((path) => forms.has(path.split('.')[0] as string)))
      .map(([name]) => name),
  );
  const tables = new Set(
    Object.entries(definition.declared.tables)
      .filter(([, table]) => table.by.some((text) => mentions(text, forms)))
      .map(([name]) => name),
  );
  return ([root, name]) => {
    // `event.untouched` of a task with `edit` is only known with what is sent.
    if (root === 'event')
      return declared.form !== undefined || declared.from !== undefined || (heard.task?.task.edit ?? null) !== null;
    if (root === 'facts') return name === undefined || facts.has(name);
    if (root === 'tables') return name === undefined || tables.has(name);
    return root !== undefined && forms.has(root);
  };
}

function mentions(text: string, roots: ReadonlySet<string>): boolean {
  const parsed = parse(text);
  return (
    parsed.kind === 'parsed' && references(parsed.expression.ast).some((each) => roots.has(each.path[0] as string))
  );
}

/** What the dialogue starts with: prefilled and computed values, for example the price. */
function prefilled(judging: Judging, id: string): JsonObject {
  const form = formOf(judging.definition, id);
  if (form === null) return {};
  const context = formContext(judging.definition, judging.world, id);
  const start: JsonObject = {};
  for (const field of form.fields) {
    const value = field.prefill?.run(scopeIn(form, start, context));
    if (value !== undefined && value !== null) start[field.name] = value;
  }
  // A field that is hidden as yet keeps its start value: choosing another way may show it.
  return { ...start, ...settle(form, start, context).values };
}
