/**
 * A string that fits a regular expression of the usual kind, by first choices; null where it has more than that.
 * The shortest, or, of what is counted up to a number (`{4,30}`), as much as is allowed.
 */
export function fitting(pattern: string, longest = false): string | null {
  const reader = new Reader(pattern, longest);
  const text = reader.alternatives();
  return text !== null && reader.done() ? text : null;
}

/** Recursive descent over the part of the syntax that form patterns use. `null` = something else was met. */
class Reader {
  private readonly source: string;
  private readonly longest: boolean;
  private at = 0;

  constructor(source: string, longest: boolean) {
    this.source = source;
    this.longest = longest;
  }

  done(): boolean {
    return this.at === this.source.length;
  }

  /** Takes the first alternative, reads over the others. */
  alternatives(): string | null {
    const first = this.sequence();
    while (first !== null && this.take('|')) if (this.sequence() === null) return null;
    return first;
  }

  private sequence(): string | null {
    let text = '';
    while (!this.done() && !this.sees('|') && !this.sees(')')) {
      if (this.take('^') || this.take('$')) continue;
      const atom = this.atom();
      if (atom === null) return null;
      const times = this.quantifier();
      if (times === null) return null;
      text += atom.repeat(times);
    }
    return text;
  }

  private atom(): string | null {
    if (this.take('(')) {
      if (this.take('?') && !this.take(':')) return null;
      const inner = this.alternatives();
      return inner !== null && this.take(')') ? inner : null;
    }
    if (this.take('[')) return this.set();
    if (this.take('.')) return 'a';
    if (this.take('\\')) return this.escaped();
    return '*+?{'.includes(this.source[this.at] ?? '') ? null : this.next();
  }

  /** The first character of a set; for a negated one the first of a few that it does not hold. */
  private set(): string | null {
    const negated = this.take('^');
    const ranges: [string, string][] = [];
    while (!this.done() && !this.sees(']')) {
      const from = this.take('\\') ? this.escaped() : this.next();
      if (from === null) return null;
      const to = this.sees('-') && this.source[this.at + 1] !== ']' && this.take('-') ? this.next() : from;
      ranges.push([from, to ?? from]);
    }
    if (!this.take(']')) return null;
    if (!negated) return ranges[0]?.[0] ?? null;
    return [...'aA1中 '].find((c) => !ranges.some(([from, to]) => from <= c && c <= to)) ?? null;
  }

  private escaped(): string | null {
    const letter = this.next();
    switch (letter) {
      case 'd':
        return '1';
      case 'w':
        return 'a';
      case 's':
        return ' ';
      case 'u': {
        const hex = /^[0-9a-fA-F]{4}/.exec(this.source.slice(this.at))?.[0];
        this.at += hex ? 4 : 0;
        return hex ? String.fromCharCode(Number.parseInt(hex, 16)) : null;
      }
      default:
        return letter !== null && /[A-Za-z0-9]/.test(letter) ? null : letter;
    }
  }

  private quantifier(): number | null {
    if (this.take('*') || this.take('?')) return 0;
    if (this.take('+')) return 1;
    const counted = /^\{(\d{1,4})(,\d{0,4})?\}/.exec(this.source.slice(this.at));
    if (!counted) return 1;
    this.at += counted[0].length;
    const most = counted[2] === undefined || counted[2] === ',' ? null : Number(counted[2].slice(1));
    return this.longest && most !== null ? most : Number(counted[1]);
  }

  private next(): string | null {
    const code = this.source.codePointAt(this.at);
    if (code === undefined) return null;
    const character = String.fromCodePoint(code);
    this.at += character.length;
    return character;
  }

  private sees(character: string): boolean {
    return this.source[this.at] === character;
  }

  private take(character: string): boolean {
    if (!this.sees(character)) return false;
    this.at += 1;
    return true;
  }
}
