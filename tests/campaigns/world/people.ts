import type { CaseState } from '../../../engine/model/case.ts';
import type { Calendar } from '../../../engine/model/command.ts';
import type { Definition } from '../../../engine/model/definition.ts';
import type { JsonObject } from '../../../engine/model/json.ts';
import { activeStates, configurationOf } from '../../../engine/run/configuration.ts';
import { actorFor, begin, completeCommand, type Fill, type Session } from '../../../engine/simulate/index.ts';
import type { Applied } from '../../../server/cases/cases.ts';
import { judge } from '../../../server/cases/secrets.ts';
import type { Context } from '../../../server/context.ts';
import { Fault } from '../../../server/fault.ts';
import { openLink } from '../../../server/use-cases/open-link.ts';
import { creditCode } from '../../support/credit-code.ts';
import type { Chance } from './chance.ts';
import type { VirtualClock } from './clock.ts';
import type { Hall } from './hall.ts';

/** A press of a button as a browser sends it: repeated under the same id when no answer came. */
export interface Press {
  readonly caseId: string;
  readonly event: string;
  readonly request: string;
  readonly fill: Fill;
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

/** Chooses a button: what leads on more often than what ends, hurts or goes back. `calm`: nobody gives up any more. */
export function choose(definition: Definition, state: CaseState, how: Chance, calm: boolean): string | null {
  const heard = heardFromPeople(definition, state);
  if (heard.length === 0) return null;
  const weights: { [event: string]: number } = {};
  for (const { event, look } of heard) {
    const isSide = look === 'danger' || look === 'quiet' || /BACK|CANCEL|HOLD/.test(event);
    weights[event] = look === 'link' ? 50 : look === 'primary' ? 60 : isSide ? (calm ? 0 : 1) : 25;
  }
  // Mostly people leave a case alone in which there is nothing to lead on.
  const chosen = how.weighed({ ...weights, '': 15 });
  return chosen === '' ? null : chosen;
}

/** Presses the button on whatever the case has become. Null: there was nothing to do any more. */
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
  if (token === null) return false;
  const context = { cases: hall.cases, secrets: hall.secrets, clock } as unknown as Context;
  try {
    await openLink(context, { person: null, link: null }, token);
    return true;
  } catch (error) {
    if (error instanceof Fault) return false;
    throw error;
  }
}

/** What people type that the smallest form does not say: a company of their own, a way to pay, an account to pay back to. */
export function fillFor(how: Chance, company: number): Fill {
  return {
    organization: { number: creditCode(company) },
    ...(how.percent(25) ? { order: { mode: 'remittance' } } : {}),
  };
}
