import { conditionOf } from '../explore/condition.ts';
import type { Edge, Node } from '../explore/nodes.ts';
import type { Space } from '../explore/space.ts';
import type { Words } from '../model/composed.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { hashOf } from '../read/index.ts';
import type { Task } from './tasks.ts';

/**
 * A hash over everything that the search of some regions reads of a definition: projects and settings that differ only
 * in texts, delays or regions aside have the same one, and are proven once. [PRV-7]
 *
 * @param space of the regions, with everything followed
 */
export function digestOf(space: Space, task: Task): string {
  const { searched, nodes, slots, partial } = space;
  const { declared, forms } = searched;
  return hashOf({
    sums: task.laws.some(({ must }) => must.includes('sum(')) ? sumsOf(space, task) : null,
    partial,
    nodes: nodes.all.map((node) => nodeOf(space, node)),
    slots: slots.map(({ kind, name, classes, daily }) => [kind, name, [...classes], daily]),
    questions: space.questions().map(({ text, changing, values }) => [text, changing, values as Json]),
    laws: task.laws.map((law) => [law.id, conditionOf(law.must, space.known), law.at, law.offers]) as unknown as Json,
    goals: [...task.goals],
    heard: [...task.heard].sort(),
    regions: [...task.regions].sort(),
    // What a form voids, and who may send what.
    facts: Object.entries(declared.facts).map(([name, { about }]) => [name, about]) as unknown as Json,
    events: Object.entries(declared.events).map(([name, { by, from, saves, heard }]) => [
      name,
      by ?? null,
      from ?? null,
      saves,
      heard ?? null,
    ]) as unknown as Json,
    counters: Object.entries(declared.counters).map(([name, { reset, per }]) => [name, reset ?? null, per ?? null]),
    forms: Object.keys(forms),
  });
}

/** What the signs of amounts hang on besides: what calls ask, what answers repeat, what fields hold and how they are computed. */
function sumsOf({ searched, nodes }: Space, task: Task): Json {
  const { declared, forms, connectors, settings } = searched;
  const amounts = {
    asked: nodes.all.map(({ state }) => (state?.call == null ? null : state.call.with)),
    branches: nodes.all.map(({ state }) =>
      state === null
        ? null
        : [state.when?.branches.map((each) => each.if) ?? null, state.obligations.map((each) => each.if)],
    ),
    laws: task.laws.map(({ must }) => must),
    records: Object.entries(declared.records).map(([name, { form, of }]) => [name, form ?? null, of ?? null]),
    forms: Object.entries(forms).map(([id, schema]) => [id, amountsIn(schema)]),
    answers: Object.values(connectors).map(({ id, operations, events }) => [
      id,
      Object.values(operations).map(({ outcomes }) =>
        Object.entries(outcomes).map(([name, { same, data }]) => [
          name,
          same ?? null,
          data === undefined ? null : amountsIn(data),
        ]),
      ),
      Object.entries(events).map(([name, { data }]) => [name, amountsIn(data)]),
    ]),
  } as unknown as Json;
  const text = JSON.stringify([amounts, nodes.edges.map(({ guard }) => guard)]);
  const named = new Set([...text.matchAll(/\bsettings\.(\w+)/g)].map(([, name = '']) => name));
  return [
    amounts,
    [...named].sort().map((name) => [name, Number.isInteger(settings[name]) ? (settings[name] as Json) : null]),
  ];
}

function amountsIn({ properties, required }: JsonObject): Json {
  const fields = Object.entries((properties ?? {}) as { [field: string]: JsonObject });
  const numbers = fields.filter(([, { type }]) => type === 'integer');
  return [
    (required as Json) ?? null,
    numbers.map(([name, { minimum, 'x-compute': formula }]) => [name, minimum ?? null, formula ?? null]),
  ];
}

function nodeOf(space: Space, node: Node): Json {
  const { state } = node;
  return {
    address: node.address,
    kind: node.kind,
    parent: node.parent,
    start: node.start,
    on: [...node.on].map(([type, edges]) => [type, edges.map(edgeOf)]),
    when: node.always.map(edgeOf),
    state:
      state === null
        ? null
        : ({
            task: state.task === null ? null : [state.task.by, state.task.forms, state.task.only, state.task.not],
            outcomes: outcomesOf(space, node),
            after: state.after.map(({ key }) => key),
            enter: wordsOf(state.enter),
          } as unknown as Json),
  };
}

function outcomesOf(space: Space, { state }: Node): readonly string[] | null {
  if (state === null || state.call === null) return null;
  const { connector, operation } = state.call;
  return Object.keys(space.searched.connectors[connector]?.operations[operation]?.outcomes ?? state.outcomes);
}

function edgeOf({ address, guard, target, back, again, refuses, words, follows }: Edge): Json {
  return [address, guard, target, back, again, refuses, wordsOf(words), follows] as unknown as Json;
}

/** What is made, told or erased is none of the search's business. */
function wordsOf({ prove, void: voided, count, record, sign }: Words): Json {
  return [prove, voided, count, record, sign] as unknown as Json;
}
