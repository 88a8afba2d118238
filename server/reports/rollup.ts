import { type CourseEvent, type CourseMark, course, courseStart, type Kept } from '../../engine/index.ts';
import type { Environment } from '../../engine/model/command.ts';
import type { Definition } from '../../engine/model/definition.ts';
import type { Json } from '../../engine/model/json.ts';
import { dayOf } from '../../engine/run/calendar.ts';
import { zoneMinutes } from '../../engine/zone.ts';
import type { CaseDocument } from '../store/store.ts';

/** How long states lasted: so many, their sum in ms, and how many within each of `BOUNDS`. */
export interface Lasting {
  n: number;
  ms: number;
  readonly within: number[];
}

/** What happened in a project on a day. */
export interface Cell {
  begun: number;
  reached: number;
  ended: number;
  /** Decisions: found right, sent back; and the same of each case's first. */
  right: number;
  back: number;
  firstRight: number;
  firstBack: number;
  /** `<field>\n<reason>` -> how often, and the newest cases. */
  readonly reasons: { [key: string]: { n: number; cases: string[] } };
  readonly states: { [state: string]: Lasting };
  readonly promises: { [state: string]: { [kept in Kept]: number } };
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Upper bounds of the classes in which times are counted; the last class has none. */
export const BOUNDS: readonly number[] = [
  ...[MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR],
  ...[DAY, 2 * DAY, 3 * DAY, 7 * DAY, 14 * DAY, 30 * DAY, 90 * DAY],
];
/** Cases that a reason can be followed to. */
export const MOST_CASES = 50;
const zone = { offsetMinutes: zoneMinutes };

/** What reports read. */
export interface Counts {
  /** Days of a project with something in them, both inclusive (YYYY-MM-DD). */
  cells(project: string, from: string, to: string): Promise<readonly (readonly [string, Cell])[]>;
}

/**
 * What reports are made of: counted as steps are committed, so that nobody has to read cases for it. Derived from the
 * journals, which only grow: what was counted of a case is known by its mark, and counted again it changes nothing.
 */
export class Rollup {
  #cells = new Map<string, Map<string, Cell>>();
  #marks = new Map<string, CourseMark>();

  fold(document: CaseDocument, definition: Definition, env: Environment): void {
    const { state, journal } = document;
    const before = this.#marks.get(state.id) ?? courseStart;
    if (before.seen >= journal.length) return;
    const { mark, events } = course(definition, state, journal, before, env);
    this.#marks.set(state.id, mark);
    for (const event of events) count(this.#cell(state.project, dayOf(event.at, zone)), state.id, event);
  }

  /** Days with something in them, both inclusive (YYYY-MM-DD). */
  cells(project: string, from: string, to: string): readonly (readonly [string, Cell])[] {
    return [...(this.#cells.get(project) ?? [])].filter(([day]) => from <= day && day <= to);
  }

  projects(): readonly string[] {
    return [...this.#cells.keys()];
  }

  toJson(): Json {
    const cells = [...this.#cells].map(([project, days]) => [project, [...days]]);
    return { bounds: [...BOUNDS], cells, marks: [...this.#marks] } as unknown as Json;
  }

  /** @returns false when it was counted otherwise: then the cases have to be read again */
  load(json: Json): boolean {
    const saved = json as unknown as {
      bounds?: readonly number[];
      cells: [string, [string, Cell][]][];
      marks: [string, CourseMark][];
    };
    if (saved?.bounds === undefined || saved.bounds.join() !== BOUNDS.join()) return false;
    this.#cells = new Map(saved.cells.map(([project, days]) => [project, new Map(days)]));
    this.#marks = new Map(saved.marks);
    return true;
  }

  #cell(project: string, day: string): Cell {
    const days = this.#cells.get(project) ?? new Map<string, Cell>();
    this.#cells.set(project, days);
    const cell = days.get(day) ?? emptyCell();
    days.set(day, cell);
    return cell;
  }
}

export function emptyCell(): Cell {
  return {
    ...{ begun: 0, reached: 0, ended: 0, right: 0, back: 0, firstRight: 0, firstBack: 0 },
    ...{ reasons: {}, states: {}, promises: {} },
  };
}

export function emptyLasting(): Lasting {
  return { n: 0, ms: 0, within: Array.from({ length: BOUNDS.length + 1 }, () => 0) };
}

function count(cell: Cell, id: string, event: CourseEvent): void {
  switch (event.kind) {
    case 'begun':
    case 'reached':
    case 'ended':
      cell[event.kind] += 1;
      return;
    case 'decided':
      cell[event.right ? 'right' : 'back'] += 1;
      if (event.first) cell[event.right ? 'firstRight' : 'firstBack'] += 1;
      return;
    case 'reason': {
      const key = `${event.field}\n${event.reason}`;
      const known = cell.reasons[key] ?? { n: 0, cases: [] };
      cell.reasons[key] = { n: known.n + 1, cases: [...new Set([id, ...known.cases])].slice(0, MOST_CASES) };
      return;
    }
    case 'left': {
      const lasting = cell.states[event.state] ?? emptyLasting();
      cell.states[event.state] = lasting;
      lasting.n += 1;
      lasting.ms += event.ms;
      const at = classOf(event.ms);
      lasting.within[at] = (lasting.within[at] ?? 0) + 1;
      return;
    }
    case 'promise': {
      const known = cell.promises[event.state] ?? { kept: 0, warned: 0, late: 0 };
      cell.promises[event.state] = { ...known, [event.kept]: known[event.kept] + 1 };
      return;
    }
  }
}

/** The class in which a time is counted. */
export function classOf(ms: number): number {
  const place = BOUNDS.findIndex((bound) => ms <= bound);
  return place < 0 ? BOUNDS.length : place;
}

/** The time within which this share of them lasted, read off the classes in which they were counted; null of none. */
export function within({ n, within: classes }: Lasting, share: number): number | null {
  if (n === 0) return null;
  let seen = 0;
  for (const [at, count] of classes.entries()) {
    if (seen + count < share * n) {
      seen += count;
      continue;
    }
    const low = BOUNDS[at - 1] ?? 0;
    const high = BOUNDS[at] ?? 2 * (BOUNDS.at(-1) ?? 0);
    return Math.round(low + ((share * n - seen) / Math.max(1, count)) * (high - low));
  }
  return null;
}
