import { Ajv2020 } from 'ajv/dist/2020.js';
import standaloneCode from 'ajv/dist/standalone/index.js';
import type { FormSchema } from '../model/definition.ts';
import { ajvOptions } from './compile.ts';
import { fingerprint } from './json.ts';
import { shapeOf } from './shape.ts';

/**
 * The shape checks of all forms as the text of an ES module that runs without eval:
 * `export default (require) => ({ validators: { <form>: validate }, fingerprints: { <form>: text } })`.
 * ajv's code still calls `require` for two small helpers; `formFromStandalone` hands them in.
 */
export function standaloneValidators(forms: { readonly [form: string]: FormSchema }): string {
  const ids = Object.keys(forms).sort();
  const ajv = new Ajv2020({ ...ajvOptions, code: { source: true, esm: false, lines: true } });
  const names: { [name: string]: string } = {};
  const fingerprints: { [form: string]: string } = {};
  ids.forEach((id, i) => {
    const shape = shapeOf(forms[id] as FormSchema);
    ajv.addSchema(shape, `form${i}`);
    names[`v${i}`] = `form${i}`;
    fingerprints[id] = fingerprint(shape);
  });
  // ajv's function is a default export of CommonJS: what an import of it gives depends on who bundles.
  const generate = (
    typeof standaloneCode === 'function' ? standaloneCode : (standaloneCode as { default: unknown }).default
  ) as (ajv: Ajv2020, names: { [name: string]: string }) => string;
  const code = ids.length === 0 ? '' : generate(ajv, names);
  const table = ids.map((id, i) => `${JSON.stringify(id)}: exports.v${i}`).join(', ');
  return [
    'export default (require) => {',
    'const exports = {};',
    code,
    `return { validators: { ${table} }, fingerprints: ${JSON.stringify(fingerprints)} };`,
    '};',
    '',
  ].join('\n');
}
