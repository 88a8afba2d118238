import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compileForm } from '../../engine/forms/compile.ts';
import { formFromStandalone, smallest, type ValidatorModule, validateForm } from '../../engine/forms/live.ts';
import type { FormSchema } from '../../engine/model/definition.ts';

const schemas = Object.fromEntries(
  readdirSync('forms')
    .filter((name) => name.endsWith('.form.json'))
    .map((name) => [name.replace('.form.json', ''), JSON.parse(readFileSync(`forms/${name}`, 'utf8')) as FormSchema]),
);

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'noeval-'));
  // The server makes the module where eval is allowed; the browser, like this process, only runs it.
  const script = `
    import { readFileSync } from 'node:fs';
    import { standaloneValidators } from './engine/forms/index.ts';
    process.stdout.write(standaloneValidators(JSON.parse(readFileSync(0, 'utf8'))));`;
  const text = execFileSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    input: JSON.stringify(schemas),
    env: { ...process.env, NODE_OPTIONS: '' },
    maxBuffer: 64 * 1024 * 1024,
  });
  writeFileSync(join(folder, 'validators.mjs'), text);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('this process makes no code from strings', () => {
  expect(() => new Function('return 1')).toThrow();
});

test('compileForm alone cannot work here', () => {
  const [id = ''] = Object.keys(schemas);
  expect(() => compileForm(id, structuredClone(schemas[id]) as FormSchema)).toThrow();
});

test('with the server’s validators every form is judged, and compileForm finds them', async () => {
  const module = (await import(pathToFileURL(join(folder, 'validators.mjs')).href)) as ValidatorModule;
  const forms = formFromStandalone(module, schemas);
  for (const [id, form] of Object.entries(forms)) {
    expect(compileForm(id, schemas[id] as FormSchema)).toBe(form);
    const context = { forms: { other: { name: '示例' } }, settings: {}, secrets: 'verdict' as const };
    expect(Array.isArray(validateForm(form, smallest(form, context), context))).toBe(true);
  }
  const agent = forms.agent;
  expect(
    agent && validateForm(agent, { mobile: '1380000000' }, { forms: {}, settings: {} }).map((error) => error.message),
  ).toContain('少 1 位，请输入 11 位手机号码');
});
