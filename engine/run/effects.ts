import { addDuration, parseDuration } from '../compose/duration.ts';
import { renderText } from '../explain/text.ts';
import { evaluateText } from '../expressions/index.ts';
import type { CaseState } from '../model/case.ts';
import type { Environment } from '../model/command.ts';
import type { Definition } from '../model/definition.ts';
import type { Effect } from '../model/effect.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { atOf, type Configuration, within } from './configuration.ts';
import { deadlineOf } from './deadlines.ts';
import type { Intent, Ledger } from './ledger.ts';
import { scopeOf, settingOf } from './scope.ts';
import type { World } from './world.ts';

export interface Making {
  readonly definition: Definition;
  readonly world: World;
  readonly configuration: Configuration;
  readonly ledger: Ledger;
  readonly env: Environment;
  readonly caseId: string;
  readonly revision: number;
  /** Newest generations; `make` adds to it. */
  readonly secrets: { [secret: string]: CaseState['secrets'][string] };
  /** What could not be worked out. */
  readonly incidents: string[];
}

/** Turns intents into effects: new secrets, then the others in their order; inputs and texts are worked out from the world after the step. */
export function effectsOf(making: Making, intents: readonly Intent[], count: number): Effect[] {
  const effects: Effect[] = [];
  // A call takes the secret that the same step makes, so secrets come first.
  const makes = intents.filter((intent) => intent.kind === 'make');
  for (const intent of [...makes, ...intents.filter((intent) => intent.kind !== 'make')]) {
    const key = `${making.caseId}:${making.revision}:${count + effects.length}`;
    const effect = effectOf(making, intent, key);
    if (effect !== null) effects.push(effect);
  }
  return effects;
}

function effectOf(making: Making, intent: Intent, key: string): Effect | null {
  switch (intent.kind) {
    case 'call':
      return callOf(making, intent, key);
    case 'leave':
      return { kind: 'leave', key, call: intent.call, generation: intent.generation };
    case 'make':
      return secretOf(making, intent.secret, key);
    case 'notice':
      return noticeOf(making, intent, key);
    case 'erase':
      return { kind: 'erase', key, what: intent.what };
  }
}

function callOf(making: Making, intent: Extract<Intent, { kind: 'call' }>, key: string): Effect | null {
  const call = making.definition.chart.states[intent.call]?.call;
  if (call == null) return null;
  const scope = scopeOf(making.definition, making.world, atOf(making.configuration));
  const input: JsonObject = {};
  for (const [name, text] of Object.entries(call.with)) {
    const secret = /^secrets\.(\w+)$/.exec(text.trim())?.[1];
    if (secret !== undefined) {
      input[name] = { $secret: secret, generation: making.secrets[secret]?.generation ?? 0 };
      continue;
    }
    const result = evaluateText(text, scope);
    // An optional field that was not filled in is left out; the contract says whether that will do.
    if (result.kind === 'value' && result.value !== null) input[name] = result.value;
    else if (result.kind === 'failed') making.incidents.push(`input:${intent.call}.${name}`);
  }
  const { connector, operation } = call;
  return { kind: 'call', key, call: intent.call, generation: intent.generation, connector, operation, input };
}

function secretOf(making: Making, secret: string, key: string): Effect | null {
  const declared = making.definition.declared.secrets[secret];
  if (declared === undefined) return null;
  const generation = (making.secrets[secret]?.generation ?? 0) + 1;
  const validUntil = validUntilOf(making, declared.valid);
  making.secrets[secret] = { generation, validUntil };
  const shape = declared.digits === undefined ? ({ token: true } as const) : { digits: declared.digits };
  return { kind: 'makeSecret', key, secret, generation, shape, validUntil };
}

function validUntilOf(making: Making, valid: string | undefined): number | null {
  if (valid === undefined) return null;
  const text: Json | undefined = settingOf(making.definition.settings, valid);
  const duration = typeof text === 'string' ? parseDuration(text) : null;
  return duration === null ? null : addDuration(making.env.now, duration, making.env.calendar);
}

function noticeOf(making: Making, intent: Extract<Intent, { kind: 'notice' }>, key: string): Effect | null {
  const notice = making.definition.declared.notices[intent.notice];
  if (notice === undefined) return null;
  const { by } = notice;
  const scope = scopeOf(making.definition, making.world, atOf(making.configuration));
  if (notice.if !== undefined) {
    const wanted = evaluateText(notice.if, scope);
    if (wanted.kind !== 'value' || wanted.value !== true) return null;
  }
  const state = stateOfText(making, intent.state);
  const text = renderText(making.definition, notice.text, {
    scope,
    state,
    deadline: deadlineOf(making.ledger.timers, state),
    now: making.env.now,
    calendar: making.env.calendar,
  });
  const to = notice.role === undefined ? recipientOf(notice.to, scope) : `role.${notice.role}`;
  if (to === null && (by === 'sms' || by === 'email')) {
    // Whoever asked to be forgotten is told nothing more.
    if (making.world.erased.values === undefined) making.incidents.push(`notice:${intent.notice}`);
    return null;
  }
  return { kind: 'notice', key, notice: intent.notice, by, to, text };
}

/** The number or address that the expression comes to, or null. */
function recipientOf(to: string | undefined, scope: ReturnType<typeof scopeOf>): string | null {
  if (to === undefined) return null;
  const result = evaluateText(to, scope);
  return result.kind === 'value' && typeof result.value === 'string' && result.value !== '' ? result.value : null;
}

/** The state that a text speaks of: where the word stands, or where the case went from there. */
function stateOfText(making: Making, state: string): string {
  if (making.configuration.all.has(state)) return state;
  const region = state.split('.')[0] as string;
  return making.configuration.leaves.find((leaf) => within(leaf, region)) ?? making.configuration.leaves[0] ?? state;
}
