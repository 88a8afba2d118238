import { conjuncts, type Node, parse } from '../../engine/expressions/index.ts';
import type { JsonObject } from '../../engine/model/json.ts';

/** What a guard of the peer is asked about: the case's data, and the data that came with the event. */
export interface Asked {
  readonly context: PeerContext;
  readonly event: { readonly type: string; readonly data?: JsonObject };
  /** Variables of `map`. */
  readonly bound?: { readonly [name: string]: unknown };
}
export interface PeerContext {
  readonly forms: { readonly [form: string]: JsonObject };
  readonly facts: { readonly [fact: string]: unknown };
  readonly counters: { readonly [counter: string]: { readonly count: number } };
  readonly records: { readonly [record: string]: readonly { readonly data: JsonObject }[] };
  readonly people: { readonly [part: string]: string };
  readonly today: string;
}

type Read = (asked: Asked) => unknown;

/**
 * A condition as a guard written by hand in JavaScript would be: closures over the context, no CEL, no conversion. Made
 * once. What guards of this process do not use is refused, so that nothing is left out silently.
 */
export function predicateOf(text: string, settings: JsonObject): (asked: Asked) => boolean {
  const parsed = parse(text);
  if (parsed.kind === 'failed') throw new Error(text);
  const read = readOf(parsed.expression.ast, settings);
  return (asked) => read(asked) === true;
}

const worked: { readonly [operator: string]: (one: never, two: never) => unknown } = {
  '+': (one: number, two: number) => one + two,
  '-': (one: number, two: number) => one - two,
  '==': (one, two) => one === two,
  '!=': (one, two) => one !== two,
  '<': (one, two) => one < two,
  '<=': (one, two) => one <= two,
  '>': (one, two) => one > two,
  '>=': (one, two) => one >= two,
};

function readOf(node: Node, settings: JsonObject): Read {
  const inner = (each: Node) => readOf(each, settings);
  const work = worked[node.op];
  if (work !== undefined) {
    const [one, two] = (node.args as readonly Node[]).map(inner) as [Read, Read];
    return (asked) => work(one(asked) as never, two(asked) as never);
  }
  switch (node.op) {
    case 'value': {
      const value = typeof node.args === 'bigint' ? Number(node.args) : node.args;
      return () => value;
    }
    case 'id':
      return rootOf(node.args, settings);
    case '.': {
      const [owner, name] = node.args;
      if (owner.op === 'id' && owner.args === 'facts') return ({ context }) => context.facts[name] !== undefined;
      if (owner.op === 'id' && owner.args === 'counters') return ({ context }) => context.counters[name]?.count ?? 0;
      if (owner.op === 'id' && owner.args === 'last') return ({ context }) => context.records[name]?.at(-1)?.data;
      const read = inner(owner);
      return (asked) => (read(asked) as { [name: string]: unknown } | undefined)?.[name];
    }
    case '&&': {
      const all = conjuncts(node).map(inner);
      return (asked) => all.every((read) => read(asked) === true);
    }
    case '||': {
      const [one, two] = node.args.map(inner) as [Read, Read];
      return (asked) => one(asked) === true || two(asked) === true;
    }
    case '!_': {
      const read = inner(node.args);
      return (asked) => read(asked) === false;
    }
    case 'call': {
      const [name, args] = node.args;
      const read = inner(args[0] as Node);
      if (name === 'has') return (asked) => read(asked) !== undefined;
      if (name === 'size') return (asked) => (read(asked) as readonly unknown[] | undefined)?.length ?? 0;
      if (name === 'sum') return (asked) => (read(asked) as readonly number[]).reduce((one, two) => one + two, 0);
      throw new Error(`the peer has no function ${name}`);
    }
    case 'rcall': {
      const [name, owner, [variable, body]] = node.args as unknown as [string, Node, [Node, Node]];
      if (name !== 'map') throw new Error(`the peer has no method ${name}`);
      const [list, each] = [inner(owner), inner(body)];
      return (asked) =>
        ((list(asked) as PeerContext['records'][string] | undefined) ?? []).map(({ data }) =>
          each({ ...asked, bound: { [String(variable.args)]: data } }),
        );
    }
    case '?:': {
      const [condition, yes, no] = node.args.map(inner) as [Read, Read, Read];
      return (asked) => (condition(asked) === true ? yes(asked) : no(asked));
    }
    default:
      throw new Error(`the peer has no operator ${node.op}`);
  }
}

function rootOf(name: string, settings: JsonObject): Read {
  switch (name) {
    case 'settings':
      return () => settings;
    case 'event':
      return ({ event }) => event.data;
    case 'records':
      return ({ context }) => context.records;
    case 'people':
      return ({ context }) => context.people;
    case 'today':
      return ({ context }) => context.today;
    case 'case':
    case 'tables':
    case 'now':
      throw new Error(`the peer has no root ${name}`);
    default:
      return ({ context, bound }) => bound?.[name] ?? context.forms[name];
  }
}
