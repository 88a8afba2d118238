import { stringify } from 'yaml';
import { language, type Session } from '../../engine/index.ts';
import type { Json, JsonObject } from '../../engine/model/json.ts';
import type { LabEvent } from './session.ts';

/** A step of a scenario file (the language's section 14). */
export type Recorded = JsonObject;

/** The steps so far and one more. Answers of systems become the `world` of the step that asked them. */
export function recorded(steps: readonly Recorded[], event: LabEvent, before: Session): readonly Recorded[] {
  switch (event.type) {
    case 'do': {
      const { command } = event;
      if (command.kind === 'outside') return [...steps, { notice: command.event, with: command.data }];
      if (command.kind !== 'event') return steps;
      const fill = { ...command.forms, ...dialogue(before, command.event, command.data) };
      return [
        ...steps,
        {
          do: command.event,
          ...(command.actor.id.endsWith('/one') ? {} : { as: command.actor.id }),
          ...(Object.keys(fill).length === 0 ? {} : { fill: withoutFiles(fill) }),
        },
      ];
    }
    case 'answer': {
      const call = before.calls.find((one) => one.call === event.call);
      if (!call) return steps;
      const operation = `${call.connector}.${call.operation}`;
      const usual = usualWorld(before, [operation])[operation];
      // Where the runner was told to wait, it is told each answer.
      if (isByHand(steps, operation)) return [...steps, { answer: operation, outcome: event.outcome }];
      // The runner answers at once with the first outcome of the contract: only another one has to be said.
      if (event.outcome === usual && !steps.some((step) => isObject(step.world) && operation in step.world))
        return steps;
      const asked = lastAct(steps);
      return [...steps.slice(0, asked), { world: { [operation]: event.outcome } }, ...steps.slice(asked)];
    }
    case 'fault': {
      const step = { ...event.step } as Recorded;
      const operation = event.step.answer;
      if (
        operation === undefined ||
        isByHand(steps, operation) ||
        !before.calls.some((one) => nameOf(one) === operation)
      )
        return [...steps, step];
      const asked = lastAct(steps);
      return [...steps.slice(0, asked), { world: { [operation]: 'none' } }, ...steps.slice(asked), step];
    }
    case 'advance':
      return [...steps, { advance: words(event.ms) }];
    case 'jump':
      // The runner keeps a world until it is told otherwise.
      return [
        ...steps,
        ...(Object.keys(event.world).length > 0 ? [{ world: { ...event.world } }] : []),
        { through: event.state },
        ...(Object.keys(event.world).length > 0 ? [worldAgain(before, Object.keys(event.world))] : []),
      ];
    case 'open':
    case 'enter':
    case 'branch':
    case 'switch':
    case 'rename':
    case 'drop':
    case 'replay':
    case 'walk':
    case 'auto':
    case 'undo':
    case 'again':
    case 'dismiss':
      return steps;
  }
}

/** A scenario file that `certflow run` plays; it ends with what was found at its end. @param now where it does not begin as usual */
export function scenarioText(
  title: string,
  project: string,
  steps: readonly Recorded[],
  session: Session,
  now?: string,
): string {
  const facts = Object.keys(session.state.facts);
  const expect: JsonObject = { at: [...session.state.active], ...(facts.length > 0 ? { facts } : {}) };
  return stringify(
    { language, scenario: title, project, ...(now ? { now } : {}), steps: [...steps, { expect }] },
    { lineWidth: 0 },
  );
}

function dialogue(session: Session, event: string, data: JsonObject | undefined): JsonObject {
  const form = session.definition.declared.events[event]?.form;
  return form === undefined || data === undefined ? {} : { [form]: data };
}

/** From here on these operations answer as usual. */
export function worldAgain(session: Session, operations: readonly string[]): Recorded {
  return { world: usualWorld(session, operations) };
}

/** The first outcome of each operation's contract. */
function usualWorld(session: Session, operations: readonly string[]): { [operation: string]: string } {
  return Object.fromEntries(
    operations.map((name) => {
      const [connector = '', operation = ''] = name.split('.');
      const outcomes = session.definition.connectors[connector]?.operations[operation]?.outcomes ?? {};
      return [name, Object.keys(outcomes)[0] ?? ''];
    }),
  );
}

function nameOf({ connector, operation }: Session['calls'][number]): string {
  return `${connector}.${operation}`;
}

/** Whether the runner waits for what is said by hand. */
function isByHand(steps: readonly Recorded[], operation: string): boolean {
  const last = steps.findLast((step) => isObject(step.world) && operation in step.world);
  return isObject(last?.world) && last.world[operation] === 'none';
}

/** Index of the last step that can have asked a system. */
function lastAct(steps: readonly Recorded[]): number {
  for (let index = steps.length - 1; index >= 0; index -= 1) {
    const step = steps[index];
    if (step && ('do' in step || 'notice' in step || 'advance' in step || 'through' in step)) return index;
  }
  return steps.length;
}

/** File references are made anew by whoever plays the scenario. */
function withoutFiles(forms: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(forms).map(([form, values]) => [
      form,
      isObject(values)
        ? Object.values(values).some((value) => isObject(value) && 'sha256' in value)
          ? 'complete'
          : values
        : 'complete',
    ]),
  );
}

const MINUTE = 60_000;
const UNITS = [
  ['day', 24 * 60 * MINUTE],
  ['hour', 60 * MINUTE],
  ['minute', MINUTE],
] as const;

/** Milliseconds as the language writes durations; rounded up to a minute, so that what was due is due. */
export function words(ms: number): string {
  const rounded = Math.max(MINUTE, Math.ceil(ms / MINUTE) * MINUTE);
  for (const [unit, size] of UNITS) {
    const count = rounded / size;
    if (Number.isInteger(count)) return `${count} ${unit}${count === 1 ? '' : 's'}`;
  }
  return `${rounded / MINUTE} minutes`;
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
