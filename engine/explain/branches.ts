import { transitions } from '../check/walk.ts';
import { childrenOf, evaluateText, type Node, parse, print, references, type Scope } from '../expressions/index.ts';
import type { CaseState } from '../model/case.ts';
import type { Environment } from '../model/command.ts';
import type { Branch, RemovedEdge, Transition } from '../model/composed.ts';
import type { Definition, Origin } from '../model/definition.ts';
import type { Json } from '../model/json.ts';
import { activeStates, atOf, configurationOf, historyOf } from '../run/configuration.ts';
import { scopeOf } from '../run/scope.ts';
import { type Open, truthOf } from '../run/truth.ts';
import { worldOf } from '../run/world.ts';
import { fieldAt } from './text.ts';

/** A smallest part of a condition with its value now: personal data stands as 〔有〕. */
export interface TermValue {
  readonly text: string;
  readonly holds: 'yes' | 'no' | 'unknown';
  /** What it looks at: path -> value. */
  readonly values: { readonly [path: string]: string };
  /** Where the project's own file gives a setting that it looks at. */
  readonly given: { readonly [setting: string]: Origin };
}

/**
 * `taken`: it is the branch that would be taken now. `blocked`: its condition does not hold. `skipped`: a branch before it is
 * taken. `open`: it hangs on what is sent or, for a state without a case, on the case.
 */
export interface BranchReason {
  readonly address: string;
  readonly verdict: 'taken' | 'blocked' | 'skipped' | 'open';
  readonly if: string | null;
  readonly terms: readonly TermValue[];
  readonly to: string;
  readonly refuses: string | null;
  readonly origin: Origin;
  /** A file of the project wrote it, not the base. */
  readonly changed: boolean;
}

/** A way that the base has and the project does not. */
export interface RemovedWay {
  readonly from: string;
  /** Event, outcome or delay. */
  readonly name: string;
  readonly to: string;
  /** The base's condition. */
  readonly if: string | null;
  /** What the condition asks of the settings: the value, and where the project's file gives it, else null. */
  readonly settings: { readonly [setting: string]: { readonly value: string; readonly given: Origin | null } };
}

/** Why steps of a state are offered, blocked or skipped, and what is not there at all in this project. */
export interface Explained {
  readonly branches: readonly BranchReason[];
  readonly removed: readonly RemovedWay[];
}

/** Every branch that stands in the active states of a case, and what its condition makes of the case now. [XPL-8] */
export function branchesOfCase(definition: Definition, state: CaseState, env: Environment): Explained {
  const configuration = configurationOf(state.active);
  const world = worldOf(state, historyOf(state), { event: {}, actor: null }, env);
  const scope = scopeOf(definition, world, atOf(configuration));
  const active = new Set(activeStates(definition, configuration).map(({ address }) => address));
  return reasonsIn(
    definition,
    scope,
    (path) => path[0] === 'event' || path[0] === 'actor',
    (address) => active.has(address),
  );
}

/** Every branch of a state and of what is around it, as far as the project's settings decide it. Empty: no such state. */
export function branchesOfState(definition: Definition, address: string): Explained {
  const scope = { values: { settings: definition.settings } };
  return reasonsIn(
    definition,
    scope,
    (path) => path[0] !== 'settings',
    (each) => each === address || each.startsWith(`${address}.`) || address.startsWith(`${each}.`),
  );
}

function reasonsIn(definition: Definition, scope: Scope, open: Open, wanted: (address: string) => boolean): Explained {
  const branches: BranchReason[] = [];
  for (const { state, transition } of transitions(definition.chart))
    if (state.address !== '' && wanted(state.address)) branches.push(...judged(definition, transition, scope, open));
  return { branches, removed: removedWays(definition, ({ from }) => wanted(from)) };
}

/** The ways that led to a state, or into it, before the project took it away. */
export function removedWaysTo(definition: Definition, address: string): readonly RemovedWay[] {
  return removedWays(definition, ({ to }) => to === address || (to?.startsWith(`${address}.`) ?? false));
}

