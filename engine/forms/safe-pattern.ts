/**
 * Why a pattern may not be used in a form, or null. Patterns run in the browser and on the server over what anybody
 * types; with one repetition inside another a text of 30 characters can take a minute. What is allowed needs time that
 * grows with the text, as texts are bounded.
 */
export function unsafePattern(pattern: string): 'syntax' | 'lookaround' | 'backreference' | 'nested' | null {
  try {
    new RegExp(pattern, 'u');
  } catch {
    return 'syntax';
  }
  /** For each open group: does it hold a repetition without a limit, or alternatives? */
  const groups: { repeats: boolean; branches: boolean }[] = [{ repeats: false, branches: false }];
  let closed: { repeats: boolean; branches: boolean } | null = null;
  for (let at = 0; at < pattern.length; at += 1) {
    const open = groups.at(-1) as { repeats: boolean; branches: boolean };
    const character = pattern[at];
    let group: { repeats: boolean; branches: boolean } | null = null;
    if (character === '\\') {
      if (/[1-9k]/.test(pattern[at + 1] ?? '')) return 'backreference';
      at += 1;
    } else if (character === '[') {
      at = endOfSet(pattern, at);
    } else if (character === '(') {
      if (/^\(\?<?[=!]/.test(pattern.slice(at))) return 'lookaround';
      groups.push({ repeats: false, branches: false });
    } else if (character === ')') {
      group = groups.pop() ?? open;
      const outer = groups.at(-1);
      if (outer) outer.repeats ||= group.repeats;
    } else if (character === '|') {
      open.branches = true;
    } else {
      const times = /^(?:[*+]|\{(\d+),(\d*)\})/.exec(pattern.slice(at));
      if (times) {
        const unlimited = times[1] === undefined || times[2] === '' || Number(times[2]) > 100;
        if (unlimited && closed && (closed.repeats || closed.branches)) return 'nested';
        if (unlimited) open.repeats = true;
      }
    }
    closed = group;
  }
  return null;
}

function endOfSet(pattern: string, start: number): number {
  for (let at = start + 1; at < pattern.length; at += 1) {
    if (pattern[at] === '\\') at += 1;
    else if (pattern[at] === ']') return at;
  }
  return pattern.length;
}
