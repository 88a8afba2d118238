import type { CourseEvent } from '../../engine/index.ts';
import { dayOf } from '../../engine/run/calendar.ts';
import { zoneMinutes } from '../../engine/zone.ts';
import { type Cell, classOf, emptyCell, emptyLasting, MOST_CASES } from './rollup.ts';

/** One thing that is to be counted, for a store that sums it up itself. No data of a person. */
export interface Counted {
  /** YYYY-MM-DD. */
  readonly day: string;
  /** What is counted, in parts (`what` of `countedOf`). */
  readonly what: string;
  /** How long it lasted; 0 where nothing lasted. */
  readonly ms: number;
  /** The case it can be followed to, where it is. */
  readonly caseId: string | null;
}

/** So many of them. */
export interface Sum {
  readonly what: string;
  readonly n: number;
  readonly ms: number;
  /** The newest first. */
  readonly cases: readonly string[];
}

const zone = { offsetMinutes: zoneMinutes };
const PART = '\n';

export function countedOf(caseId: string, event: CourseEvent): readonly Counted[] {
  const day = dayOf(event.at, zone);
  const one = (parts: readonly string[], ms = 0, from: string | null = null): Counted => {
    return { day, what: parts.join(PART), ms, caseId: from };
  };
  switch (event.kind) {
    case 'begun':
    case 'reached':
    case 'ended':
      return [one([event.kind])];
    case 'decided': {
      const which = event.right ? 'right' : 'back';
      return [one([which]), ...(event.first ? [one([event.right ? 'firstRight' : 'firstBack'])] : [])];
    }
    case 'reason':
      return [one(['reason', event.field, event.reason], 0, caseId)];
    case 'left':
      return [one(['left', String(classOf(event.ms)), event.state], Math.max(0, event.ms))];
    case 'promise':
      return [one(['promise', event.kept, event.state])];
  }
}

/** The cell of a day, out of its sums. */
export function cellOf(sums: readonly Sum[]): Cell {
  const cell = emptyCell();
  for (const { what, n, ms, cases } of sums) {
    const [kind = '', first = '', ...rest] = what.split(PART);
    const second = rest.join(PART);
    switch (kind) {
      case 'reason': {
        const key = `${first}\n${second}`;
        const known = cell.reasons[key] ?? { n: 0, cases: [] };
        cell.reasons[key] = {
          n: known.n + n,
          cases: [...new Set([...cases, ...known.cases])].slice(0, MOST_CASES),
        };
        break;
      }
      case 'left': {
        const lasting = cell.states[second] ?? emptyLasting();
        cell.states[second] = lasting;
        lasting.n += n;
        lasting.ms += ms;
        const at = Number(first);
        lasting.within[at] = (lasting.within[at] ?? 0) + n;
        break;
      }
      case 'promise': {
        const known = cell.promises[second] ?? { kept: 0, warned: 0, late: 0 };
        const kept = first as keyof typeof known;
        cell.promises[second] = { ...known, [kept]: known[kept] + n };
        break;
      }
      default:
        cell[kind as 'begun'] += n;
    }
  }
  return cell;
}
