import '../../support/property-seed.ts';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { contextFor } from '../../../engine/anonymise/forms.ts';
import { anonymise } from '../../../engine/anonymise/index.ts';
import { isTelling } from '../../../engine/anonymise/leaks.ts';
import { collect, vocabularyOf } from '../../../engine/anonymise/vocabulary.ts';
import { formats } from '../../../engine/forms/formats/index.ts';
import { compileForm, smallest, validateForm } from '../../../engine/forms/index.ts';
import {
  actorFor,
  available,
  type CaseState,
  completeCommand,
  play,
  resume,
  type Session,
} from '../../../engine/index.ts';
import type { JsonObject } from '../../../engine/model/json.ts';
import { runs } from '../../support/runs.ts';
import { calendar, caseAt, definitionOf, mapTexts } from './support.ts';

vi.setConfig({ testTimeout: 240_000 });

const places = [
  ['szmg', 'main.work.review.queue'],
  ['szmg', 'main.work.payment.open.live.waiting'],
  ['inner-mongolia', 'main.work.organization.code'],
] as const;

const env = (state: CaseState) => ({ now: state.updatedAt, calendar });

/** Every text that anybody put into the case, made another one that cannot be missed. */
function marked({ state, journal }: Session) {
  let count = 0;
  const mark = () => {
    count += 1;
    return `CANARY${String(count).padStart(5, '0')}秘密`;
  };
  const person = new Map<string, string>();
  const whom = (id: string): string => {
    const known = person.get(id) ?? mark();
    person.set(id, known);
    return known;
  };
  const records = Object.fromEntries(
    Object.entries(state.records).map(([name, entries]) => [
      name,
      entries.map((one) => ({ ...one, by: one.by && whom(one.by), data: mapTexts(one.data, mark) as JsonObject })),
    ]),
  );
  const marks: CaseState = {
    ...state,
    ...{ id: mark(), number: mark(), owner: whom(state.owner), records },
    forms: mapTexts(state.forms as JsonObject, mark) as CaseState['forms'],
    people: Object.fromEntries(Object.entries(state.people).map(([part, id]) => [part, whom(id)])),
    reservations: { company: mark() },
    shares: { line: [{ key: mark(), part: 1, whole: 2 }] },
    calls: mapTexts(state.calls as unknown as JsonObject, (text) => text) as unknown as CaseState['calls'],
  };
  const isPerson = (part: string) => part in definitionOf(state.project).roles;
  const entries = journal.map((entry) => ({
    ...entry,
    by: isPerson(entry.part) ? whom(entry.by) : entry.by,
    title: `${entry.title}${mark()}`,
    what: `${entry.what}:${mark()}`,
    changed: [...entry.changed, `organization.${mark()}`],
    notified: [...entry.notified, mark()],
  }));
  return { case: { state: marks, journal: entries }, count };
}

