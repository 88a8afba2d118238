import { assign, setup } from 'xstate';
import {
  advanceTo,
  answer,
  type Blocker,
  begin,
  type Calendar,
  type Command,
  type Definition,
  type Played,
  play,
  type ScenarioFailure,
  type ScenarioStep,
  type Session,
  settleCalls,
} from '../../engine/index.ts';
import type { JsonObject } from '../../engine/model/json.ts';
import { perform } from '../../engine/simulate/perform.ts';
import { locale } from '../app/texts/index.ts';
import { entered, parted, renamed, switched } from './branches.ts';
import { type Recorded, recorded } from './record.ts';

/** What a tester does. Every one of them makes a new moment, or a refusal that changes nothing. */
export type LabEvent =
  | { readonly type: 'open'; readonly definition: Definition; readonly calendar: Calendar }
  /** A real case made anonymous. `steps`: how a scenario would come there. */
  | {
      readonly type: 'enter';
      readonly session: Session;
      readonly steps: readonly Recorded[];
    }
  | { readonly type: 'do'; readonly command: Command; readonly title: string }
  | { readonly type: 'answer'; readonly call: string; readonly outcome: string; readonly data?: JsonObject }
  /** Something comes otherwise than it should: twice, late, forged. A step of a scenario as it is written. */
  | { readonly type: 'fault'; readonly step: ScenarioStep; readonly title: string }
  | { readonly type: 'advance'; readonly ms: number }
  /** A way that a search has found: the session at its end, and what was done on it. */
  | {
      readonly type: 'jump';
      readonly session: Session;
      readonly state: string;
      /** Answers of systems that the way needed. */
      readonly world: { readonly [operation: string]: string };
    }
  /** A scenario file that was played; `start` is its `now`. It takes the place of what was done so far. */
  | {
      readonly type: 'replay';
      readonly moments: readonly Moment[];
      readonly failure: ScenarioFailure | null;
      readonly start?: string;
      /** What it is about. */
      readonly story: string;
    }
  /** The steps of such a way, each a moment of its own. */
  | { readonly type: 'walk'; readonly moments: readonly Moment[] }
  /** Another way from one of the moments, counted from 0; the way so far is kept beside it. */
  | { readonly type: 'branch'; readonly at: number; readonly name: string }
  | { readonly type: 'switch'; readonly branch: number }
  | { readonly type: 'rename'; readonly branch: number; readonly name: string }
  | { readonly type: 'drop'; readonly branch: number }
  | { readonly type: 'auto'; readonly on: boolean }
  | { readonly type: 'undo' }
  | { readonly type: 'again' }
  | { readonly type: 'dismiss' };

/** The case after one act of the tester, and the act as a step of a scenario. */
export interface Moment {
  readonly session: Session;
  readonly steps: readonly Recorded[];
}

/** One of the ways that a play has taken. Ways that were the same so far share their moments. */
export interface Branch {
  readonly id: number;
  /** Empty until somebody names it. */
  readonly name: string;
  readonly moments: readonly Moment[];
  readonly start: string | undefined;
  readonly story: string;
}

export interface LabContext {
  readonly definition: Definition | null;
  readonly calendar: Calendar | null;
  /** It began with a real case made anonymous. */
  readonly isSample: boolean;
  /** The way that is played now; its moments are those below. */
  readonly branch: Pick<Branch, 'id' | 'name'>;
  /** The other ways, in the order in which they were left first. */
  readonly others: readonly Branch[];
  /** Oldest first; the last one is now. Undo takes it away. */
  readonly moments: readonly Moment[];
  /** When the first moment is, where a scenario said so. */
  readonly start: string | undefined;
  readonly refusal: { readonly title: string; readonly blockers: readonly Blocker[] } | null;
  /** The step of the opened scenario that went otherwise than written. */
  readonly failure: ScenarioFailure | null;
  /** What the opened scenario is about; '' when none was opened. */
  readonly story: string;
  /** The last fault changed nothing, as it should be: its name; '' when there is nothing to say. */
  readonly withstood: string;
  /** Outside systems answer by themselves with the first outcome of their contract. */
  readonly auto: boolean;
}

