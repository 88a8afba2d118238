import { expect, test, vi } from 'vitest';
import { loadAll } from '../../../engine/load.ts';
import type { Definition } from '../../../engine/model/definition.ts';
import { accidentsOf } from '../../../server/manual/accidents.ts';
import { readReleaseFiles } from '../../../server/releases/files.ts';

vi.setConfig({ testTimeout: 180_000 });

const told = (definition: Definition) =>
  accidentsOf(definition).map(({ kind, state, deeds }) => {
    const arranged = deeds.flatMap((deed) => (deed.kind === 'next' ? [`${deed.operation} ${deed.outcome}`] : []));
    return [kind, state, ...arranged].join(' ');
  });

test('what may go wrong once on the usual way, found by playing it: no project names its accidents', async () => {
  const { projects } = loadAll(await readReleaseFiles('.'));
  expect(told(projects.szmg as Definition)).toEqual([
    'page main.work.agent.failed telecom.verifyPerson MISMATCH',
    'unpaid main.work.payment.open.live.waiting',
    'page main.work.organization.failed bank.microDeposit FAILED',
    'wrong secret main.work.organization.code.handler',
    'page main.work.rejected.reading',
  ]);
  // A business of another kind sends back, and asks no bank.
  expect(told(projects['district-archive'] as Definition)).toEqual(['page main.work.returned.reading']);
});

test('what a system answers is arranged before the step that asks it, and after everything before', async () => {
  const { projects } = loadAll(await readReleaseFiles('.'));
  for (const { deeds } of accidentsOf(projects.szmg as Definition)) {
    const at = deeds.findIndex(({ kind }) => kind === 'next');
    if (at >= 0) expect(at).toBe(deeds.length - 2);
  }
});
