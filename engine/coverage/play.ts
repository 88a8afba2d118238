import { compile } from '../compile/index.ts';
import type { Command } from '../model/command.ts';
import type { Definition } from '../model/definition.ts';
import { expectation } from '../simulate/expectation.ts';
import { walkTo } from '../simulate/path.ts';
import { perform } from '../simulate/perform.ts';
import { optionsOf, type Scenario, type ScenarioStep } from '../simulate/scenario.ts';
import { begin, play, type Session, settleCalls } from '../simulate/session.ts';
import { formsOf, heardBetween, Seen } from './seen.ts';

/** A story's step as it was played: where it began and ended, and which elements it touched. */
export interface PlayedStep {
  /** Null for the start of the case. */
  readonly written: ScenarioStep | null;
  readonly before: Session;
  readonly after: Session;
  /** How many notices had been sent at the `expect` before. */
  readonly mark: number;
  readonly seen: ReadonlySet<string>;
}

export interface PlayedStory {
  readonly scenario: Scenario;
  readonly steps: readonly PlayedStep[];
}

/** Plays stories of one project on a watched machine: its steps are the production interpreter's own. */
export class Player {
  readonly definition: Definition;
  private readonly watched: Definition;
  private readonly seen = new Seen();

  constructor(definition: Definition) {
    this.definition = definition;
    this.watched = compile(definition, this.seen.watch);
  }

  /** @throws when the story does not pass: `runScenario` says why */
  play(scenario: Scenario): PlayedStory {
    this.seen.take();
    let session = settleCalls(begin(this.watched, optionsOf(scenario)));
    const before = { ...session, journal: [], commands: [], taken: [] };
    const steps: PlayedStep[] = [{ written: null, before, after: session, mark: 0, seen: this.seen.take() }];
    let mark = 0;
    for (const written of scenario.steps) {
      const found = session;
      session = this.step(found, written, mark);
      this.seen.add(heardBetween(found, session));
      this.seen.add(this.forms(found, session));
      steps.push({ written, before: found, after: session, mark, seen: this.seen.take() });
      if (written.expect !== undefined) mark = session.notices.length;
    }
    return { scenario, steps };
  }

  private step(session: Session, written: ScenarioStep, mark: number): Session {
    if (written.through !== undefined) return this.walk(session, written.through);
    const { expect } = written;
    const outcome = expect === undefined ? perform(session, written) : expectation(session, expect, mark);
    if (outcome.wrong !== undefined) throw new Error(`${outcome.wrong.expected.zh}：${outcome.wrong.found.zh}`);
    return outcome.session;
  }

  /** The way is looked for unwatched: only what is on it was seen. */
  private walk(session: Session, target: string): Session {
    const found = walkTo({ ...session, definition: this.definition }, target);
    if (found === null) throw new Error(`没有走到 ${target} 的路`);
    replay(session, commandsBetween(session, found));
    return { ...found, definition: this.watched };
  }

  private forms(before: Session, after: Session): readonly string[] {
    const commands = commandsBetween(before, after);
    if (!commands.some(({ command }) => command.kind === 'event' && (command.forms ?? command.data) !== undefined))
      return [];
    let now: Session = { ...before, definition: this.definition };
    return commands.flatMap(({ command, at }) => {
      const found = { ...now, now: at };
      const played = play(found, command);
      now = played.session;
      return formsOf(this.definition, found.state, command, found);
    });
  }
}

export type Told = NonNullable<Session['commands']>[number] & { readonly command: Command };

/** What the case was told between two sessions. */
export function commandsBetween(before: Session, after: Session): readonly Told[] {
  return (after.commands ?? []).slice(before.commands?.length ?? 0);
}

/** Tells the case the same again, up to what is refused now. */
export function replay(
  session: Session,
  commands: readonly Told[],
): { readonly session: Session; readonly whole: boolean } {
  let now = session;
  for (const { command, at } of commands) {
    const played = play({ ...now, now: at }, command);
    if (played.kind === 'refused') return { session: now, whole: false };
    now = command.kind === 'outcome' ? withoutCall(played.session, command) : played.session;
  }
  return { session: now, whole: true };
}

function withoutCall(session: Session, { call, generation }: Extract<Command, { kind: 'outcome' }>): Session {
  const calls = session.calls.filter((each) => each.call !== call || each.generation !== generation);
  return { ...session, calls };
}