/** The session as a machine: the engine's pure functions are its only effects, so that undo is taking a moment away. */
export const labMachine = setup({
  types: { context: {} as LabContext, events: {} as LabEvent },
  actions: {
    open: assign(({ context, event }) => (event.type === 'open' ? opened(context, event) : context)),
    do: assign(({ context, event }) =>
      event.type === 'do' ? after(context, event.title, (now) => play(now, event.command), event) : context,
    ),
    answer: assign(({ context, event }) =>
      event.type === 'answer'
        ? after(context, event.outcome, (now) => answer(now, event.call, event.outcome, event.data), event)
        : context,
    ),
    fault: assign(({ context, event }) => {
      if (event.type !== 'fault') return context;
      const next = after(context, event.title, (now) => faulted(now, event.step), event);
      const [was, is] = [context.moments.at(-1)?.session, next.moments.at(-1)?.session];
      const isSame = next.refusal === null && standing(was) === standing(is);
      return { ...next, withstood: isSame ? event.title : '' };
    }),
    advance: assign(({ context, event }) =>
      event.type === 'advance'
        ? after(context, '', (now) => ({ kind: 'played', session: advanceTo(now, now.now + event.ms) }), event)
        : context,
    ),
    jump: assign(({ context, event }) =>
      event.type === 'jump' ? after(context, '', () => ({ kind: 'played', session: event.session }), event) : context,
    ),
    walk: assign(({ context, event }) => {
      if (event.type !== 'walk' || event.moments.length === 0) return context;
      return { ...context, refusal: null, failure: null, moments: [...context.moments, ...event.moments] };
    }),
    replay: assign(({ context, event }) => {
      if (event.type !== 'replay' || event.moments.length === 0) return context;
      const { moments, failure, start, story } = event;
      return { ...context, refusal: null, moments, failure, start, story };
    }),
    enter: assign(({ context, event }) => (event.type === 'enter' ? entered(context, event) : context)),
    branch: assign(({ context, event }) => (event.type === 'branch' ? parted(context, event.at, event.name) : context)),
    switch: assign(({ context, event }) => (event.type === 'switch' ? switched(context, event.branch) : context)),
    rename: assign(({ context, event }) => (event.type === 'rename' ? renamed(context, event) : context)),
    drop: assign(({ context, event }) =>
      event.type === 'drop' ? { ...context, others: context.others.filter(({ id }) => id !== event.branch) } : context,
    ),
    auto: assign(({ context, event }) => (event.type === 'auto' ? { ...context, auto: event.on } : context)),
    undo: assign(({ context }) => ({
      ...context,
      refusal: null,
      failure: null,
      moments: context.moments.length > 1 ? context.moments.slice(0, -1) : context.moments,
    })),
    again: assign(({ context }) => ({
      ...context,
      refusal: null,
      failure: null,
      story: '',
      moments: context.moments.slice(0, 1),
    })),
    dismiss: assign(({ context }) => ({ ...context, refusal: null, failure: null, withstood: '' })),
  },
}).createMachine({
  id: 'lab',
  context: {
    definition: null,
    calendar: null,
    isSample: false,
    branch: { id: 1, name: '' },
    others: [],
    moments: [],
    start: undefined,
    refusal: null,
    failure: null,
    story: '',
    withstood: '',
    auto: false,
  },
  initial: 'idle',
  on: { open: { target: '.playing', actions: 'open' } },
  states: {
    idle: {},
    playing: {
      on: {
        do: { actions: 'do' },
        answer: { actions: 'answer' },
        fault: { actions: 'fault' },
        advance: { actions: 'advance' },
        jump: { actions: 'jump' },
        walk: { actions: 'walk' },
        replay: { actions: 'replay' },
        enter: { actions: 'enter' },
        branch: { actions: 'branch' },
        switch: { actions: 'switch' },
        rename: { actions: 'rename' },
        drop: { actions: 'drop' },
        auto: { actions: 'auto' },
        undo: { actions: 'undo' },
        again: { actions: 'again' },
        dismiss: { actions: 'dismiss' },
      },
    },
  },
});

function opened(context: LabContext, event: Extract<LabEvent, { type: 'open' }>): LabContext {
  const session = answered(begin(event.definition, { calendar: event.calendar }), context.auto);
  return {
    ...context,
    definition: event.definition,
    calendar: event.calendar,
    start: undefined,
    refusal: null,
    failure: null,
    story: '',
    isSample: false,
    branch: { id: 1, name: '' },
    others: [],
    moments: [{ session, steps: [] }],
  };
}

function after(context: LabContext, title: string, act: (now: Session) => Played, event: LabEvent): LabContext {
  const last = context.moments.at(-1);
  if (!last) return context;
  // What a scenario had its world say is over: here the tester says it.
  const played = act({ ...last.session, world: worldOf(last.session.definition, context.auto), script: {} });
  if (played.kind === 'refused') return { ...context, refusal: { title, blockers: played.blockers } };
  const session = answered(played.session, context.auto);
  const moment = { session, steps: recorded(last.steps, event, last.session) };
  return { ...context, refusal: null, failure: null, withstood: '', moments: [...context.moments, moment] };
}

/** Where a case stands and what it holds. That something came is written down in any case. */
function standing(session: Session | undefined): string {
  const { active, facts, counters, records, forms, timers } = session?.state ?? {};
  return JSON.stringify([active, facts, counters, records, forms, timers]);
}

/** As the runner would do it; what it says against it is the refusal. */
function faulted(session: Session, step: ScenarioStep): Played {
  const { session: next, wrong } = perform(session, step);
  if (wrong === undefined) return { kind: 'played', session: next };
  const message = locale() === 'en' ? wrong.found.en : wrong.found.zh;
  return { kind: 'refused', session, blockers: [{ code: 'scenario-refused', params: {}, message }] };
}

function answered(session: Session, auto: boolean): Session {
  return settleCalls({ ...session, world: worldOf(session.definition, auto) });
}

/** Everybody answers as the contract's first outcome says, or nobody answers before the tester chooses. */
function worldOf(definition: Definition, auto: boolean): { [operation: string]: null } {
  if (auto) return {};
  return Object.fromEntries(
    Object.entries(definition.connectors).flatMap(([id, connector]) =>
      Object.keys(connector.operations).map((operation) => [`${id}.${operation}`, null]),
    ),
  );
}
