import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { affectedBy, type CompiledForm, resettle, settle } from '../../../engine/forms/index.ts';
import type { Json, JsonObject } from '../../../engine/model/json.ts';
import { contextOf, formOf } from './support.ts';

const names = ['a', 'b', 'c', 'd', 'e', 'f'];

/** A form whose fields depend on each other at random, in circles too. */
const forms = fc
  .array(
    fc.record({
      reads: fc.constantFrom(...names),
      how: fc.constantFrom('plain', 'visible', 'required', 'readonly', 'compute', 'number', 'group'),
      sense: fc.constantFrom("== 'x'", "!= ''", "!= 'y'"),
    }),
    { minLength: names.length, maxLength: names.length },
  )
  .map((rules) =>
    formOf(
      Object.fromEntries(
        rules.map(({ reads, how, sense }, i) => {
          const condition = `string(${reads}) ${sense}`;
          const title = names[i] as string;
          const by: { [how: string]: JsonObject } = {
            visible: { type: 'string', title, 'x-visible': condition },
            required: { type: 'string', title, 'x-required': condition },
            readonly: { type: 'string', title, 'x-readonly': condition },
            compute: { type: 'string', title, 'x-compute': `string(${reads}) + 'x'` },
            number: { type: 'integer', title },
            group: {
              type: 'object',
              title,
              properties: {
                in: { type: 'string', title: 'in', 'x-visible': condition },
                out: { type: 'string', title: 'out', 'x-required': condition },
              },
            },
          };
          return [title, by[how] ?? { type: 'string', title }];
        }),
      ),
    ),
  );

const typed = fc.constantFrom<Json>('', 'x', 'y', ' x ', 7, null, { in: 'x', out: 'y' });

describe('settling again after one field changed', () => {
  test('gives what settling everything gives, whatever depends on whatever', () => {
    fc.assert(
      fc.property(
        forms,
        fc.dictionary(fc.constantFrom(...names), typed),
        fc.array(fc.tuple(fc.constantFrom(...names), typed)),
        (form, start, changes) => {
          const context = contextOf();
          let raw: JsonObject = start;
          let settled = settle(form, raw, context);
          for (const [name, value] of changes) {
            raw = { ...raw, [name]: value };
            settled = resettle(form, settled, raw, name, context);
            expect(settled).toEqual(settle(form, raw, context));
            expect([...settled.visible]).toEqual([...settle(form, raw, context).visible]);
          }
        },
      ),
    );
  });

  test('nothing that is equal is a new object, so that nobody draws it again', () => {
    const form = formOf({
      a: { type: 'string', title: 'a' },
      b: { type: 'string', title: 'b', 'x-visible': "a == 'x'" },
    });
    const before = settle(form, { a: 'y' }, contextOf());
    const after = resettle(form, before, { a: 'z' }, 'a', contextOf());
    expect(after.visible).toBe(before.visible);
    expect(resettle(form, after, { a: 'x' }, 'a', contextOf()).visible).not.toBe(before.visible);
  });
});

test('what is worked out from something worked out follows it, in whatever order they stand', () => {
  const form = formOf({
    total: { type: 'string', title: 'total', 'x-compute': "string(part) + '!'" },
    part: { type: 'string', title: 'part', 'x-compute': "string(given) + '?'" },
    given: { type: 'string', title: 'given' },
  });
  expect(settle(form, { given: 'x' }, contextOf()).values).toEqual({ total: 'x?!', part: 'x?', given: 'x' });
});

describe('what a field reaches', () => {
  const reach = (form: CompiledForm, name: string) => {
    const found = affectedBy(form, name);
    return found && [...found].sort();
  };

  test('goes over conditions, formulas, hints, options and the inside of parts', () => {
    const form = formOf({
      a: { type: 'string', title: 'a' },
      b: { type: 'string', title: 'b', 'x-visible': "a == 'x'" },
      c: { type: 'string', title: 'c', 'x-compute': 'b' },
      d: { type: 'string', title: 'd', 'x-hint': 'of {c}' },
      e: { type: 'string', title: 'e', 'x-options': { source: 's', under: 'a' } },
      f: {
        type: 'object',
        title: 'f',
        properties: { g: { type: 'string', title: 'g', 'x-visible': "e == 'x'" } },
      },
    });
    expect(reach(form, 'a')).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
    expect(reach(form, 'c')).toEqual(['c', 'd']);
    expect(reach(form, 'f')).toEqual(['f']);
  });

  test('is everything where fields depend on each other in a circle, or on tables', () => {
    const circle = formOf({
      a: { type: 'string', title: 'a', 'x-visible': "b != 'x'" },
      b: { type: 'string', title: 'b', 'x-visible': "a != 'x'" },
    });
    expect(affectedBy(circle, 'a')).toBeNull();
    expect(affectedBy(formOf({ a: { type: 'integer', title: 'a', 'x-compute': 'tables.t' } }), 'a')).toBeNull();
  });
});
