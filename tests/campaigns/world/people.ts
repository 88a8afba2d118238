import type { CaseState } from '../../../engine/model/case.ts';
import type { Calendar } from '../../../engine/model/command.ts';
import type { Definition } from '../../../engine/model/definition.ts';
import type { JsonObject } from '../../../engine/model/json.ts';
import { activeStates, configurationOf } from '../../../engine/run/configuration.ts';
import { actorFor, begin, completeCommand, type Session } from '../../../engine/simulate/index.ts';
import type { Applied } from '../../../server/cases/answers.ts';
import { judge } from '../../../server/cases/secrets.ts';
import type { Context } from '../../../server/context.ts';
import { Fault } from '../../../server/fault.ts';
import { openLink } from '../../../server/use-cases/open-link.ts';
import type { Books } from './books.ts';
import type { Chance } from './chance.ts';
import type { VirtualClock } from './clock.ts';
import { unregistered, type Values } from './fills.ts';
import type { Hall } from './hall.ts';

/** A press of a button as a browser sends it: repeated under the same id when no answer came. */
export interface Press {
  readonly caseId: string;
  readonly event: string;
  readonly request: string;
  readonly fill: Values;
  /** What is typed into fields of secrets. */
  readonly typed: string;
}

const bases = new WeakMap<Definition, Session>();

/** A case as the simulator of the engine sees it, which knows what people would fill in. */
export function sessionOf(definition: Definition, state: CaseState, now: number, calendar: Calendar): Session {
  const base = bases.get(definition) ?? begin(definition);
  bases.set(definition, base);
  return { ...base, state, now, calendar };
}

/** Events that people or opened links may send in the states of now, with how their button looks. */
export function heardFromPeople(definition: Definition, state: CaseState): readonly { event: string; look: string }[] {
  const heard = new Set(activeStates(definition, configurationOf(state.active)).flatMap(({ on }) => Object.keys(on)));
  const { events, secrets } = definition.declared;
  const opens = new Set(Object.values(secrets).flatMap((secret) => secret.opens ?? []));
  return [...heard].flatMap((event) => {
    const declared = events[event];
    if (opens.has(event)) return [{ event, look: 'link' }];
    return declared?.by === undefined ? [] : [{ event, look: declared.look ?? 'plain' }];
  });
}

const byLook: { readonly [look: string]: number } = { link: 600, primary: 600, plain: 150, quiet: 15, danger: 4 };
/** Buttons that lead elsewhere than on, and how often somebody presses them. */
const byEvent: { readonly [event: string]: number } = {
  ...{ HOLD: 1, RESEND_PIN: 4, NOTE: 4, WITHDRAW: 2, REFUND_ASK: 12, REFUND_CANCEL: 60, BACK: 30, CHANGE_MODE: 25 },
  ...{
    REJECT: 130,
    REFUSE_FINAL: 6,
    NEED_DATA: 100,
    RENEW_QR: 40,
    REPRODUCE: 200,
    REFUND_REJECT: 200,
    BOOK_COURIER: 60,
  },
};

/** Chooses a button: what leads on more often than what ends, hurts or goes back. `calm`: nobody gives up any more. */
export function choose(
  definition: Definition,
  state: CaseState,
  how: Chance,
  { calm, books }: { readonly calm: boolean; readonly books: Books },
): string | null {
  const heard = heardFromPeople(definition, state);
  if (heard.length === 0) return null;
  const came = unregistered(state, books) !== null;
  const weights: { [event: string]: number } = {};
  for (const { event, look } of heard) {
    const usual = byEvent[event] ?? byLook[look] ?? 150;
    // Finance goes by the bank's statement.
    if (event === 'REMIT_MATCHED' || event === 'REMIT_SURPLUS') weights[event] = came ? 600 : 0;
    else if (event === 'REMIT_MISMATCH') weights[event] = came ? 20 : 300;
    // Who has not paid seldom says so.
    else if (event === 'CLIENT_RETURN') weights[event] = books.paymentsOf(state.id).length > 0 ? 600 : 6;
    else weights[event] = calm && usual < 60 ? 0 : usual;
  }
  // Mostly people leave a case alone in which there is nothing to lead on.
  const chosen = how.weighed({ ...weights, '': 100 });
  return chosen === '' ? null : chosen;
}

/** Presses the button on whatever the case has become. */
export async function press(hall: Hall, clock: VirtualClock, calendar: Calendar, given: Press): Promise<Applied> {
  const { caseId, event, request, fill, typed } = given;
  return hall.cases.apply(caseId, (document, definition) => {
    const key = `request:${request}`;
    if (document.consumed.includes(key)) return null;
    const session = sessionOf(definition, document.state, clock.now(), calendar);
    const command = completeCommand(session, event, actorFor(session, event), fill);
    const form = definition.declared.events[event]?.form;
    const schema = form === undefined ? undefined : definition.forms[form];
    const secretFields = Object.entries(schema?.properties ?? {}).filter(
      ([, rules]) => rules['x-secret'] !== undefined,
    );
    if (secretFields.length === 0) return { command, consumed: [key] };
    const data: { [field: string]: JsonObject[string] } = { ...command.data };
    for (const [field] of secretFields) data[field] = typed;
    const judged = judge(hall.secrets, document, schema, data, clock.now());
    return { command: { ...command, data: judged.values }, consumed: [key], burn: judged.burn };
  });
}

/** Opens the link that an event of the workflow waits for. @returns whether it was good */
export async function follow(hall: Hall, clock: VirtualClock, caseId: string, event: string): Promise<boolean> {
  const { document, definition } = await hall.cases.read(caseId);
  const via = Object.entries(definition.declared.secrets).find(([, secret]) => secret.opens === event)?.[0];
  const token = via === undefined ? null : hall.secrets.token(document, via);
  return token !== null && openAgain(hall, clock, token);
}

/** Opens a link, perhaps one that somebody has opened before. @returns whether it was good */
export async function openAgain(hall: Hall, clock: VirtualClock, token: string): Promise<boolean> {
  const context = { cases: hall.cases, secrets: hall.secrets, clock } as unknown as Context;
  try {
    await openLink(context, { person: null, link: null }, token);
    return true;
  } catch (error) {
    if (error instanceof Fault) return false;
    throw error;
  }
}
