import {
  COLLECTION_STYLE,
  EVENT_ID,
  type Event,
  getScalarValue,
  parseEvents,
  SCALAR_STYLE,
  type ScalarEvent,
} from 'js-yaml';
import type { Origin } from '../model/definition.ts';
import { limits } from './gate.ts';
import { forbidden } from './json.ts';
import type { Entry, Node } from './tree.ts';

/**
 * The quick way through YAML that has nothing remarkable in it: one pass over the parser's events, which is most of the
 * time that loading would take. Null as soon as anything is wrong, forbidden, or could be read in two ways; then
 * `readYaml` goes the long way and says what. What both ways read is the same (`tests/engine/read/yaml-events.test.ts`).
 */
export function readPlainYaml(file: string, source: string): Node | null {
  // Lines that end otherwise, tabs, a mark or a directive at the start: the two parsers count or allow them differently.
  if (source.length > limits.size || /[\r\t\uFEFF]|^%|^(?:---|\.\.\.)/m.test(source)) return null;
  try {
    const [document, ...events] = parseEvents(source, { maxDepth: limits.depth });
    if (document?.type !== EVENT_ID.DOCUMENT) return null;
    return new Builder(file, source, events).build();
  } catch {
    return null;
  }
}

/** Thrown and caught here alone. */
const remarkable = new Error('not plain');

class Builder {
  private readonly file: string;
  private readonly source: string;
  private readonly events: readonly Event[];
  private next = 0;
  private count = 0;
  private line = 1;
  private lineStart = 0;

  constructor(file: string, source: string, events: readonly Event[]) {
    this.file = file;
    this.source = source;
    this.events = events;
  }

  build(): Node {
    const node = this.node(false);
    // The document's own end, and no second document.
    if (this.events.length !== this.next + 1) throw remarkable;
    return node;
  }

  private node(flow: boolean): Node {
    const event = this.events[this.next++];
    if (event === undefined || ++this.count > limits.nodes) throw remarkable;
    if (event.type === EVENT_ID.SCALAR) return this.scalar(event);
    if (event.type !== EVENT_ID.MAPPING && event.type !== EVENT_ID.SEQUENCE) throw remarkable;
    if (event.anchorStart >= 0 || event.tagStart >= 0) throw remarkable;
    const origin = this.originAt(event.start);
    const inFlow = flow || event.style === COLLECTION_STYLE.FLOW;
    if (event.type === EVENT_ID.SEQUENCE) {
      const items: Node[] = [];
      while (this.events[this.next]?.type !== EVENT_ID.POP) items.push(this.node(inFlow));
      this.next++;
      return { kind: 'list', items, origin };
    }
    const entries = new Map<string, Entry>();
    while (this.events[this.next]?.type !== EVENT_ID.POP) {
      const key = this.key(entries);
      entries.set(key.name, { key: key.origin, value: this.node(inFlow) });
    }
    this.next++;
    return { kind: 'map', entries, origin };
  }

  private key(entries: ReadonlyMap<string, Entry>): { readonly name: string; readonly origin: Origin } {
    const event = this.events[this.next++];
    if (event?.type !== EVENT_ID.SCALAR) throw remarkable;
    const { value: name, origin } = this.scalar(event);
    // A key that is no text is a text for the one parser, and something else for the other.
    if (typeof name !== 'string' || name === '<<' || forbidden.has(name) || entries.has(name)) throw remarkable;
    return { name, origin };
  }

  private scalar(event: ScalarEvent): Node & { readonly kind: 'scalar' } {
    if (event.anchorStart >= 0 || event.tagStart >= 0 || event.valueStart < 0) throw remarkable;
    const text = getScalarValue(this.source, event);
    switch (event.style) {
      case SCALAR_STYLE.PLAIN:
        return { kind: 'scalar', value: meant(text), origin: this.originAt(event.valueStart) };
      case SCALAR_STYLE.SINGLE_QUOTED:
      case SCALAR_STYLE.DOUBLE_QUOTED:
        return { kind: 'scalar', value: text, origin: this.originAt(event.valueStart - 1), quoted: true };
      default:
        return { kind: 'scalar', value: text, origin: this.originAt(this.headOf(event)) };
    }
  }

  /** Where the `|` or `>` of a text of several lines stands: at the end of the line before. */
  private headOf(event: ScalarEvent): number {
    const end = event.valueStart - 1;
    const start = this.source.lastIndexOf('\n', end - 1) + 1;
    const head = /[|>][-+\d]*$/.exec(this.source.slice(start, end));
    if (head === null) throw remarkable;
    return start + head.index;
  }

  /** Events come in the order of the text. */
  private originAt(offset: number): Origin {
    for (;;) {
      const end = this.source.indexOf('\n', this.lineStart);
      if (end < 0 || end >= offset) break;
      this.line++;
      this.lineStart = end + 1;
    }
    return { file: this.file, line: this.line, column: offset - this.lineStart + 1 };
  }
}

/** What a plain scalar stands for in YAML 1.2's core schema. @throws what is like a number and may be meant otherwise */
function meant(text: string): string | number | boolean | null {
  switch (text) {
    case 'true':
      return true;
    case 'false':
      return false;
    case 'null':
      return null;
    default:
      if (/^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?$/.test(text)) return Number(text);
      if (unclear.test(text)) throw remarkable;
      return text;
  }
}

/** Anything else that the core schema takes for more than a text. */
const unclear =
  /^(?:[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:e[-+]?\d+)?|0o[0-7]+|0x[\da-f]+|[-+]?\.(?:inf|nan)|~|null|true|false)$/i;
