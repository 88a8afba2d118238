import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadAll } from '../../engine/index.ts';
import { definitionFiles } from './definition-files.ts';

const { projects } = loadAll(definitionFiles());
const processes = Object.values(projects).filter(({ workflow }) => workflow.id === 'certificate-new');
const spec = readFileSync('engine/SPEC.md', 'utf8');
const page = readFileSync('docs/state-machine.md', 'utf8');

/** The rows of the tables: what the first cell says -> the names that the others give. */
function rows(text: string, first: RegExp): ReadonlyMap<string, readonly string[]> {
  const found = text.split('\n').flatMap((line): [string, string[]][] => {
    const [, id = '', ...cells] = line.split('|').map((cell) => cell.trim());
    return first.test(id)
      ? [
          [
            id,
            [
              ...cells
                .slice(0, 5)
                .join(' ')
                .matchAll(/`([^`]+)`/g),
            ].map((match) => match[1]!),
          ],
        ]
      : [];
  });
  expect(new Set(found.map(([id]) => id)).size).toBe(found.length);
  return new Map(found);
}

function exists(name: string): boolean {
  if (/^[A-Z]{3}-\d+$/.test(name)) return spec.includes(`**[${name}]**`);
  const [address = '', event] = name.split(' · ');
  const [kind = '', id = ''] = address.split('.');
  return processes.some(({ states, settings, declared }) => {
    const state = states[address];
    if (state !== undefined) return event === undefined || state.edges.some((edge) => edge.name === event);
    if (kind === 'settings') return id in settings;
    if (kind !== 'states' && kind in declared) return id in (declared[kind as keyof typeof declared] as object);
    return event === undefined && /^(server|engine|workflows|forms)(\/|$)/.test(name) && existsSync(name);
  });
}

const missing = (names: readonly string[]) => names.filter((name) => !exists(name));
const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

describe('the page of the state machine', () => {
  const transitions = rows(page, /^\d+$/);
  const timers = rows(page, /^T-\d\d$/);

  it('has each transition and each timer, every one with a place', () => {
    expect([...transitions.keys()]).toEqual(numbers(100).map(String));
    expect([...timers.keys()]).toEqual(numbers(21).map((number) => `T-${String(number).padStart(2, '0')}`));
    expect([...transitions, ...timers].filter(([, names]) => names.length === 0)).toEqual([]);
    expect(page).not.toMatch(/not built/i);
  });

  it('names only what is there', () => {
    expect(
      [...transitions, ...timers].flatMap(([row, names]) => missing(names).map((name) => `${row}: ${name}`)),
    ).toEqual([]);
  });

  it('would notice what is not', () => {
    const invented = [
      'main.work.nowhere',
      'main.work.draft.fill · NEVER',
      'settings.none',
      'laws.none',
      'RUN-999',
      'server/none',
    ];
    expect(missing(invented)).toEqual(invented);
  });
});

describe('the invariants', () => {
  const keepers = rows(spec, /^I\d$/);

  it('are nine, each kept by something that is there', () => {
    expect([...keepers.keys()]).toEqual(numbers(9).map((number) => `I${number}`));
    expect([...keepers].filter(([, names]) => names.length === 0)).toEqual([]);
    expect([...keepers].flatMap(([row, names]) => missing(names).map((name) => `${row}: ${name}`))).toEqual([]);
  });
});
