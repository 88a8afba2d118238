import type {
  Branch,
  Chart,
  ChartState,
  Deadline,
  Obligation,
  Reminder,
  Transition,
  Words,
} from '../model/composed.ts';
import type { ConnectorDefinition, EventDefinition, TaskNode } from '../model/definition.ts';
import type { Issue } from '../model/issue.ts';
import type { JsonObject } from '../model/json.ts';
import { noWords, wordKeys } from '../model/words.ts';
import { entries, get, issueAt, listed, type MapNode, type Node, plain, text } from '../read/index.ts';
import { type Addresses, addressesOf, childrenOf, idOf, joined, lookUp, parentOf } from './addresses.ts';
import { resolveDelay, resolveDuration } from './delays.ts';
import { contentOrigin, type Place, type Places } from './places.ts';
import { resolveTarget } from './targets.ts';
import { branchesOf } from './transitions.ts';

export interface ChartContext {
  readonly connectors: { readonly [id: string]: ConnectorDefinition };
  readonly events: { readonly [event: string]: EventDefinition };
  readonly settings: JsonObject;
  /** Every piece of the workflow. */
  readonly places: Places;
  /** What its branches say is written down here, by `<branch>:<key>`. */
  readonly branches: Map<string, Place>;
}

/** The chart of a workflow whose fragments are inlined: names resolved, short forms written out, nothing folded yet. */
export function buildChart(root: MapNode, context: ChartContext): { chart: Chart; issues: Issue[] } {
  const builder = new Builder(addressesOf(root), context);
  return { chart: { states: builder.build() }, issues: builder.issues };
}

class Builder {
  readonly issues: Issue[] = [];
  private readonly addresses: Addresses;
  private readonly context: ChartContext;
  private readonly states: { [address: string]: ChartState } = {};

  constructor(addresses: Addresses, context: ChartContext) {
    this.addresses = addresses;
    this.context = context;
  }

  build(): { [address: string]: ChartState } {
    for (const [address, node] of this.addresses.nodes) this.states[address] = this.state(address, node);
    return this.states;
  }

  private state(address: string, node: MapNode): ChartState {
    const parentAddress = parentOf(address);
    const parent = parentAddress === null ? null : (this.states[parentAddress] ?? null);
    const children = childrenOf(node).map(([id]) => joined(address, id));
    const call = this.call(node);
    const transitions = this.heard(address, node, call);
    const when = this.optional(node, 'when', address);
    const promise = text(get(node, 'promise'));
    const own = text(get(node, 'title')) ?? text(get(node, 'label')) ?? call?.title;
    return {
      address,
      id: idOf(address),
      parent: parentAddress,
      kind: kindOf(node, when, children.length),
      title: own ?? (parent === null || parent.address === '' ? idOf(address) : parent.title),
      label: text(get(node, 'label')) ?? parent?.label ?? null,
      stage: text(get(node, 'stage')) ?? parent?.stage ?? null,
      look: (text(get(node, 'look')) as ChartState['look']) ?? parent?.look ?? null,
      children,
      start: get(node, 'states') === undefined || children.length === 0 ? null : this.start(address, node, children),
      task: taskOf(get(node, 'task')),
      call: call === null ? null : { connector: call.connector, operation: call.operation, with: withOf(node) },
      keep: plainly(node, 'keep') === true,
      afterwards: plainly(node, 'afterwards') === true,
      enter: wordsOf(get(node, 'enter')),
      on: transitions.on,
      outcomes: transitions.outcomes,
      follow: this.each(node, 'follow', address),
      late: Object.fromEntries(
        entries(get(node, 'late')).map(([outcome, entry]) => [outcome, text(entry.value) ?? '']),
      ),
      after: this.deadlines(address, node),
      remind: this.reminders(address, node),
      when,
      done: this.optional(node, 'done', address),
      obligations: this.obligations(address, node),
      promise:
        promise === undefined ? null : (this.promised(promise, get(node, 'promise')!, `${address}.promise`)[0] ?? null),
      origin: this.context.places.get(address)?.key ?? node.origin,
    };
  }