describe('a real case made anonymous', () => {
  test.each(places)('%s at %s: of markers in every field, file, id and journal entry none is left', (project, at) => {
    const { case: original, count } = marked(caseAt(project, at));
    expect(count).toBeGreaterThan(40);
    const anonymous = anonymise(definitionOf(project), original, calendar);
    expect(JSON.stringify(anonymous)).not.toMatch(/CANARY|秘密/);
    // Everything is still there, replaced: nothing was simply dropped.
    for (const [id, values] of Object.entries(original.state.forms))
      expect(Object.keys(anonymous.state.forms[id] ?? {}), id).toEqual(Object.keys(values));
  });

  test.each(places)(
    '%s at %s: it stands where it stood, its forms are accepted, and it can be played on',
    (project, at) => {
      const session = caseAt(project, at);
      const definition = definitionOf(project);
      const anonymous = anonymise(definition, session, calendar);
      const { state } = anonymous;
      expect(state.active).toEqual(session.state.active);
      expect(state.facts).toEqual(session.state.facts);
      expect(state.timers).toEqual(session.state.timers);
      expect(anonymous.journal.map(({ title, what }) => [what, title])).toEqual(
        session.journal.map(({ title, what }) => [what, title]),
      );
      expect(refused(definition, state)).toEqual(refused(definition, session.state));
      const again = resume(definition, anonymous, calendar);
      expect(again.now).toBe(session.state.updatedAt);
      expect(again.calls.map(({ call, generation }) => [call, generation])).toEqual(
        session.calls.map(({ call, generation }) => [call, generation]),
      );
      const offers = (one: CaseState) =>
        Object.keys(definition.roles).flatMap((role) =>
          available(definition, one, { id: `${role}/one`, roles: [role] }, env(one)).map(({ event, blockers }) => [
            event,
            blockers.length,
          ]),
        );
      expect(offers(state)).toEqual(offers(session.state));
    },
  );

  test('the next step is done on the anonymous case as it would be on the real one', () => {
    const definition = definitionOf('szmg');
    const session = caseAt('szmg', 'main.work.review.queue');
    const again = resume(definition, anonymise(definition, session, calendar), calendar);
    const claimed = play(again, completeCommand(again, 'CLAIM', actorFor(again, 'CLAIM')));
    if (claimed.kind === 'refused') throw new Error(claimed.blockers[0]?.message);
    const { active } = claimed.session.state;
    expect(active).toContain('main.work.review.reading');
  });

  test('the same case gives the same fictions; what is equal stays equal, what differs stays different', () => {
    const session = caseAt('szmg', 'main.work.review.queue');
    const definition = definitionOf('szmg');
    const once = anonymise(definition, session, calendar);
    expect(anonymise(definition, session, calendar)).toEqual(once);
    const before = new Map<string, string>();
    const after = new Map<string, string>();
    for (const [path, text] of textsOf(session.state.forms)) {
      const fiction = textsOf(once.state.forms).get(path) as string;
      if (fiction === text) continue;
      expect(before.get(text) ?? fiction, path).toBe(fiction);
      expect(after.get(fiction) ?? text, path).toBe(text);
      before.set(text, fiction);
      after.set(fiction, text);
    }
    expect(before.size).toBeGreaterThan(8);
  });

  test('whatever is filled in: no sensitive value is in the output, and what was valid is valid', () => {
    const session = caseAt('szmg', 'main.work.review.queue');
    const definition = definitionOf('szmg');
    const vocabulary = vocabularyOf(definition);
    const text = fc.stringMatching(/^[\u4e00-\u9fa5]{2,8}$/);
    fc.assert(
      fc.property(fc.nat(9999), text, text, (seed, name, address) => {
        const forms: { [form: string]: JsonObject } = {};
        for (const [id, values] of Object.entries(session.state.forms)) {
          const form = compileForm(id, definition.forms[id] as never);
          const context = contextFor(
            definition,
            { ...session.state, forms: { ...session.state.forms, ...forms } },
            id,
            env(session.state),
          );
          const texts = Object.fromEntries(
            form.fields.flatMap((field): [string, string][] => {
              if (typeof values[field.name] !== 'string') return [];
              const format = formats.find((one) => one.id === field.format);
              if (format) return [[field.name, format.example(seed)]];
              return /name|recipient/i.test(field.name)
                ? [[field.name, name]]
                : field.name === 'address'
                  ? [[field.name, `${address}路${seed}号`]]
                  : [];
            }),
          );
          const tried = { ...values, ...texts };
          forms[id] = validateForm(form, tried, context).length === 0 ? tried : smallest(form, context, { seed });
        }
        const state = { ...session.state, forms: { ...session.state.forms, ...forms } };
        const anonymous = anonymise(definition, { state, journal: session.journal }, calendar);
        const out = new Set<string>();
        collect(anonymous, out);
        for (const [path, value] of textsOf(state.forms)) {
          const [id = '', field = ''] = path.split('.');
          if (!isHidden(definition.forms[id]?.properties[field]) || vocabulary.has(value) || !isTelling(value))
            continue;
          expect(
            [...out].filter((word) => word.includes(value)),
            path,
          ).toEqual([]);
        }
        expect(refused(definition, anonymous.state)).toEqual(refused(definition, state));
      }),
      runs(15),
    );
  });
});

const isHidden = (schema: JsonObject | undefined): boolean =>
  schema?.['x-sensitive'] === true || schema?.['x-personal'] === true;

function refused(definition: ReturnType<typeof definitionOf>, state: CaseState): string[] {
  return Object.entries(state.forms).flatMap(([id, values]) => {
    const form = compileForm(id, definition.forms[id] as never);
    return validateForm(form, values, contextFor(definition, state, id, env(state))).map(
      ({ path, keyword }) => `${path} ${keyword}`,
    );
  });
}

function textsOf(forms: CaseState['forms']): Map<string, string> {
  const found = new Map<string, string>();
  for (const [id, values] of Object.entries(forms))
    for (const [name, value] of Object.entries(values))
      if (typeof value === 'string') found.set(`${id}.${name}`, value);
  return found;
}