function removedWays(definition: Definition, wanted: (edge: RemovedEdge) => boolean): readonly RemovedWay[] {
  return definition.removedEdges.filter(wanted).map(({ from, name, to, if: condition }) => {
    const settings: { [setting: string]: RemovedWay['settings'][string] } = {};
    for (const path of settingsIn(condition))
      settings[path] = { value: shownSetting(definition, path), given: givenBy(definition, path) };
    return { from, name, to: to ?? '', if: condition, settings };
  });
}

/** `settings.x` for every setting that a condition names. */
function settingsIn(condition: string | null): readonly string[] {
  const parsed = condition === null ? null : parse(condition);
  if (parsed === null || parsed.kind === 'failed') return [];
  const paths = references(parsed.expression.ast).map(({ path }) => path);
  return [...new Set(paths.filter(([root]) => root === 'settings').map((path) => path.slice(0, 2).join('.')))];
}

function shownSetting(definition: Definition, path: string): string {
  const value = definition.settings[path.slice('settings.'.length)];
  return typeof value === 'boolean' ? (value ? '是' : '否') : JSON.stringify(value ?? null);
}

/** Where the project's own file gives the setting; null when it is the default. */
function givenBy(definition: Definition, path: string): Origin | null {
  const origin = definition.origins[path];
  return origin?.file.includes('/projects/') ? origin : null;
}

function judged(definition: Definition, transition: Transition, scope: Scope, open: Open): readonly BranchReason[] {
  let decided = false;
  let maybe = false;
  return transition.branches.map((branch) => {
    const truth = truthOf(branch.if, scope, open);
    const verdict = decided ? 'skipped' : truth === 'no' ? 'blocked' : truth === 'unknown' || maybe ? 'open' : 'taken';
    if (truth === 'yes') decided = true;
    if (truth === 'unknown') maybe = true;
    return {
      address: branch.address,
      verdict,
      if: branch.if,
      terms: branch.if === null ? [] : termsOf(definition, branch.if, scope, open),
      to: targetOf(branch),
      refuses: branch.refuse,
      origin: branch.origin,
      changed: branch.origin.file.includes('/projects/'),
    };
  });
}

function termsOf(definition: Definition, text: string, scope: Scope, open: Open): readonly TermValue[] {
  const parsed = parse(text);
  if (parsed.kind === 'failed') return [];
  return leaves(parsed.expression.ast).map((leaf) => {
    const values: { [path: string]: string } = {};
    const given: { [setting: string]: Origin } = {};
    for (const setting of settingsIn(print(leaf))) {
      const origin = givenBy(definition, setting);
      if (origin !== null) given[setting] = origin;
    }
    for (const { path } of references(leaf)) {
      const written = path.join('.');
      values[written] = open(path) ? '〔未定〕' : shown(definition, path, evaluateText(written, scope));
    }
    return { text: print(leaf), holds: truthOf(print(leaf), scope, open), values, given };
  });
}

function leaves(node: Node): readonly Node[] {
  return node.op === '&&' || node.op === '||' || node.op === '!_' ? childrenOf(node).flatMap(leaves) : [node];
}

/** Facts, settings and counters as they are, fields with a closed list by their word; all else only whether it is there. */
function shown(definition: Definition, path: readonly string[], result: ReturnType<typeof evaluateText>): string {
  const value: Json = result.kind === 'value' ? result.value : null;
  if (value === null) return '〔无〕';
  if (Array.isArray(value)) return `〔${value.length} 项〕`;
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (typeof value === 'object') return '〔有〕';
  if (path[0] === 'settings' || path[0] === 'counters') return String(value);
  const field = fieldAt(definition, path);
  if (field !== null && !field.sensitive && (field.options?.kind === 'from' || Array.isArray(field.schema.enum)))
    return field.labels[String(value)] ?? String(value);
  return '〔有〕';
}

function targetOf({ to }: Branch): string {
  return to.kind === 'here' ? '' : to.kind === 'state' ? to.address : `${to.address}.${to.kind}`;
}
