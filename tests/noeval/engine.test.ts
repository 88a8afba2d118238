import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { formFromStandalone, type ValidatorModule } from '../../engine/forms/live.ts';
import { load } from '../../engine/load.ts';
import { runScenario } from '../../engine/simulate/index.ts';
import { files } from '../engine/run/loan.ts';

const definition = load(files, 'demo').definition;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'noeval-'));
  const script = `
    import { readFileSync } from 'node:fs';
    import { standaloneValidators } from './engine/forms/index.ts';
    process.stdout.write(standaloneValidators(JSON.parse(readFileSync(0, 'utf8'))));`;
  const text = execFileSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    input: JSON.stringify(definition?.forms),
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  writeFileSync(join(folder, 'validators.mjs'), text);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('definitions are read, composed, checked, compiled and played as the lab does it', async () => {
  expect(() => new Function('return 1')).toThrow();
  if (definition === null) throw new Error('not loaded');
  const module = (await import(pathToFileURL(join(folder, 'validators.mjs')).href)) as ValidatorModule;
  formFromStandalone(module, definition.forms);
  const steps = [
    { do: 'NEXT' },
    { do: 'REJECT', fill: { opinion: { flags: [{ field: 'item.days', reason: '太长' }] } } },
    { do: 'RESUBMIT', fill: { item: { days: 1 } } },
    { do: 'APPROVE' },
    { do: 'APPROVE' },
    { notice: 'PAID' },
    { do: 'PAY_BACK' },
    { expect: { at: 'main.done', over: true } },
  ];
  expect(runScenario(definition, { scenario: '走一遍', project: 'demo', steps }).failure).toBeNull();
});
