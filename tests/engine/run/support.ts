import { load } from '../../../engine/load.ts';
import type { Blocker } from '../../../engine/model/blocker.ts';
import type { CaseState } from '../../../engine/model/case.ts';
import type { Actor, Calendar, Command, Environment } from '../../../engine/model/command.ts';
import type { Definition, Files } from '../../../engine/model/definition.ts';
import type { Effect } from '../../../engine/model/effect.ts';
import type { JsonObject } from '../../../engine/model/json.ts';
import { start, step } from '../../../engine/run/index.ts';
import { files } from './loan.ts';

export const day = 86_400_000;
export const hour = 3_600_000;
/** Monday 2026-01-05 09:00 in Shanghai. */
export const monday = Date.UTC(2026, 0, 5, 1);
export const calendar: Calendar = { offsetMinutes: 480, exceptions: {}, until: '2027-12-31' };

/** Loads a definition; what is wrong with it fails the test that asks for it. */
export function definitionOf(given: Files, project: string): Definition {
  const { definition, issues } = load(given, project);
  if (definition === null)
    throw new Error(issues.map((each) => `${each.file}:${each.line} ${each.message}`).join('\n'));
  return definition;
}

/** The process of `loan.ts`, with some of its texts replaced. */
export function loan(...changes: readonly (readonly [from: string, to: string])[]): Definition {
  const changed = Object.fromEntries(
    Object.entries(files).map(([path, text]) => [
      path,
      changes.reduce((now, [from, to]) => now.replace(from, to), text),
    ]),
  );
  for (const [from] of changes) {
    if (!Object.values(files).some((text) => text.includes(from))) throw new Error(`nothing to replace: ${from}`);
  }
  return definitionOf(changed, 'demo');
}

export const applicant: Actor = { id: 'ann', roles: ['applicant'] };
export const clerk: Actor = { id: 'carl', roles: ['clerk'] };
export const other: Actor = { id: 'cleo', roles: ['clerk'] };

export const person = { name: '张三', number: 'A-1' };
export const item = { kind: 'laptop', days: 3 };

/** A case in the hands of a test: moves on with each accepted command, remembers what came of it. */
export class Case {
  state: CaseState;
  now = monday;
  effects: readonly Effect[] = [];
  incidents: readonly string[] = [];
  readonly definition: Definition;
  private readonly restore: boolean;
  private readonly calendar: Calendar;

  constructor(definition: Definition, restore: boolean, given: Calendar = calendar) {
    this.definition = definition;
    this.calendar = given;
    this.restore = restore;
    const result = start(definition, { id: 'c-1', number: '00026010509000001', owner: 'ann' }, this.env);
    if (result.kind === 'refused') throw new Error(result.blockers[0]?.message);
    this.state = result.next;
    this.effects = result.effects;
  }

  get env(): Environment {
    return { now: this.now, calendar: this.calendar };
  }

  /** Sends a command. @returns the blockers; none when it was accepted */
  send(command: Command): readonly Blocker[] {
    const given = JSON.stringify(this.state);
    const from = this.restore ? (JSON.parse(given) as CaseState) : this.state;
    const result = step(this.definition, from, command, this.env);
    if (JSON.stringify(from) !== given) throw new Error('the step changed the state that it was given');
    if (result.kind === 'refused') return result.blockers;
    this.state = result.next;
    this.effects = result.effects;
    this.incidents = result.incidents;
    this.entry = result.entry;
    return [];
  }

  entry: Extract<ReturnType<typeof step>, { kind: 'stepped' }>['entry'] | null = null;

  /** A person's event that has to be accepted. */
  do(event: string, actor: Actor, given: { forms?: { [form: string]: JsonObject }; data?: JsonObject } = {}): this {
    const blockers = this.send({ kind: 'event', event, actor, ...given });
    if (blockers.length > 0) {
      throw new Error(
        `${event}: ${blockers.map((each) => `${each.message} ${JSON.stringify(each.fields ?? '')}`).join()}`,
      );
    }
    return this;
  }

  /** A person's event that has to be refused. @returns the codes */
  refused(
    event: string,
    actor: Actor,
    given: { forms?: { [form: string]: JsonObject }; data?: JsonObject } = {},
  ): string[] {
    const before = JSON.stringify(this.state);
    const blockers = this.send({ kind: 'event', event, actor, ...given });
    if (blockers.length === 0) throw new Error(`${event} was accepted`);
    if (JSON.stringify(this.state) !== before) throw new Error('a refusal changed the case');
    return blockers.map((each) => each.code);
  }

  answer(call: string, outcome: string, data?: JsonObject, generation = this.state.calls[call]?.generation ?? 0): this {
    const blockers = this.send({ kind: 'outcome', call, generation, outcome, ...(data === undefined ? {} : { data }) });
    if (blockers.length > 0) throw new Error(blockers[0]?.message);
    return this;
  }

  hear(event: string, data: JsonObject = {}): this {
    const blockers = this.send({ kind: 'outside', event, data });
    if (blockers.length > 0) throw new Error(blockers[0]?.message);
    return this;
  }

  /** Fires the timer whose id ends so, at its own time. */
  due(end: string): this {
    const [id, timer] = Object.entries(this.state.timers).find(([each]) => each.endsWith(end)) ?? [];
    if (id === undefined || timer === undefined) throw new Error(`no timer ${end}: ${Object.keys(this.state.timers)}`);
    this.now = Math.max(this.now, timer.due);
    const blockers = this.send({ kind: 'timer', timer: id, generation: timer.generation });
    if (blockers.length > 0) throw new Error(blockers[0]?.message);
    return this;
  }

  get main(): string {
    return this.state.active[0] ?? '';
  }

  fill(): this {
    return this.do('NEXT', applicant, { forms: { person, item } });
  }
}
