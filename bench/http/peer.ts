import { open, readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { Ajv2020 } from 'ajv/dist/2020.js';
import express, { type Request, type Response } from 'express';
import { ajvOptions } from '../../engine/forms/compile.ts';
import { shapeOf } from '../../engine/forms/shape.ts';
import { loadAll } from '../../engine/load.ts';
import { definitionFiles } from '../definitions.ts';
import { PROJECT } from './cases.ts';

/**
 * What somebody would write who needs no more: Express reads the same body, ajv validates the same forms with the same schemas
 * and options, as many bytes as we write for the step are appended and fsynced, and the answer says so. No session, no case,
 * nobody who may or may not.
 */
const [log = '', written = ''] = process.argv.slice(2);
const definition = loadAll(definitionFiles()).projects[PROJECT];
if (definition === undefined) throw new Error('the definitions do not load: npx certflow check');
const validators = new Map(
  Object.entries(definition.forms).map(([id, schema]) => [id, new Ajv2020(ajvOptions).compile(shapeOf(schema))]),
);
const bytes = await readFile(written);
const file = await open(log, 'a');

const app = express();
app.disable('x-powered-by');
app.post('/api/cases/:id/events', express.json({ limit: '1mb' }), async (request: Request, response: Response) => {
  const { forms } = request.body as { forms: { [form: string]: unknown } };
  for (const [id, values] of Object.entries(forms)) {
    const validate = validators.get(id);
    if (validate === undefined || !validate(values)) {
      response.status(422).json({ error: { fields: validate?.errors ?? id } });
      return;
    }
  }
  await file.write(bytes);
  await file.sync();
  response.json({ ok: true });
});
const server = app.listen(0, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
