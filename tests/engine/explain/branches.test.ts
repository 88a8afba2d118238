import { expect, test } from 'vitest';
import { branchesOfCase, branchesOfState, removedWaysTo } from '../../../engine/explain/branches.ts';
import { begin, runScenario, settleCalls } from '../../../engine/simulate/index.ts';
import { envOf, type Session } from '../../../engine/simulate/session.ts';
import { loan } from '../run/support.ts';

const definition = loan();

test('[XPL-8] a branch that would be taken, one that is blocked with its values, one behind it', () => {
  const tight = loan([
    'AGAIN: [{ if: counters.checks < 3, to: check }',
    'AGAIN: [{ if: counters.checks < 0, to: check }',
  ]);
  const { session } = runScenario(tight, {
    scenario: '别住',
    project: 'demo',
    steps: [{ world: { 'registry.check': ['UNAVAILABLE'] } }, { do: 'NEXT' }],
  }) as { session: Session };
  const found = branchesOfCase(tight, session.state, envOf(session)).branches;
  const [first, behind] = found.filter(({ address }) => address.startsWith('main.work.pinned.on.AGAIN'));
  expect(first).toMatchObject({
    verdict: 'blocked',
    terms: [
      { text: 'counters.checks < 0', holds: 'no', values: { 'counters.checks': expect.stringMatching(/^\d+$/) } },
    ],
  });
  expect(behind?.verdict).toBe('taken');
  for (const { origin } of found)
    expect(origin).toMatchObject({ line: expect.any(Number), file: expect.stringMatching(/^workflows\//) });
});

test('[XPL-8] what a person filled in is never shown', () => {
  const { session } = runScenario(definition, {
    scenario: '填写',
    project: 'demo',
    steps: [{ do: 'NEXT' }],
  }) as { session: Session };
  const filled = Object.values(session.state.forms).flatMap((form) =>
    Object.values(form).filter((value): value is string => typeof value === 'string' && value.length > 3),
  );
  expect(filled.length).toBeGreaterThan(0);
  const shown = branchesOfCase(definition, session.state, envOf(session))
    .branches.flatMap(({ terms }) => terms.flatMap(({ values }) => Object.values(values)))
    .join('\n');
  for (const value of filled) expect(shown).not.toContain(value);
});

test('[XPL-8] of a state only the settings decide; there is none that is not there', () => {
  const first = settleCalls(begin(definition)).state.active[0] as string;
  const found = branchesOfState(definition, first).branches;
  expect(found.length).toBeGreaterThan(0);
  expect(branchesOfState(definition, 'main.nowhere').branches).toEqual(
    branchesOfState(definition, 'main').branches.filter(({ address }) => address.startsWith('main.on.')),
  );
});

test('[XPL-8] what the project took away, with the setting that did it and where it is given', () => {
  const given = loan(['number: "000"', 'number: "000"\nsettings: { needsCard: false, tries: 3 }']);
  const { removed } = branchesOfState(given, 'main.work');
  expect(removed).toContainEqual(
    expect.objectContaining({
      to: 'main.work.card',
      settings: {
        'settings.needsCard': {
          value: '否',
          given: expect.objectContaining({ file: expect.stringContaining('/projects/') }),
        },
      },
    }),
  );
  expect(removedWaysTo(given, 'main.work.card').map(({ to }) => to)).toContain('main.work.card');
  const [tries] = branchesOfState(given, 'main.work.pinned').branches.flatMap(({ terms }) =>
    terms.filter(({ text }) => text.includes('settings.tries')),
  );
  expect(tries?.given['settings.tries']).toMatchObject({ line: expect.any(Number) });
  // A default is no doing of the project.
  expect(branchesOfState(loan(), 'main.work').removed[0]?.settings['settings.needsCard']?.given).toBeNull();
});
