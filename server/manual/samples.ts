import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { CompiledForm, Field, FormContext } from '../../engine/forms/index.ts';
import { validateForm } from '../../engine/forms/index.ts';
import type { JsonObject } from '../../engine/model/json.ts';

/** A picture of an invented paper, as the sandbox has them for trying out. */
interface Sample {
  readonly file: string;
  readonly title: string;
  /** What reading it looks for, as a form's `x-ocr` calls it. */
  readonly kind: string;
  /** What stands on it, as the reading names it. */
  readonly fields: JsonObject;
  /** Fields that cannot be read clearly. */
  readonly unsure?: readonly string[];
}

const folder = resolve(import.meta.dirname, '../sandbox/samples');
const samples = JSON.parse(readFileSync(join(folder, 'samples.json'), 'utf8')) as readonly Sample[];

/** The sample that a person would choose for a slot, and the values that reading it will fill in. */
export interface Chosen {
  readonly path: string;
  readonly fills: JsonObject;
}

/**
 * Where a slot is read, a clear picture of its kind: one whose values the form accepts, that no other slot has had; else the one
 * whose title is most like the slot's.
 * @param used files of samples that other slots have had
 */
export function sampleFor(
  form: CompiledForm,
  field: Field,
  values: JsonObject,
  context: FormContext,
  used: ReadonlySet<string>,
): Chosen {
  const { ocr } = field;
  const read = samples.filter(({ kind, unsure }) => ocr !== null && kind === ocr.kind && unsure === undefined);
  const ranked = read
    .map((sample) => {
      const fills: JsonObject = {};
      for (const [name, from] of Object.entries(ocr?.fills ?? {}))
        if (sample.fields[from] !== undefined) fills[name] = sample.fields[from];
      const errors = validateForm(form, { ...values, ...fills }, context);
      const wrong = errors.filter(({ path }) => Object.keys(fills).some((name) => path === `${form.id}.${name}`));
      return { sample, fills, cost: wrong.length * 10 + (used.has(sample.file) ? 1 : 0) };
    })
    .sort((a, b) => a.cost - b.cost)[0];
  if (ranked !== undefined) return { path: join(folder, ranked.sample.file), fills: ranked.fills };
  const papers = samples.filter(({ unsure }) => unsure === undefined);
  const nearest = papers.reduce((best, one) =>
    likeness(one.title, field.title) > likeness(best.title, field.title) ? one : best,
  );
  return { path: join(folder, nearest.file), fills: {} };
}

/** How many pairs of neighbouring characters two titles share. */
function likeness(one: string, other: string): number {
  const pairs = (text: string) => [...text].slice(1).map((sign, at) => `${[...text][at]}${sign}`);
  const known = new Set(pairs(other));
  return pairs(one).filter((pair) => known.has(pair)).length;
}
