import type { OfferView } from '../contract/view.ts';
import { type ErrorCode, sentence } from '../errors/index.ts';
import { renderText } from '../explain/text.ts';
import { whyNot } from '../explain/why.ts';
import type { Scope } from '../expressions/index.ts';
import { scopeIn } from '../forms/scope.ts';
import { settle } from '../forms/settle.ts';
import type { Blocker } from '../model/blocker.ts';
import type { CaseState } from '../model/case.ts';
import type { Actor, Environment } from '../model/command.ts';
import type { Branch } from '../model/composed.ts';
import type { Definition, EventDefinition } from '../model/definition.ts';
import type { JsonObject } from '../model/json.ts';
import { blocker } from './blockers.ts';
import { environmentFor } from './calendar.ts';
import { atOf, configurationOf, historyOf } from './configuration.ts';
import { deadlineOf } from './deadlines.ts';
import { formContext, formOf } from './forms.ts';
import { type Heard, type Hearing, hearingsAt } from './hearing.ts';
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

/**
 * All events of active states that the actor's roles may send, in document order; those with blockers say why not.
 * Events of other roles are left out.
 */
export function available(
  definition: Definition,
  state: CaseState,
  actor: Actor,
  given: Environment,
): readonly Offer[] {
  const env = environmentFor(definition, given);
  const world = worldOf(state, historyOf(state), { event: {}, actor: actor.id }, env);
  const scope = scopeOf(definition, world, atOf(configurationOf(state.active)));
  return offersOf({ definition, state, actor, env, world, scope });
}

/**
 * The same for whoever has looked at the case already.
 * @param wanted of which events the offers are asked; of all where it is missing
 */
export function offersOf(judging: Judging, wanted?: (declared: EventDefinition) => boolean): readonly Offer[] {
  const { definition, state, actor } = judging;
  const offers: Offer[] = [];
  for (const hearing of hearingsAt(definition, state.active)) {
    if (!actor.roles.includes(hearing.by) || wanted?.(hearing.declared) === false) continue;
    offers.push(offerOf(judging, hearing));
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

function offerOf(judging: Judging, { event, declared, by, heard, open }: Hearing): Offer {
  const condition = judge(judging, heard, open);
  const title = titleOf(declared, condition.branch);
  return {
    event,
    title,
    look: declared.look,
    ...(declared.confirm === undefined ? {} : { confirm: declared.confirm }),
    ...(declared.form === undefined ? {} : { form: declared.form, formValues: prefilled(judging, declared.form) }),
    saves: heard.saves,
    blockers: [...authorise(judging, title, declared, heard), ...condition.blockers],
    state: heard.task?.state.address ?? heard.candidates[0]?.state.address ?? '',
    by,
  };
}

export function titleOf(declared: EventDefinition, branch: Branch | null): string {
  return branch?.title ?? declared.title;
}

/** Who may not, and why: the person, the link. The role is the caller's to ask. [RUN-6] */
export function authorise(judging: Judging, title: string, declared: EventDefinition, heard: Heard): Blocker[] {
  const { actor, world } = judging;
  const blockers: Blocker[] = [];
  const task = heard.task?.task ?? null;
  if (task !== null) {
    if (task.only !== null && world.people[task.only] !== undefined && world.people[task.only] !== actor.id) {
      blockers.push(forbidden(judging, 'only-person', title, task.only));
    }
    for (const part of task.not) {
      if (world.people[part] === actor.id) blockers.push(forbidden(judging, 'not-person', title, part));
    }
  }
  const via = task?.via ?? null;
  if (actor.via !== undefined) {
    if (via !== actor.via || !heard.own) blockers.push(forbidden(judging, 'link-only', title));
  } else if (via !== null && heard.own && heard.saves !== 'nothing' && declared.by === task?.by) {
    blockers.push(forbidden(judging, 'by-link', title));
  }
  return blockers;
}

function forbidden({ definition, actor }: Judging, code: ErrorCode, title: string, part?: string): Blocker {
  const params = part === undefined ? { title } : { title, part: definition.declared.people[part] ?? part };
  return blocker(code, params, undefined, actor.locale);
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
