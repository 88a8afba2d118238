import { beforeAll, describe, expect, it } from 'vitest';
import { equivalence, killedBy, mutantsOf } from '../../engine/coverage/index.ts';
import {
  certificateProjects,
  type Measured,
  measure,
  neighbours,
  ownTransitions,
} from '../campaigns/mutants/measure.ts';
import { reasons } from '../campaigns/mutants/mutants.ts';
import { nameOf } from '../campaigns/mutants/report.ts';
import { definitionFiles } from './definition-files.ts';

/** What stories show of the certificate process, and what they would notice: `docs/coverage.md`. */
let measured: ReadonlyMap<string, Measured>;
const of = (project: string) => measured.get(project)!;

beforeAll(() => {
  measured = measure(definitionFiles(), [...certificateProjects, ...neighbours]);
}, 600_000);

const share = ({ covered, total }: { readonly covered: number; readonly total: number }) => covered / total;

describe.each(certificateProjects)('the stories of %s', (project) => {
  it.each(['states', 'transitions'] as const)('show all %s', (kind) => {
    const { total, missing } = of(project).coverage.counts[kind];
    expect(total).toBeGreaterThan(100);
    expect(missing).toEqual([]);
  });

  it.each(['guards', 'timers', 'outcomes'] as const)('show nearly all %s', (kind) => {
    const count = of(project).coverage.counts[kind];
    expect(count.total).toBeGreaterThan(30);
    expect(share(count), count.missing.join('\n')).toBeGreaterThanOrEqual(0.95);
  });

  it('leave out of the count only what no case can show, and say why', () => {
    const excluded = Object.values(of(project).coverage.counts).flatMap((count) => count.excluded);
    expect(excluded.length).toBeGreaterThan(0);
    for (const { key, reason } of excluded) expect(reason, key).toMatch(/ is |settings\.|no case gets there/);
  });
});

it.each(neighbours)('the stories of %s show nearly all transitions that are its own', (project) => {
  const own = ownTransitions(of(project), [of('szmg').definition]);
  expect(own.total).toBeGreaterThan(10);
  expect(share(own), own.missing.join('\n')).toBeGreaterThanOrEqual(0.9);
});

it('every thirteenth mutant of szmg is noticed by a law or an expectation; `npm run campaign -- mutants` plays all', () => {
  const { definition, played, unreachable } = of('szmg');
  const sample = mutantsOf(definition).filter((_, index) => index % 13 === 0);
  expect(sample.length).toBeGreaterThan(30);
  const alive = sample.filter(
    (mutant) => killedBy(mutant, played) === null && equivalence(mutant, definition.chart, unreachable) === null,
  );
  expect(alive.map(nameOf).filter((name) => reasons[name] === undefined)).toEqual([]);
}, 300_000);
