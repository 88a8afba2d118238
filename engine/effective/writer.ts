import type { Origin } from '../model/definition.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { canonical } from '../read/canonical.ts';
import { type Entry, type MapNode, type Node, plain } from '../read/index.ts';
import { addressOf, type EffectiveLine, type Layer, type LineChange } from './line.ts';
import { isLong, oneLine, onOneLine, scalarText } from './scalar.ts';

/** Addresses of states that are not in the effective chart. */
export interface Gone {
  /** By a setting, or by a change. */
  readonly off: ReadonlySet<string>;
  /** By a change of the project. */
  readonly removed: ReadonlySet<string>;
}

interface Given {
  readonly own: Entry | undefined;
  /** Where the schema names it. */
  readonly key: Origin;
}

/** Writes located data as YAML, one line after the other, beside the base that it was made of. */
export class Writer {
  readonly lines: EffectiveLine[] = [];
  private readonly project: string;
  private readonly gone: Gone;

  constructor(project: string, gone: Gone) {
    this.project = project;
    this.gone = gone;
  }

  /** One name with its value: in the base, in the effective definition, or in both. */
  entry(key: string, before: Entry | undefined, after: Entry | undefined, indent: number, address: string): void {
    if (before !== undefined && after !== undefined) {
      const fate = this.fateOf(address);
      if (
        fate !== 'same' ||
        before.value === after.value ||
        canonical(plain(before.value)) === canonical(plain(after.value))
      ) {
        this.whole(`${name(key)}:`, after.key, after.value, indent, fate, address);
      } else if (before.value.kind === 'map' && after.value.kind === 'map') {
        this.line(indent, `${name(key)}:`, after.key, 'same', address);
        this.children(before.value, after.value, indent + 1, address);
      } else
        this.whole(`${name(key)}:`, after.value.origin, after.value, indent, 'changed', address, oneLine(before.value));
      return;
    }
    const entry = after ?? before;
    if (entry !== undefined)
      this.whole(`${name(key)}:`, entry.key, entry.value, indent, after === undefined ? 'removed' : 'added', address);
  }

  private children(before: MapNode, after: MapNode, indent: number, address: string): void {
    for (const key of new Set([...before.entries.keys(), ...after.entries.keys()]))
      this.entry(key, before.entries.get(key), after.entries.get(key), indent, addressOf(address, key));
  }

  /** A setting's value, and what the workflow has for it; groups go on below. */
  setting(
    key: string,
    value: Json | undefined,
    usual: Json | undefined,
    given: Given,
    indent: number,
    at: string,
  ): void {
    if (value === undefined) return;
    const { own } = given;
    if (own?.value.kind === 'map' && isObject(value)) {
      this.line(indent, `${name(key)}:`, own.key, 'same', at);
      const old = isObject(usual) ? usual : {};
      for (const inner of new Set([...Object.keys(old), ...Object.keys(value)])) {
        const below = { own: own.value.entries.get(inner), key: given.key };
        this.setting(inner, value[inner], old[inner], below, indent + 1, `${at}.${inner}`);
      }
      return;
    }
    const isSame = usual !== undefined && canonical(usual) === canonical(value);
    this.lines.push({
      indent,
      text: `${name(key)}: ${oneLine(value)}`,
      origin: own?.key ?? given.key,
      layer: own === undefined ? 'default' : this.layerOf(own.key),
      change: own === undefined || isSame ? 'same' : usual === undefined ? 'added' : 'changed',
      was: own === undefined || isSame || usual === undefined ? null : oneLine(usual),
      address: at,
    });
  }

  /** A value with everything in it, all of one fate; as its author laid it out. */
  private whole(
    head: string,
    origin: Origin,
    node: Node,
    indent: number,
    change: LineChange,
    address: string,
    was: string | null = null,
  ): void {
    if (node.kind === 'scalar') {
      if (!isLong(node.value)) this.line(indent, `${head} ${scalarText(node.value)}`, origin, change, address, was);
      else {
        this.line(indent, `${head} |-`, origin, change, address, was);
        String(node.value)
          .split('\n')
          .forEach((text, index) => {
            this.line(indent + 1, text, { ...node.origin, line: node.origin.line + 1 + index }, change, address);
          });
      }
      return;
    }
    if (onOneLine(node)) {
      this.line(indent, `${head} ${oneLine(node)}`, origin, change, address, was);
      return;
    }
    this.line(indent, head, origin, change, address, was);
    if (node.kind === 'map') this.map(node, indent + 1, change, address);
    else
      node.items.forEach((item, index) => {
        const at = addressOf(address, String(index));
        if (item.kind === 'map' && !onOneLine(item)) this.item(item, indent + 1, change, at);
        else this.whole('-', item.origin, item, indent + 1, change, at);
      });
  }

  private map(node: MapNode, indent: number, change: LineChange, address: string): void {
    for (const [key, { key: origin, value }] of node.entries) {
      const at = addressOf(address, key);
      this.whole(`${name(key)}:`, origin, value, indent, change === 'same' ? this.fateOf(at) : change, at);
    }
  }

  /** A map in a list: its first name stands beside the dash, the others below it. */
  private item(node: MapNode, indent: number, change: LineChange, address: string): void {
    [...node.entries].forEach(([key, { key: origin, value }], index) => {
      const at = addressOf(address, key);
      const head = `${index === 0 ? '- ' : ''}${name(key)}:`;
      this.whole(head, origin, value, index === 0 ? indent : indent + 1, change, at);
    });
  }

  line(indent: number, text: string, origin: Origin, change: LineChange, address: string, was: string | null = null) {
    this.lines.push({ indent, text, origin, layer: this.layerOf(origin), change, was, address });
  }

  private fateOf(address: string): 'same' | 'off' | 'removed' {
    if (this.gone.removed.has(address)) return 'removed';
    return this.gone.off.has(address) ? 'off' : 'same';
  }

  push(line: Pick<EffectiveLine, 'indent' | 'text' | 'origin' | 'layer' | 'address'>): void {
    this.lines.push({ ...line, change: 'same', was: null });
  }

  private layerOf({ file }: Origin): Layer {
    if (file === this.project) return 'project';
    return file.endsWith('.fragment.yaml') ? 'fragment' : 'base';
  }
}

const name = (key: string): string => scalarText(key);

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
