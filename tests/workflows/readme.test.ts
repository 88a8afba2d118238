import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { begin, type Definition, loadAll, runScenario, type Scenario, walkTo } from '../../engine/index.ts';
import { baseFiles } from '../engine/definitions.ts';
import { type Example, examplesOf, withExample, wordsOf } from './readme-examples.ts';

const examples = examplesOf(readFileSync('workflows/README.md', 'utf8'));

/** Words of the language: the names that the shapes of its files know. */
function declaredWords(): string[] {
  const words = new Set<string>();
  const gather = (schema: unknown): void => {
    if (Array.isArray(schema)) schema.forEach(gather);
    if (typeof schema !== 'object' || schema === null) return;
    for (const [key, inner] of Object.entries(schema)) {
      if (key === 'properties') for (const word of Object.keys(inner)) words.add(word);
      gather(inner);
    }
  };
  for (const kind of ['workflow', 'chart', 'fragment', 'project', 'connector', 'scenario'])
    gather(JSON.parse(readFileSync(`engine/model/${kind}.schema.json`, 'utf8')));
  return [...words];
}

/** The state that a piece is about. A call is answered at once, so nobody can stop there: then it is the state around it. */
function stateOf(example: Example, states: Definition['states']): string | undefined {
  const address = example.pieces.map((piece) => piece.place).find((place) => Object.hasOwn(states, place));
  const state = address === undefined ? undefined : states[address];
  return state?.call === null ? address : (state?.parent ?? undefined);
}

test('every word of the language stands in an example', () => {
  const shown = wordsOf(examples);
  expect(declaredWords().length).toBeGreaterThan(100);
  expect(declaredWords().filter((word) => !shown.has(word))).toEqual([]);
});

describe.each(examples)('the example at line $line', (example) => {
  const files = withExample(baseFiles(), example);
  const { projects, issues } = loadAll(files);

  test('is sound', () => {
    expect(issues.map(({ file, code, path, message }) => `${file} ${code} ${path} ${message}`)).toEqual([]);
  });

  test('runs', () => {
    const definition = projects.north!;
    const address = stateOf(example, definition.states);
    const begun = begin(definition);
    expect(address === undefined ? begun : walkTo(begun, address)).not.toBeNull();
    for (const { file } of example.pieces.filter((piece) => piece.file.endsWith('.scenario.yaml')))
      expect(runScenario(definition, parse(files[file]!) as Scenario).failure).toBeNull();
  });
});
