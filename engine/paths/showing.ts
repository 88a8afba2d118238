import { killedBy } from '../coverage/kill.ts';
import type { Mutant } from '../coverage/mutants.ts';
import type { PlayedStory } from '../coverage/play.ts';
import { Player } from '../coverage/play.ts';
import type { Definition } from '../model/definition.ts';
import { type Expectation, runScenario, type Scenario, type ScenarioStep } from '../simulate/scenario.ts';
import type { Session } from '../simulate/session.ts';
import { paths, pathsTo } from './index.ts';
import { filledBefore, filledBoth, lateAnswers, whenDue } from './near.ts';
import { targetsOf } from './targets.ts';

/** What an element is about: where its mark stands, and which branches and states lead near it. */
export interface ElementPlace {
  readonly state: string;
  /** Addresses to look for, the likeliest first. */
  readonly near: readonly string[];
}

/** A scenario that was tried, or how many were in vain. */
export type Showing =
  | { readonly kind: 'found'; readonly scenario: Scenario }
  | { readonly kind: 'none'; readonly tried: number };

/** @param tried told of each scenario that is tried */
export type Tried = (count: number) => void;

/** Where the element with this key (`entered …`, `false …`, `OK of …`, `visible …`) is, and what leads there. */
export function placeOfElement(definition: Definition, key: string): ElementPlace {
  const form = /^(?:not )?(?:visible|required) ([^.]+)\./.exec(key)?.[1];
  if (form !== undefined) return { state: '', near: statesAsking(definition, form) };
  const targets = targetsOf(definition);
  const plain = /^(?:entered|took|true|false|fired) (.*)$/.exec(key)?.[1]?.split('|')[0];
  const [, word, call] = plain === undefined ? (/^(?:late )?(\S+) of (\S+)$/.exec(key) ?? []) : [];
  const address = plain ?? call ?? key;
  const state = targets.find((target) => target.address === address)?.state ?? address;
  const inside = targets
    .filter((target) => target.state === state && target.kind === 'transition')
    .map((one) => one.address)
    // An answer's own branches first.
    .sort((a, b) => Number(b.includes(`.on.${word}`)) - Number(a.includes(`.on.${word}`)));
  const near = [...new Set([address, ...inside, state])];
  return { state, near: near.filter((one) => targets.some((target) => target.address === one)) };
}

/** A scenario that shows what none shows, cut off where it does; each one that is tried is played to see. [PTH-8] */
export function scenarioShowing(definition: Definition, key: string, tried: Tried = () => undefined): Showing {
  const player = new Player(definition);
  let count = 0;
  for (const scenario of candidates(definition, key, true)) {
    count += 1;
    tried(count);
    const played = playedBy(player, scenario);
    const at = played?.steps.findIndex(({ seen }) => seen.has(key)) ?? -1;
    if (played === null || at < 0) continue;
    const session = played.steps[at]?.after as Session;
    const title = `${key}`;
    return {
      kind: 'found',
      scenario: { ...scenario, scenario: title, steps: [...scenario.steps.slice(0, at), ending(session)] },
    };
  }
  return { kind: 'none', tried: count };
}

/** A scenario whose end says so much that the mutant is noticed. */
export function scenarioNoticing(definition: Definition, mutant: Mutant, tried: Tried = () => undefined): Showing {
  const player = new Player(definition);
  let count = 0;
  for (const key of mutant.seen)
    for (const scenario of candidates(definition, key, false)) {
      count += 1;
      tried(count);
      const { session } = runScenario(definition, scenario);
      if (session === null) continue;
      const told: Scenario = {
        ...scenario,
        scenario: `${mutant.kind} ${mutant.at} ${mutant.what}`.trim(),
        steps: [...acts(scenario), { expect: everything(session) }],
      };
      const played = playedBy(player, told);
      if (played !== null && killedBy(mutant, [played]) !== null) return { kind: 'found', scenario: told };
    }
  return { kind: 'none', tried: count };
}

/** The shortest paths that lead near it, and what can be done from their ends; `everywhere`: at last all that a search finds. */
function* candidates(definition: Definition, key: string, everywhere: boolean): Generator<Scenario> {
  const { near } = placeOfElement(definition, key);
  for (const address of near) {
    for (const { scenario } of pathsTo(definition, new Set([address]))) {
      yield scenario;
      const { session } = runScenario(definition, scenario);
      if (session === null) continue;
      const steps = acts(scenario);
      const more = key.startsWith('fired ') ? whenDue(key, session) : filledBoth(definition, key, session);
      for (const last of more) yield { ...scenario, steps: [...steps, ...last] };
      for (const others of lateAnswers(definition, key, steps)) yield { ...scenario, steps: others };
      for (const others of filledBefore(definition, key, steps, session)) yield { ...scenario, steps: others };
    }
  }
  if (!everywhere) return;
  // A search for one place may miss what the search for all comes by.
  const isNear = (address: string): number => (near.includes(address) ? 0 : 1);
  const ways = [...paths(definition).ways].sort((a, b) => isNear(a.target.address) - isNear(b.target.address));
  for (const { scenario } of ways) yield scenario;
}

function acts(scenario: Scenario): readonly ScenarioStep[] {
  return scenario.steps.filter((step) => step.expect === undefined);
}

function playedBy(player: Player, scenario: Scenario): PlayedStory | null {
  try {
    return player.play(scenario);
  } catch {
    return null;
  }
}

function ending({ state }: Session): ScenarioStep {
  return { expect: { at: state.active, over: state.over } };
}

function everything({ definition, state, notices }: Session): Expectation {
  const { facts, counters, records } = definition.declared;
  const has = Object.keys(state.facts);
  const counts = Object.fromEntries(Object.keys(counters).map((name) => [name, state.counters[name]?.count ?? 0]));
  return {
    at: state.active,
    over: state.over,
    facts: { has, not: Object.keys(facts).filter((fact) => !has.includes(fact)) },
    ...(Object.keys(counts).length === 0 ? {} : { counters: counts }),
    ...(Object.keys(state.people).length === 0 ? {} : { people: state.people }),
    ...(notices.length === 0 ? {} : { notified: [...new Set(notices.map(({ notice }) => notice))] }),
    records: Object.fromEntries(Object.keys(records).map((name) => [name, state.records[name]?.length ?? 0])),
  };
}

/** States in which an event brings the form. */
function statesAsking({ chart, declared }: Definition, form: string): readonly string[] {
  return Object.values(chart.states).flatMap(({ address, task, on }) => {
    const asks =
      task?.forms.includes(form) === true || Object.keys(on).some((event) => declared.events[event]?.form === form);
    return asks && address !== '' ? [address] : [];
  });
}
