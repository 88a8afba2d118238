import type { Issue } from '../model/issue.ts';
import { onceForAll } from '../model/once.ts';
import {
  entries,
  get,
  issueAt,
  listed,
  type MapNode,
  mapOf,
  type Node,
  suggest,
  text,
  withKey,
} from '../read/index.ts';
import { handOver } from './given.ts';
import { mapTransitions, scopeTransition, substitute } from './transitions.ts';

/** What a fragment brings along for the whole workflow. */
const shared = [
  ...['roles', 'stages', 'reservations', 'facts', 'counters', 'records', 'people', 'secrets', 'events', 'notices'],
  ...['tables', 'laws', 'lists'],
] as const;
/** What makes up the fragment's state. */
const own = [
  'task',
  'call',
  'with',
  'late',
  'follow',
  'keep',
  'afterwards',
  'obligations',
  'title',
  'label',
  'stage',
  'look',
  'promise',
  'states',
  'regions',
  'start',
  'done',
  'on',
  'after',
  'remind',
  'when',
  'enter',
] as const;
/** What the host may say about it. */
const host = ['title', 'label', 'stage', 'look', 'promise', 'keep'] as const;

export interface Inlined {
  /** The workflow with every `use` replaced by the fragment's state. */
  readonly workflow: MapNode;
  /** Ids of the fragments that were used. */
  readonly fragments: readonly string[];
  readonly issues: readonly Issue[];
}

/**
 * Puts the fragments into their hosts, those inside fragments too, and takes over what is only included.
 * `fragments`: id -> file; `all`: ids of every file there is, for proposals.
 */
export function inlineFragments(
  workflow: MapNode,
  fragments: ReadonlyMap<string, MapNode>,
  all: readonly string[],
): Inlined {
  const remembered = sound([workflow, ...fragments.values()]);
  if (remembered.inlined !== null) return remembered.inlined;
  const inlined = inlineAll(workflow, fragments, all);
  // Proposals come from all files there are: what is wrong is worked out anew.
  if (inlined.issues.length === 0) remembered.inlined = inlined;
  return inlined;
}

/** The projects of a workflow put the same files together: done once. */
const sound = onceForAll((): { inlined: Inlined | null } => ({ inlined: null }));

