import { type Hung, transitionsOfState } from '../check/walk.ts';
import { transitionAt } from '../compose/changes/address.ts';
import { edgesOf } from '../compose/nodes.ts';
import { branchesOf } from '../compose/transitions.ts';
import type { Can, EditRemoval, EditWay } from '../contract/edit.ts';
import type { Branch, Chart, ChartState, Target } from '../model/composed.ts';
import { own } from '../model/own.ts';
import { descend, listed, type Node, plain } from '../read/index.ts';
import { type Ground, hashOf } from './ground.ts';
import { removalOfEntry } from './removal.ts';

export interface WayContext {
  readonly ground: Ground;
  /** What is left of the state once settings are folded; undefined when nothing is. */
  readonly folded: Chart['states'][string] | undefined;
  /** Whether a step that stands on a way out of the state has a place. */
  readonly hasRoom: boolean;
  titleOf(address: string): string;
}

/** Every branch that leads out of a state, and its obligations, with what a change may do to each. */
export function waysOf(context: WayContext, state: ChartState): readonly EditWay[] {
  const { composition } = context.ground;
  const hung = transitionsOfState(state);
  const edges = edgesOf(state, {
    declared: composition.declared,
    connectors: composition.composed.connectors,
  }).filter(({ kind }) => kind !== 'late');
  const ways = hung.flatMap((one) => one.transition.branches.map((branch) => ({ one, branch })));
  const left = new Set((context.folded === undefined ? [] : transitionsOfState(context.folded)).flatMap(addresses));
  return [
    ...ways.map(({ one, branch }, index) => wayOf(context, one, branch, edges[index]!, left)),
    ...state.obligations.map((obligation): EditWay => {
      const no: Can & EditRemoval = { kind: 'no', why: 'obligations' };
      const titled = edges.find(({ kind, name }) => kind === 'next' && name === obligation.id);
      return {
        ...{ address: obligation.address, kind: 'next', name: obligation.id, by: null, refuses: null, change: null },
        ...{ title: titled?.title ?? obligation.id, if: obligation.if, from: obligation.origin },
        to: { kind: 'state', address: obligation.go, title: context.titleOf(obligation.go) },
        closed: !(context.folded?.obligations ?? []).some(({ id }) => id === obligation.id),
        ...{ tighten: no, tightened: null, insert: no, removal: no },
      };
    }),
  ];
}

function addresses({ transition }: Hung): readonly string[] {
  return transition.branches.map(({ address }) => address);
}

function wayOf(
  context: WayContext,
  { state, kind, name, transition }: Hung,
  branch: Branch,
  edge: { readonly title: string; readonly en?: string },
  left: ReadonlySet<string>,
): EditWay {
  const { ground } = context;
  const event = kind === 'on' ? own(ground.composition.declared.events, name) : undefined;
  const path = [...(ground.pathOfState(state.address) ?? []), ...keysOf(kind, name)];
  const written = writtenAt(ground, branch.address, path, transition.branches.indexOf(branch));
  const change = ground.changeAt(branch.origin);
  const tightener = ground.tightener([branch.address, transition.address]);
  const tighten: Can =
    tightener === null ? tightenOf(branch, written) : { kind: 'within', change: tightener.change, path: ['and'] };
  return {
    address: branch.address,
    kind,
    name,
    title: edge.title,
    ...(edge.en === undefined ? {} : { en: edge.en }),
    by: event?.by ?? null,
    to: toOf(context, branch.to),
    refuses: branch.refuse,
    if: branch.if,
    closed: !left.has(branch.address),
    from: branch.origin,
    change,
    tighten,
    tightened: tightener?.and ?? null,
    insert: insertOf(context, kind, branch, written),
    removal:
      kind === 'on' || kind === 'after'
        ? removalOfEntry(ground, state.address, path)
        : { kind: 'no', why: ground.adder(state.address) === null ? 'shape' : 'own' },
  };
}

function keysOf(kind: Hung['kind'], name: string): readonly string[] {
  if (kind === 'when' || kind === 'done') return [kind];
  return [kind === 'outcome' ? 'on' : kind, name];
}

interface Written {
  /** Hash of what a change would be written against. */
  readonly was: string;
}

/** The branch as it stands; null when its address leads to another one, or nowhere. */
function writtenAt(ground: Ground, address: string, path: readonly string[], index: number): Written | null {
  const found = transitionAt(ground.now, address);
  if (found === null || found.path.join('\0') !== path.join('\0') || (found.branch ?? 0) !== index) return null;
  const whole = descend(ground.now, found.path);
  const branch = whole === undefined ? undefined : branchesOf(whole)[index];
  if (whole === undefined || branch === undefined) return null;
  const basis: Node = found.branch === null ? whole : listed(whole)[found.branch]!;
  return { was: hashOf(plain(basis)) };
}

function tightenOf(branch: Branch, written: Written | null): Can {
  if (branch.refuse !== null) return { kind: 'no', why: 'refuses' };
  if (written === null) return { kind: 'no', why: 'twice' };
  return { kind: 'set', set: branch.address, was: written.was };
}

function insertOf({ hasRoom }: WayContext, kind: Hung['kind'], branch: Branch, written: Written | null): Can {
  if (branch.refuse !== null) return { kind: 'no', why: 'refuses' };
  if (branch.to.kind === 'here') return { kind: 'no', why: 'stays' };
  if (kind === 'follow') return { kind: 'no', why: 'shape' };
  if (!hasRoom) return { kind: 'no', why: 'nowhere' };
  if (written === null) return { kind: 'no', why: 'twice' };
  return { kind: 'set', set: branch.address, was: written.was };
}

function toOf({ titleOf }: WayContext, to: Target): EditWay['to'] {
  if (to.kind === 'here') return null;
  return { kind: to.kind, address: to.address, title: titleOf(to.address) };
}