  private start(address: string, node: MapNode, children: readonly string[]): string | null {
    const named = get(node, 'start');
    if (named === undefined) return children[0]!;
    const start = joined(address, text(named) ?? '');
    if (children.includes(start)) return start;
    this.issues.push(
      issueAt(named.origin, 'unknown-state', { name: text(named), from: address }, { path: `${address}.start` }),
    );
    return children[0]!;
  }

  private call(node: MapNode): { connector: string; operation: string; title: string | undefined } | null {
    const written = text(get(node, 'call'));
    if (written === undefined) return null;
    const dot = written.lastIndexOf('.');
    const connector = written.slice(0, dot);
    const operation = written.slice(dot + 1);
    return { connector, operation, title: this.context.connectors[connector]?.operations[operation]?.title };
  }

  /** `on` holds events and, in a state with a call, its outcomes. */
  private heard(address: string, node: MapNode, call: { connector: string; operation: string } | null) {
    const on: { [event: string]: Transition } = {};
    const outcomes: { [outcome: string]: Transition } = {};
    const operation = call === null ? undefined : this.context.connectors[call.connector]?.operations[call.operation];
    for (const [name, entry] of entries(get(node, 'on'))) {
      const outcome =
        call !== null &&
        (operation === undefined
          ? !(name in this.context.events)
          : name in operation.outcomes || name === 'UNAVAILABLE');
      (outcome ? outcomes : on)[name] = this.transition(
        entry.value,
        `${address === '' ? '' : `${address}.`}on.${name}`,
        address,
      );
    }
    return { on, outcomes };
  }

  private each(node: MapNode, key: string, address: string): { [name: string]: Transition } {
    const out: { [name: string]: Transition } = {};
    for (const [name, entry] of entries(get(node, key)))
      out[name] = this.transition(entry.value, joined(address, `${key}.${name}`), address);
    return out;
  }

  private optional(node: MapNode, key: 'when' | 'done', address: string): Transition | null {
    const written = get(node, key);
    return written === undefined ? null : this.transition(written, joined(address, key), address);
  }

  private transition(node: Node, at: string, from: string): Transition {
    const written = branchesOf(node);
    const taken = new Set<string>();
    const branches = written.map((branch, index) => {
      const to = get(branch, 'to');
      const name =
        text(get(branch, 'id')) ?? (to?.kind === 'scalar' ? String(to.value) : undefined) ?? String(index + 1);
      let address = written.length === 1 ? at : `${at}.${name}`;
      if (taken.has(address)) address = `${at}.${name}#${index + 1}`;
      taken.add(address);
      return this.branch(branch, address, from);
    });
    return { address: at, branches, origin: this.context.places.get(at)?.key ?? node.origin };
  }

  private branch(node: MapNode, address: string, from: string): Branch {
    const { branches } = this.context;
    for (const [key, entry] of node.entries)
      branches.set(`${address}:${key}`, {
        key: entry.key,
        value: contentOrigin(entry.value),
        leaf: entry.value.kind === 'scalar',
      });
    const to = get(node, 'to');
    const condition = get(node, 'if');
    const refuse = text(get(node, 'refuse')) ?? null;
    const target = to?.kind === 'scalar' ? resolveTarget(to, from, this.addresses, address, this.issues) : null;
    if (refuse !== null && (to !== undefined || wordKeys.some((key) => node.entries.has(key))))
      this.issues.push(issueAt(get(node, 'refuse')!.origin, 'refuse-and-more', {}, { path: address }));
    return {
      address,
      if: condition?.kind === 'scalar' ? String(condition.value) : null,
      to: target ?? { kind: 'here' },
      words: wordsOf(node),
      refuse,
      title: text(get(node, 'title')) ?? null,
      origin: node.origin,
    };
  }

