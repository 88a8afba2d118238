import { boundaries, compileForm, settle } from '../forms/index.ts';
import { sameJson } from '../forms/json.ts';
import type { Actor } from '../model/command.ts';
import type { Definition } from '../model/definition.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { historyOf } from '../run/configuration.ts';
import { formContext } from '../run/forms.ts';
import { available } from '../run/index.ts';
import { worldOf } from '../run/world.ts';
import { completeCommand } from '../simulate/complete.ts';
import { runScenario, type ScenarioStep } from '../simulate/scenario.ts';
import { advanceTo, envOf, nextDue, type Session } from '../simulate/session.ts';

/** What is not tried any more of one case. */
const MOST = 40;
const MOST_WAITS = 6;
const MINUTE = 60_000;

/** Events of a case with the form that the key is about, filled in so that its condition comes out as the key says. */
export function* filledBoth(definition: Definition, key: string, session: Session): Generator<readonly ScenarioStep[]> {
  const match = /^(not )?(visible|required) ([^.]+)\.(.+)$/.exec(key);
  const schema = match === null ? undefined : definition.forms[match[3] ?? ''];
  if (match === null || schema === undefined) return;
  const [, not, rule, id = '', name = ''] = match;
  const form = compileForm(id, schema);
  for (const { event, actor } of offersOf(session)) {
    const command = completeCommand(session, event, actor);
    const isDialogue = definition.declared.events[event]?.form === id;
    const base = isDialogue ? command.data : command.forms?.[id];
    if (base === undefined) continue;
    yield [{ do: event }];
    const world = worldOf(session.state, historyOf(session.state), { event: {}, actor: actor.id }, envOf(session));
    const context = formContext(definition, world, id, command.forms);
    for (const { values } of boundaries(form, context).inside) {
      const { visible, required } = settle(form, values, context);
      const holds = rule === 'visible' ? visible.has(name) : visible.has(name) && required.has(name);
      if (holds === (not === undefined)) yield [{ do: event, fill: { [id]: changes(base, values) } }];
    }
  }
}

/** What a condition of a form reads of other forms is chosen otherwise where those are filled in; then its own form is sent. */
export function* filledBefore(
  definition: Definition,
  key: string,
  steps: readonly ScenarioStep[],
  end: Session,
): Generator<readonly ScenarioStep[]> {
  const match = /^(?:not )?(visible|required) ([^.]+)\.(.+)$/.exec(key);
  const schema = match === null ? undefined : definition.forms[match[2] ?? ''];
  if (match === null || schema === undefined) return;
  const field = compileForm(match[2] ?? '', schema).field(match[3] ?? '');
  const rule = match[1] === 'visible' ? field?.visible : field?.required;
  if (rule === undefined || typeof rule === 'boolean') return;
  const sent = offersOf(end).map(({ event }): ScenarioStep => ({ do: event }));
  const project = definition.project.id;
  for (const [at, step] of steps.entries()) {
    if (step.do === undefined) continue;
    const { session } = runScenario(definition, { scenario: '', project, steps: steps.slice(0, at) });
    const offer = session && offersOf(session).find(({ event }) => event === step.do);
    if (!session || !offer) continue;
    const command = completeCommand(session, step.do, offer.actor);
    const world = worldOf(
      session.state,
      historyOf(session.state),
      { event: {}, actor: offer.actor.id },
      envOf(session),
    );
    for (const id of Object.keys(command.forms ?? {}).filter((one) => rule.reads.has(one))) {
      const form = compileForm(id, definition.forms[id] ?? schema);
      const { inside } = boundaries(form, formContext(definition, world, id, command.forms));
      for (const { values, edge } of inside) {
        if (edge !== 'option' && edge !== 'present' && edge !== 'absent') continue;
        const given = typeof step.fill === 'object' ? step.fill : {};
        const other = { ...step, fill: { ...given, [id]: changes(command.forms?.[id] ?? {}, values) } };
        for (const last of sent) yield [...steps.slice(0, at), other, ...steps.slice(at + 1), last];
      }
    }
  }
}

/** Time passes until what is due next is, a few times. */
export function* whenDue(key: string, session: Session): Generator<readonly ScenarioStep[]> {
  const timer = session.state.timers[key.slice('fired '.length)];
  if (timer !== undefined) yield [{ advance: minutes(timer.due - session.now) }];
  const next = nextDue(session, Number.POSITIVE_INFINITY);
  if (next !== null) yield [{ advance: minutes(next.at - session.now) }];
}

/** The call is not answered at once; the case leaves it, by an event or by time; then the answer comes. */
export function* lateAnswers(
  definition: Definition,
  key: string,
  steps: readonly ScenarioStep[],
): Generator<readonly ScenarioStep[]> {
  const match = /^late (\S+) of (\S+)$/.exec(key);
  const node = match === null ? null : definition.chart.states[match[2] ?? '']?.call;
  if (match === null || node == null) return;
  const operation = `${node.connector}.${node.operation}`;
  const answer: ScenarioStep = { answer: operation, outcome: match[1] ?? '' };
  for (let at = steps.length; at > Math.max(0, steps.length - 4); at -= 1) {
    const waiting = [...steps.slice(0, at - 1), { world: { [operation]: 'none' } }, ...steps.slice(at - 1, at)];
    const { session } = runScenario(definition, { scenario: '', project: definition.project.id, steps: waiting });
    if (session === null || !session.calls.some(({ call }) => call === match[2])) continue;
    let count = 0;
    for (const { event } of offersOf(session)) {
      count += 1;
      if (count > MOST) break;
      yield [...waiting, { do: event }, answer];
    }
    // Reminders come first; some deadline gives up on it.
    let later = session;
    for (let waits = 0; waits < MOST_WAITS; waits += 1) {
      const next = nextDue(later, Number.POSITIVE_INFINITY);
      if (next === null) break;
      later = advanceTo(later, next.at);
      yield [...waiting, { advance: minutes(later.now - session.now) }, answer];
    }
  }
}

function offersOf(session: Session): readonly { readonly event: string; readonly actor: Actor }[] {
  const { definition, state } = session;
  return Object.keys(definition.roles).flatMap((role) => {
    const actor: Actor = { id: `${role}/one`, roles: [role] };
    return available(definition, state, actor, envOf(session))
      .filter(({ blockers }) => blockers.length === 0)
      .map(({ event }) => ({ event, actor }));
  });
}

/** What is otherwise than in the smallest form; null takes a field away. */
function changes(base: JsonObject, values: JsonObject): JsonObject {
  const names = new Set([...Object.keys(base), ...Object.keys(values)]);
  return Object.fromEntries(
    [...names].flatMap((name): [string, Json][] => {
      const value = values[name] ?? null;
      return sameJson(base[name] ?? null, value) ? [] : [[name, value]];
    }),
  );
}

/** Rounded up, so that what was due is due. */
function minutes(ms: number): string {
  const count = Math.max(1, Math.ceil(ms / MINUTE));
  return `${count} minute${count === 1 ? '' : 's'}`;
}