function inlineAll(workflow: MapNode, fragments: ReadonlyMap<string, MapNode>, all: readonly string[]): Inlined {
  const issues: Issue[] = [];
  const used = new Map<string, Node>();
  /** What the fragments bring, in the order in which they were met, with the host's values in it. */
  const brought = new Map<string, MapNode>();

  const state = (node: Node, parent: string, id: string): Node => {
    if (node.kind !== 'map') return node;
    const use = get(node, 'use');
    if (use === undefined) return eachChild(node, address(parent, id));
    const name = text(use) ?? '';
    const fragment = fragments.get(name);
    if (fragment === undefined) {
      issues.push(issueAt(use.origin, 'unknown-fragment', { name }, { proposal: suggest(name, all) }));
      return withKey(node, 'use', undefined);
    }
    if (used.has(name)) {
      issues.push(issueAt(use.origin, 'fragment-twice', { name }));
      return withKey(node, 'use', undefined);
    }
    if (!own.some((key) => ['task', 'call', 'states', 'regions', 'when'].includes(key) && fragment.entries.has(key)))
      issues.push(issueAt(use.origin, 'fragment-without-state', { name }));
    used.set(name, use);
    const mine = handOver(fragment, node, issues);
    brought.set(name, mine);
    return eachChild(inline(node, mine, parent), address(parent, id));
  };

  const include = (node: MapNode) => {
    for (const item of listed(get(node, 'include'))) {
      const name = text(item) ?? '';
      const fragment = fragments.get(name);
      if (fragment === undefined)
        issues.push(issueAt(item.origin, 'unknown-fragment', { name }, { proposal: suggest(name, all) }));
      else if (!brought.has(name)) {
        // Its state is not taken, so nothing can be handed over to it.
        brought.set(name, fragment);
        include(fragment);
      }
    }
  };

  const eachChild = (node: MapNode, at: string): MapNode => {
    let next = node;
    for (const key of ['states', 'regions']) {
      const children = get(node, key);
      if (children?.kind !== 'map') continue;
      const mapped = entries(children).map(
        ([id, entry]) => [id, { ...entry, value: state(entry.value, at, id) }] as const,
      );
      next = withKey(next, key, mapOf(children.origin, mapped));
    }
    return next;
  };

  const inline = (node: MapNode, fragment: MapNode, parent: string): MapNode => {
    let inner: MapNode = mapOf(
      node.origin,
      own.flatMap((key) => {
        const entry = fragment.entries.get(key);
        return entry === undefined ? [] : [[key, entry] as const];
      }),
    );
    const exits = get(node, 'exits');
    const declared = listed(get(fragment, 'exits')).map((exit) => text(exit) ?? '');
    for (const [exit, entry] of entries(exits))
      if (!declared.includes(exit))
        issues.push(issueAt(entry.key, 'unknown-exit', { name: exit }, { proposal: suggest(exit, declared) }));
    for (const exit of declared) {
      const given = get(exits, exit);
      if (given === undefined) issues.push(issueAt(get(node, 'use')!.origin, 'missing-exit', { name: exit }));
      // The exit is written in the host's words: its names are looked up from the host's parent.
      const outward = given === undefined ? undefined : scopeTransition(given, parent);
      inner = mapTransitions(inner, (transition) => substitute(transition, `exit.${exit}`, outward));
    }
    for (const key of host) {
      const entry = node.entries.get(key);
      if (entry !== undefined) inner = withKey(inner, key, entry.value, entry.key);
    }
    for (const key of ['on', 'after']) {
      const added = get(node, key);
      if (added?.kind !== 'map') continue;
      const before = get(inner, key);
      const merged = new Map(before?.kind === 'map' ? before.entries : []);
      for (const [name, entry] of added.entries) {
        if (merged.has(name)) issues.push(issueAt(entry.key, 'fragment-clash', { name, part: key }));
        merged.set(name, { key: merged.get(name)?.key ?? entry.key, value: scopeTransition(entry.value, parent) });
      }
      const origin = before?.kind === 'map' ? before.origin : added.origin;
      inner = withKey(inner, key, mapOf(origin, merged), node.entries.get(key)!.key);
    }
    const allowed = new Set<string>([...host, 'on', 'after', 'use', 'with', 'exits']);
    for (const [key, entry] of node.entries)
      if (!allowed.has(key)) issues.push(issueAt(entry.key, 'host-key', { key, known: [...allowed].join('、') }));
    return inner;
  };

  let next = eachChild(workflow, '');
  include(workflow);
  for (const fragment of [...brought.values()]) include(fragment);
  for (const fragment of brought.values()) next = share(next, fragment, issues);
  return { workflow: next, fragments: [...brought.keys()], issues };
}

/** The fragment's names become the workflow's. */
function share(workflow: MapNode, fragment: MapNode, issues: Issue[]): MapNode {
  let next = workflow;
  for (const key of shared) {
    const brought = fragment.entries.get(key);
    if (brought === undefined || brought.value.kind !== 'map') continue;
    const before = get(next, key);
    const merged = new Map(before?.kind === 'map' ? before.entries : []);
    for (const [name, entry] of brought.value.entries) {
      if (merged.has(name)) issues.push(issueAt(entry.key, 'fragment-clash', { name, part: key }));
      else merged.set(name, entry);
    }
    const origin = before?.kind === 'map' ? before.origin : brought.value.origin;
    next = withKey(next, key, mapOf(origin, merged), brought.key);
  }
  const forms = fragment.entries.get('forms');
  if (forms !== undefined) {
    const before = listed(get(next, 'forms'));
    const known = new Set(before.map((node) => text(node)));
    const added = listed(forms.value).filter((node) => !known.has(text(node)));
    next = withKey(
      next,
      'forms',
      { kind: 'list', items: [...before, ...added], origin: forms.value.origin },
      forms.key,
    );
  }
  return next;
}

function address(parent: string, id: string): string {
  return parent === '' ? id : `${parent}.${id}`;
}