  private deadlines(address: string, node: MapNode): Deadline[] {
    return entries(get(node, 'after')).flatMap(([key, entry]) => {
      const at = joined(address, `after.${key}`);
      const [duration] = this.delay(key, { ...entry.value, origin: entry.key }, at);
      return duration === undefined ? [] : [{ key, duration, transition: this.transition(entry.value, at, address) }];
    });
  }

  private reminders(address: string, node: MapNode): Reminder[] {
    return entries(get(node, 'remind')).flatMap(([key, entry]) => {
      const at = joined(address, `remind.${key}`);
      const durations = this.delay(key, { ...entry.value, origin: entry.key }, at);
      return durations.map((duration, index) => ({
        key: durations.length === 1 ? key : `${key}#${index + 1}`,
        duration,
        notice: text(entry.value) ?? '',
      }));
    });
  }

  private delay(written: string, node: Node, path: string) {
    return resolveDelay(written, this.context.settings, node.origin, path, this.issues);
  }

  private promised(written: string, node: Node, path: string) {
    return resolveDuration(written, this.context.settings, node.origin, path, this.issues);
  }

  private obligations(address: string, node: MapNode): Obligation[] {
    return entries(get(node, 'obligations')).flatMap(([id, entry]) => {
      const at = joined(address, `obligations.${id}`);
      const go = get(entry.value, 'go');
      const goAddress = go === undefined ? null : lookUp(this.addresses, text(go) ?? '', address);
      if (goAddress === null) {
        if (go?.kind === 'scalar') resolveTarget(go, address, this.addresses, at, this.issues);
        return [];
      }
      const condition = get(entry.value, 'if');
      return [
        {
          id,
          address: at,
          fact: text(get(entry.value, 'fact')) ?? null,
          go: goAddress,
          if: condition?.kind === 'scalar' ? String(condition.value) : null,
          origin: entry.key,
        },
      ];
    });
  }
}

function kindOf(node: MapNode, when: Transition | null, children: number): ChartState['kind'] {
  if (node.entries.has('final')) return 'final';
  if (children > 0) return node.entries.has('regions') ? 'parallel' : 'compound';
  // A decision leaves at once: it holds nothing but a `when` that always has a way out.
  const waits = ['task', 'call', 'on', 'after', 'follow'].some((key) => node.entries.has(key));
  return when !== null && !waits && when.branches.at(-1)?.if === null ? 'decision' : 'atomic';
}

function wordsOf(node: Node | undefined): Words {
  if (node === undefined || !wordKeys.some((key) => get(node, key) !== undefined)) return noWords;
  return Object.fromEntries(wordKeys.map((key) => [key, strings(get(node, key))])) as unknown as Words;
}

function taskOf(node: Node | undefined): TaskNode | null {
  if (node === undefined) return null;
  const edit = get(node, 'edit');
  return {
    by: text(get(node, 'by')) ?? '',
    title: text(get(node, 'title')) ?? null,
    forms: strings(get(node, 'forms')),
    shows: strings(get(node, 'shows')),
    documents: strings(get(node, 'documents')),
    content: text(get(node, 'content')) ?? null,
    via: text(get(node, 'via')) ?? null,
    edit:
      edit?.kind === 'list'
        ? `[${strings(edit)
            .map((path) => `'${path}'`)
            .join(', ')}]`
        : (text(edit) ?? null),
    only: text(get(node, 'only')) ?? null,
    not: strings(get(node, 'not')),
    prefer: text(get(node, 'prefer')) ?? null,
    first: expressionOf(get(node, 'first')),
  };
}

function expressionOf(node: Node | undefined): string | null {
  return node === undefined ? null : String(plain(node));
}

function withOf(node: MapNode): { [input: string]: string } {
  return Object.fromEntries(
    entries(get(node, 'with')).map(([input, entry]) => [input, String(plain(entry.value))] as const),
  );
}

export function strings(node: Node | undefined): string[] {
  return listed(node).map((item) => text(item) ?? '');
}

function plainly(node: Node, key: string): unknown {
  const value = get(node, key);
  return value === undefined ? undefined : plain(value);
}
