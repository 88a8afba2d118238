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
    for (const effect of effectsOfOne(making, intent))
      effects.push({ ...effect, key: `${making.caseId}:${making.revision}:${count + effects.length}` });
  }
  return effects;
}

/** An effect whose key is not known yet. */
type Keyless = Effect extends infer One ? (One extends Effect ? Omit<One, 'key'> : never) : never;

function effectsOfOne(making: Making, intent: Intent): readonly Keyless[] {
  switch (intent.kind) {
    case 'call':
      return some(callOf(making, intent));
    case 'leave':
      return [{ kind: 'leave', call: intent.call, generation: intent.generation }];
    case 'make':
      return some(secretOf(making, intent.secret));
    case 'notice':
      return noticesOf(making, intent);
    case 'erase':
      return [{ kind: 'erase', what: intent.what }];
  }
}

function some(effect: Keyless | null): readonly Keyless[] {
  return effect === null ? [] : [effect];
}

function callOf(making: Making, intent: Extract<Intent, { kind: 'call' }>): Keyless | null {
  const call = making.definition.chart.states[intent.call]?.call;
  if (call == null) return null;
  const { input, failed } = callInput(making, call.with);
  making.incidents.push(...failed.map((name) => `input:${intent.call}.${name}`));
  const { connector, operation } = call;
  // Perhaps it was done: until somebody knows, what an answer has to repeat is asked for as it was. [RUN-31]
  const known = making.ledger.calls[intent.call];
  if (known?.unknown) Object.assign(input, known.asked);
  return { kind: 'call', call: intent.call, generation: intent.generation, connector, operation, input };
}

/** What a call is asked with, as the case is now. @returns also the names of what could not be worked out */
export function callInput(
  making: Pick<Making, 'definition' | 'world' | 'configuration' | 'secrets'>,
  inputs: { readonly [name: string]: string },
): { readonly input: JsonObject; readonly failed: readonly string[] } {
  const scope = scopeOf(making.definition, making.world, atOf(making.configuration));
  const input: JsonObject = {};
  const failed: string[] = [];
  for (const [name, text] of Object.entries(inputs)) {
    const secret = secretNamed(text);
    if (secret !== undefined) {
      input[name] = { $secret: secret, generation: making.secrets[secret]?.generation ?? 0 };
      continue;
    }
    const result = evaluateText(text, scope);
    // An optional field that was not filled in is left out; the contract says whether that will do.
    if (result.kind === 'value' && result.value !== null) input[name] = result.value;
    else if (result.kind === 'failed') failed.push(name);
  }
  return { input, failed };
}

/** The secret that the whole of an input is, if it is one. */
function secretNamed(text: string): string | undefined {
  return text.includes('secrets.') ? /^secrets\.(\w+)$/.exec(text.trim())?.[1] : undefined;
}

function secretOf(making: Making, secret: string): Keyless | null {
  const declared = making.definition.declared.secrets[secret];
  if (declared === undefined) return null;
  const generation = (making.secrets[secret]?.generation ?? 0) + 1;
  const validUntil = validUntilOf(making, declared.valid);
  making.secrets[secret] = { generation, validUntil };
  const shape = declared.digits === undefined ? ({ token: true } as const) : { digits: declared.digits };
  return { kind: 'makeSecret', secret, generation, shape, validUntil };
}

function validUntilOf(making: Making, valid: string | undefined): number | null {
  if (valid === undefined) return null;
  const text: Json | undefined = settingOf(making.definition.settings, valid);
  const duration = typeof text === 'string' ? parseDuration(text) : null;
  return duration === null ? null : addDuration(making.env.now, duration, making.env.calendar);
}

function noticesOf(making: Making, intent: Extract<Intent, { kind: 'notice' }>): readonly Keyless[] {
  const declared = making.definition.declared.notices[intent.notice];
  if (declared === undefined) return [];
  const { by } = declared;
  const scope = scopeOf(making.definition, making.world, atOf(making.configuration));
  if (declared.if !== undefined) {
    const wanted = evaluateText(declared.if, scope);
    if (wanted.kind !== 'value' || wanted.value !== true) return [];
  }
  const state = stateOfText(making, intent.state);
  const said = (text: string) =>
    renderText(making.definition, text, {
      scope,
      state,
      deadline: deadlineOf(making.ledger.timers, state),
      now: making.env.now,
      calendar: making.env.calendar,
    });
  const notice = { kind: 'notice', notice: intent.notice } as const;
  // Whoever asked to be forgotten is told nothing more.
  const isForgotten = making.world.erased.values !== undefined;
  if (by === 'inbox') return isForgotten ? [] : [{ ...notice, by, to: null, text: said(declared.text) }];
  const told: Keyless[] = [];
  const to = declared.role === undefined ? recipientOf(declared.to, scope) : `role.${declared.role}`;
  if (to !== null || (by !== 'sms' && by !== 'email')) told.push({ ...notice, by, to, text: said(declared.text) });
  // Who has given no number yet reads it in the inbox.
  else if (!isForgotten && declared.inbox === undefined) making.incidents.push(`notice:${intent.notice}`);
  if (declared.inbox !== undefined && !isForgotten)
    told.push({ ...notice, by: 'inbox', to: null, text: said(declared.inbox) });
  return told;
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
