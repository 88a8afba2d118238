import type { CaseView } from '../../../engine/contract/view.ts';
import { view } from '../../../engine/index.ts';
import type { JournalEntry } from '../../../engine/model/case.ts';
import type { Calendar } from '../../../engine/model/command.ts';
import type { Definition } from '../../../engine/model/definition.ts';
import type { Engine } from '../../../server/cases/deps.ts';
import { ownerOf } from '../../../server/cases/describe.ts';
import type { CaseDocument } from '../../../server/store/store.ts';
import { answerProblem } from './invariants/answers.ts';
import { ledgerProblem } from './invariants/money.ts';
import { processInvariants } from './invariants/process.ts';
import { waitsForNobody } from './invariants/waiting.ts';
import type { Outside } from './outside.ts';
import type { Tally } from './tally.ts';

export interface WatchOptions {
  readonly outside: Outside;
  readonly calendar: Calendar;
  readonly definitions: ReadonlyMap<string, Definition>;
  readonly tally: Tally;
  now(): number;
  onProblem(text: string): void;
}

/** Looks at every step of every case: what it was told, what it did, and what it is afterwards. */
export class Watch {
  readonly #options: WatchOptions;
  readonly #last = new Map<string, CaseDocument>();
  readonly #views = new Map<string, CaseView>();

  constructor(options: WatchOptions) {
    this.#options = options;
  }

  /** An engine that does what the given one does, looked at from outside. */
  engine(engine: Engine): Engine {
    return {
      ...engine,
      step: (definition, state, command, env) => {
        const result = engine.step(definition, state, command, env);
        if (command.kind === 'outcome' && result.kind === 'stepped') {
          const { call, generation } = command;
          const truth = this.#options.outside.answerTo(state.id, call, generation);
          this.#report(state.number, 'I4', answerProblem(state, command, result, truth));
        }
        return result;
      },
    };
  }

  /** @returns whether it was a step, not only something that surrounds it. */
  committed(after: CaseDocument): boolean {
    const { state } = after;
    const before = this.#last.get(state.id) ?? null;
    // Of another node, which has said it later.
    if (before !== null && before.state.revision > state.revision) return false;
    this.#last.set(state.id, after);
    if (before?.state.revision === state.revision) return false;
    const { tally } = this.#options;
    const kind = after.journal.at(-1)?.what.split(':')[0] ?? '';
    tally.count(`step ${kind}`);
    this.#look(before, after);
    return true;
  }

  /** Everything that must hold of a case as it is now. */
  look(document: CaseDocument): void {
    this.#look(document, document);
  }

  /** What happened in the case that a text begins with the number of: its last steps, the newest last. */
  historyOf(text: string): readonly string[] {
    const found = [...this.#last.values()].find(({ state }) => text.startsWith(state.number));
    return (found?.journal ?? []).slice(-40).map(({ at, what }) => `${new Date(at).toISOString()} ${what}`);
  }

  #look(before: CaseDocument | null, after: CaseDocument): void {
    const { definitions, calendar, outside, now } = this.#options;
    const { state, journal } = after;
    const definition = definitions.get(state.release);
    if (!definition) throw new Error(`no release ${state.release}`);
    const entry = journal.at(-1);
    const known = before === after || before === null || hasMoved(entry) ? undefined : this.#views.get(state.id);
    // Nobody looks at the timeline here, which is long.
    const seen = known ?? view(definition, state, ownerOf(state), [], { now: now(), calendar }, after.notices);
    this.#views.set(state.id, seen);
    const step = { definition, before, after, view: seen, books: outside.books };
    this.#report(state.number, 'I3', waitsForNobody(after, seen));
    this.#report(state.number, 'I5', ledgerProblem(state, outside.books));
    for (const [name, invariant] of Object.entries(processInvariants))
      this.#report(state.number, name, invariant(step));
  }

  #report(number: string, invariant: string, problem: string | null): void {
    if (problem !== null) this.#options.onProblem(`${number}: ${invariant}: ${problem}`);
  }
}

/** Whether people may see something else after it. */
function hasMoved(entry: JournalEntry | undefined): boolean {
  if (!entry) return true;
  const { left, entered, proved, voided, counted, recorded, notified, changed } = entry;
  return [left, entered, proved, voided, counted, recorded, notified, changed].some((list) => list.length > 0);
}
