import { expect, test } from 'vitest';
import { actorFor, begin, completeCommand, forms, play, wouldHold } from '../../../engine/index.ts';
import type { Definition } from '../../../engine/model/definition.ts';
import { formContext, formOf } from '../../../engine/run/forms.ts';
import { scopeOf } from '../../../engine/run/scope.ts';
import { worldOf } from '../../../engine/run/world.ts';
import { projects } from '../../support/definitions.ts';

const { appointment } = projects() as { readonly [project: string]: Definition } & { readonly appointment: Definition };
const friday = Date.parse('2026-04-30T10:00:00+08:00');
const calendar = {
  offsetMinutes: 480,
  exceptions: { '2026-05-01': true, '2026-05-04': true, '2026-05-05': true, '2026-05-09': false },
  until: '2026-12-31',
};
const env = { now: friday, calendar };

test('[EXP-8] working days are those of the calendar, from the day after today', () => {
  const { state } = begun();
  const world = worldOf(state, {}, { event: {}, actor: null }, env);
  const { workdays } = scopeOf(appointment, world).values as { workdays: string[] };
  expect(workdays).toHaveLength(60);
  expect(workdays.slice(0, 4)).toEqual(['2026-05-06', '2026-05-07', '2026-05-08', '2026-05-09']);
});

test('a field offers the first of them, each with its weekday, in the language of the person', () => {
  const { state } = begun();
  const world = worldOf(state, {}, { event: {}, actor: null }, env);
  const day = formOf(appointment, 'appointment')?.field('day');
  if (!day) throw new Error('no field');
  const context = formContext(appointment, world, 'appointment');
  const found = forms.offered(day, context);
  expect(found).toHaveLength(10);
  expect(found[3]).toEqual({ value: '2026-05-09', label: '2026年5月9日（周六）' });
  expect(forms.offered(day, { ...context, locale: 'en' })[3]?.label).toBe('2026-05-09 (Sat)');
});

test('[RUN-33] places are worked out with the key; they go with it', () => {
  const { booked, cancelled } = begun();
  expect(booked.reservations).toMatchObject({ slot: 'north 2026-05-06 09:00' });
  expect(booked.places).toEqual({ slot: 3 });
  expect(cancelled.reservations).toEqual({});
  expect(cancelled.places).toBeUndefined();
});

test('what each choice would hold; nothing while the form does not make up a key', () => {
  const { state } = begun();
  const asked = (values: { [field: string]: string }) =>
    wouldHold(appointment, state, { form: 'appointment', field: 'slot', values }, env);
  expect(asked({ office: 'north' })).toEqual([]);
  expect(asked({ office: 'north', day: '2026-05-06' }).slice(0, 2)).toEqual([
    { choice: '09:00', key: 'north 2026-05-06 09:00', places: 3 },
    { choice: '10:00', key: 'north 2026-05-06 10:00', places: 3 },
  ]);
  expect(wouldHold(appointment, state, { form: 'appointment', field: 'day', values: {} }, env)).toEqual([]);
});

function begun() {
  const one = begin(appointment, { start: friday, calendar });
  const fill = { appointment: { office: 'north', day: '2026-05-06', slot: '09:00' } };
  const two = play(one, completeCommand(one, 'BOOK', actorFor(one, 'BOOK'), fill)).session;
  const three = play(two, completeCommand(two, 'CANCEL', actorFor(two, 'CANCEL'))).session;
  return { state: one.state, booked: two.state, cancelled: three.state };
}
