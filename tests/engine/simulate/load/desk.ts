import type { Definition } from '../../../../engine/model/definition.ts';
import { type Assumptions, assumptionsFor } from '../../../../engine/simulate/load/index.ts';
import { definitionOf } from '../../run/support.ts';

/** A counter: whoever comes asks, somebody at the counter does it; with a second look where that is wanted. */
const workflow = `language: 2
workflow: counter
title: 柜台
roles: { visitor: { title: 来客, tile: 客 }, clerk: { title: 柜员, tile: 柜 } }
forms: []
goals: [main.done]
people: { first: 经办, second: 复核 }
events:
  ASK: { title: 提出, by: visitor, look: primary }
  DONE: { title: 办完, by: clerk, look: primary }
  CHECKED: { title: 复核完, by: clerk, look: primary }
regions:
  main:
    title: 办理
    states:
      ask:
        title: 来到
        task: { by: visitor, title: 提出 }
        on: { ASK: queue }
      queue:
        title: 等候
        promise: 1 working days
        task: { by: clerk, title: 办理 }
        on: { DONE: { sign: first, to: NEXT } }
      second:
        title: 复核
        task: { by: clerk, title: 复核, not: [first] }
        on: { CHECKED: { sign: second, to: done } }
      done: { label: 已办完, final: true }
`;

const project = `language: 2
project: demo
title: 柜台
number: '001'
extends: counter
`;

export function counter({ second = false } = {}): Definition {
  const text = second
    ? workflow.replace('NEXT', 'second')
    : workflow
        .replace('NEXT', 'done')
        .replace(/ {6}second:[\s\S]*?(?= {6}done:)/, '')
        .replace(/ {2}CHECKED.*\n/, '')
        .replace(', second: 复核', '');
  return definitionOf(
    { 'workflows/counter.workflow.yaml': text, 'workflows/projects/demo.project.yaml': project },
    'demo',
  );
}

/** People who work all hours of all days, visitors who come at all hours and ask at once; exponential times: a queue of the books. */
export function aroundTheClock(
  definition: Definition,
  given: { readonly people: number; readonly perDay: number; readonly minutes: number },
): Assumptions {
  const even = (count: number) => Array.from({ length: count }, () => 1);
  const base = assumptionsFor(definition);
  return {
    ...base,
    cases: 12_000,
    arrivals: { perDay: given.perDay, week: even(7), hours: even(24), months: even(12) },
    spread: 'exponential',
    giveUp: 0,
    asides: {},
    staff: { clerk: { people: given.people, from: 0, to: 24, days: 'all' } },
    minutes: { ...base.minutes, 'main.ask': 0, 'main.queue': given.minutes, 'main.second': given.minutes },
  };
}
