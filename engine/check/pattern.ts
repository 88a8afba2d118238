import { RE2JS } from 're2js';

const verdicts = new Map<string, string | null>();
const maxVerdicts = 2000;

/** The verdict on a pattern, found once: forms of several projects and releases share their patterns. */
export function patternProblem(pattern: string): string | null {
  const known = verdicts.get(pattern);
  if (known !== undefined) return known;
  const verdict = judged(pattern);
  if (verdicts.size >= maxVerdicts) verdicts.clear();
  verdicts.set(pattern, verdict);
  return verdict;
}

/**
 * Why a regular expression of a schema is refused, or null. Browsers and ajv run it with backtracking, so what may take
 * exponential time must not get in: look-arounds and back references (re2 knows none), and repeats inside repeats.
 */
function judged(pattern: string): string | null {
  try {
    RE2JS.compile(pattern);
    new RegExp(pattern, 'u');
  } catch (error) {
    return error instanceof Error ? error.message.replace(/^error parsing regexp: /, '') : String(error);
  }
  return nestedRepeat(pattern) ? '重复里面还有重复（例如 (a+)+），遇到长文字会很慢' : null;
}

interface Group {
  /** Holds an unbounded repeat or a choice: repeating it can match one text in many ways. */
  ambiguous: boolean;
}

function nestedRepeat(pattern: string): boolean {
  const groups: Group[] = [{ ambiguous: false }];
  let closed: Group | null = null;
  for (let index = 0; index < pattern.length; index++) {
    const char = pattern[index]!;
    const before = closed;
    closed = null;
    if (char === '\\') index++;
    else if (char === '[') index = classEnd(pattern, index);
    else if (char === '(') groups.push({ ambiguous: false });
    else if (char === ')') {
      closed = groups.pop() ?? null;
      const outer = groups.at(-1);
      if (outer !== undefined && closed?.ambiguous === true) outer.ambiguous = true;
    } else if (char === '|') groups.at(-1)!.ambiguous = true;
    else if (isUnbounded(pattern, index)) {
      if (before?.ambiguous === true) return true;
      groups.at(-1)!.ambiguous = true;
    }
  }
  return false;
}

function isUnbounded(pattern: string, index: number): boolean {
  return pattern[index] === '*' || pattern[index] === '+' || /^\{\d+,(\d{3,})?\}/.test(pattern.slice(index));
}

function classEnd(pattern: string, start: number): number {
  for (let index = start + 1; index < pattern.length; index++) {
    if (pattern[index] === '\\') index++;
    else if (pattern[index] === ']' && index > start + 1) return index;
  }
  return pattern.length;
}
