import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Definition } from '../../../../engine/model/definition.ts';
import { type Assumptions, assumptionsFor, unplayable } from '../../../../engine/simulate/load/index.ts';
import { differences, laidOver, readPatch, withValue } from '../../../../ui/lab/load/patch.ts';
import { csvText } from '../../../../ui/lab/load/table.ts';
import { projects } from '../../../support/definitions.ts';

const definition = projects()['district-archive'] as Definition;
const base = assumptionsFor(definition);

/** Some values changed, as somebody does in the form. */
const changed = fc
  .record({
    cases: fc.integer({ min: 1, max: 50_000 }),
    people: fc.integer({ min: 0, max: 50 }),
    week: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 7, maxLength: 7 }),
    weight: fc.integer({ min: 0, max: 100 }),
    spread: fc.constantFrom('fixed', 'usual', 'exponential'),
  })
  .map(({ cases, people, week, weight, spread }): Assumptions => {
    let given = withValue(base, ['cases'], cases);
    given = withValue(given, ['staff', 'archivist', 'people'], people);
    given = withValue(given, ['arrivals', 'week'], week);
    const [task = '', options = {}] = Object.entries(base.choices)[0] ?? [];
    given = withValue(given, ['choices', task, Object.keys(options)[0] ?? ''], weight);
    return withValue(given, ['spread'], spread);
  });

describe('assumptions in an address', () => {
  it('what was changed, and nothing else, comes back out of it', () => {
    expect(differences(base, base)).toEqual({});
    fc.assert(
      fc.property(changed, (given) => {
        const text = JSON.stringify(differences(base, given));
        expect(laidOver(base, readPatch(text))).toEqual(given);
      }),
    );
  });

  it('nonsense, and what the process does not know, says nothing', () => {
    for (const text of [
      null,
      '',
      'nonsense',
      '[1]',
      '"x"',
      '{"cases":"many"}',
      '{"staff":7}',
      '{"staff":{"nobody":{"people":3}}}',
    ])
      expect(laidOver(base, readPatch(text))).toEqual(base);
    expect(laidOver(base, readPatch('{"arrivals":{"week":[1,2]}}'))).toEqual(base);
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const given = laidOver(base, readPatch(JSON.stringify(value)));
        expect(Object.keys(given)).toEqual(Object.keys(base));
        expect(() => unplayable(given)).not.toThrow();
      }),
    );
  });

  it('one value at a place, in objects and lists', () => {
    expect(withValue(base, ['arrivals', 'week', 2], 7).arrivals.week[2]).toBe(7);
    expect(withValue(base, ['arrivals', 'week', 2], 7).arrivals.week.length).toBe(7);
    expect(base.arrivals.week[2]).toBe(1);
  });
});

describe('a table as a file', () => {
  it('quotes what has to be quoted, and no cell is a formula', () => {
    const text = csvText({
      head: ['环节', 'n'],
      rows: [
        ['a,"b"', 1.005],
        ['=1+1', 2],
        ['二', 2.71559],
      ],
    });
    expect(text).toBe('\uFEFF环节,n\r\n"a,""b""",1\r\n\'=1+1,2\r\n二,2.72\r\n');
  });
});
