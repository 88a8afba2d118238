import { describe, expect, it, vi } from 'vitest';
import { begin, type Definition, load, readScenario, runScenario } from '../../../engine/index.ts';
import { scenarioText } from '../../../ui/lab/record.ts';
import type { Moment } from '../../../ui/lab/session.ts';
import { isWalkable, travel } from '../../../ui/lab/travel.ts';
import { walked } from '../../../ui/lab/walk.ts';
import { definitionFiles } from '../../support/definitions.ts';

vi.setConfig({ testTimeout: 240_000 });

const definition = load(definitionFiles(), 'szmg').definition as Definition;
const failed = 'main.work.organization.failed.recent';

describe('taken to a state so often', () => {
  it('金融认证失败 with two attempts: the transfers failed twice, and every step is a moment', () => {
    const from: Moment = { session: begin(definition), steps: [] };
    let looked = 0;
    const arrival = travel(from.session, { state: failed, counters: { transfers: 2 } }, () => {
      looked += 1;
    });
    if (arrival === null) throw new Error('no way');
    expect(looked).toBeGreaterThan(5);
    expect(arrival.session.state.active).toContain(failed);
    expect(arrival.session.state.counters.transfers?.count).toBe(2);

    const way = walked(from, arrival);
    if (way === null) throw new Error('it does not play');
    const last = way.at(-1) as Moment;
    expect(way.length).toBeGreaterThan(8);
    expect(last.session.state.active).toEqual(arrival.session.state.active);
    expect(last.session.state.counters).toEqual(arrival.session.state.counters);
    // What is kept of it is a scenario that comes to the same.
    const { scenario } = readScenario('way', scenarioText('两次', 'szmg', last.steps, last.session));
    const result = scenario && runScenario(definition, scenario);
    expect(result?.failure).toBe(null);
    expect(result?.session?.state.counters.transfers?.count).toBe(2);
  });

  it('more often than the process lets: not found, which is not called impossible', () => {
    const session = begin(definition);
    expect(travel(session, { state: failed, counters: { transfers: 9 } })).toBe(null);
    expect(isWalkable(session, failed)).toBe(true);
  });

  it('where the chart has no way it is said so', () => {
    const over = travel(begin(definition), { state: 'main.withdrawn', counters: {} });
    if (over === null) throw new Error('no way');
    expect(isWalkable(over.session, 'main.work.draft.guide')).toBe(false);
  });
});
