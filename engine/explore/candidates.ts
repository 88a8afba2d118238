import type { Definition } from '../model/definition.ts';
import type { JsonObject } from '../model/json.ts';
import type { ScenarioStep, Session } from '../simulate/index.ts';
import { envOf } from '../simulate/session.ts';
import type { Course } from './courses.ts';
import type { Step } from './explore.ts';
import { fills } from './fills.ts';
import { valuesFor, wishesOf } from './wishes.ts';

/** A step of a way that is to be made. */
export type Planned = Step | Course;

/** Ways of making a step, the likeliest first. */
export function candidates(
  definition: Definition,
  session: Session,
  steps: readonly Planned[],
  index: number,
): readonly (readonly ScenarioStep[])[] {
  const step = steps[index] as Planned;
  const { move } = step;
  const before: ScenarioStep[] = step.choices.some((each) => each.about === 'new day' && each.option === 1)
    ? [{ advance: '1 day' }]
    : [];
  switch (move.kind) {
    case 'timer': {
      const timer = session.state.timers[move.name];
      if (timer === undefined) return [];
      return [[{ advance: durationOf(timer.due - session.now) }]];
    }
    case 'outcome':
      return answers(definition, session, step).map((each) => [...before, each]);
    case 'outside':
      return notices(definition, session, step).map((each) => [...before, each]);
    default:
      return fills(definition, session, steps, index).flatMap((each) =>
        actors(definition, session, step).map((as) => [...before, { ...each, ...as }]),
      );
  }
}

/** Who may have made a person's step: whoever would, then those who signed before, where the way asks for one of them. */
function actors(definition: Definition, session: Session, { move, choices }: Planned): readonly { as?: string }[] {
  const asked = choices.flatMap(({ about }) => (about.startsWith('same ') ? [about.slice('same '.length)] : []));
  if (asked.length === 0) return [{}];
  const role = definition.declared.events[move.name]?.by ?? '';
  const signed = asked.flatMap((part) => session.state.people[part] ?? []);
  return [{}, ...[...new Set([...signed, `${role}/two`, `${role}/three`])].map((as) => ({ as }))];
}

/** Whole seconds in words. */
function durationOf(ms: number): string {
  const seconds = Math.max(1, Math.ceil(ms / 1000));
  const [days, rest] = [Math.floor(seconds / 86_400), seconds % 86_400];
  const parts = [...(days > 0 ? [`${days} days`] : []), ...(rest > 0 ? [`${rest} seconds`] : [])];
  return parts.join(' ');
}

function answers(definition: Definition, session: Session, step: Planned): readonly ScenarioStep[] {
  const colon = step.move.name.lastIndexOf(':');
  const [call, outcome] = [step.move.name.slice(0, colon), step.move.name.slice(colon + 1)];
  const asked = definition.chart.states[call]?.call;
  if (asked == null) return [];
  const operation = `${asked.connector}.${asked.operation}`;
  const made = session.made.filter((each) => `${each.connector}.${each.operation}` === operation);
  const attempt = made.findLastIndex((each) => each.call === call) + 1;
  const base: ScenarioStep = { answer: operation, outcome, ...(attempt === made.length ? {} : { attempt }) };
  const schema = definition.connectors[asked.connector]?.operations[asked.operation]?.outcomes[outcome]?.data;
  const values = valuesFor(definition, session.state, envOf(session), 'event', wishesOf(step), schema);
  return withValues(base, values);
}

function notices(definition: Definition, session: Session, step: Planned): readonly ScenarioStep[] {
  const event = step.move.name;
  const [connector = '', name = ''] = (definition.declared.events[event]?.from ?? '').split('.');
  const schema = definition.connectors[connector]?.events[name]?.data;
  const values = valuesFor(definition, session.state, envOf(session), 'event', wishesOf(step), schema);
  return withValues({ notice: event }, values);
}

function withValues(base: ScenarioStep, values: JsonObject): readonly ScenarioStep[] {
  const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
  return Object.keys(given).length === 0 ? [base] : [{ ...base, with: given }, base];
}
