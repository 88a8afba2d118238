import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { FileReference, Recognised } from '../../../engine/contract/routes.ts';
import { createRecognizer, type Recognizer } from '../../../server/connectors/ocr/index.ts';
import { filesOfProject, readReleaseFiles } from '../../../server/releases/files.ts';
import type { Running } from '../../../server/server.ts';
import { fillTask } from '../../support/filling.ts';
import { type Client, DEFINITIONS, testServer } from '../../support/server.ts';
import { caseAt, freshNumber } from '../../support/walk.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 60_000 });

let running: Running;
const engines: Recognizer[] = [];
beforeAll(async () => {
  running = await testServer({}, { files: filesOfProject(await readReleaseFiles(DEFINITIONS), 'szmg') });
});
afterAll(async () => {
  for (const engine of engines) engine.stop();
  await running.close();
});

/** Lets the server read with this engine. */
function readWith(engine: Recognizer): void {
  engines.push(engine);
  vi.spyOn(running.context.recognizer, 'recognize').mockImplementation((picture) => engine.recognize(picture));
}

async function licenceOf(client: Client, id: string): Promise<FileReference> {
  const picture = await readFile('server/sandbox/samples/business-licence.jpg');
  const { status, body } = await client.upload(id, 'organization', 'licence', 'licence.jpg', picture);
  expect(status).toBe(200);
  return (body as unknown as { file: FileReference }).file;
}

const read = (client: Client, id: string, file: FileReference) =>
  client.ask<Recognised>('POST', `/api/cases/${id}/files/${file.id}/recognition`, {});

test('U-04 what was read fills the form; the person corrects the name, and that is what counts', async () => {
  // The engine itself; a busy machine only gets more time.
  readWith(createRecognizer({ limit: 150_000, patience: 160_000 }));
  const { client, id } = await caseAt(running, 2);
  const licence = await licenceOf(client, id);
  const { status, body } = await read(client, id, licence);
  expect(status).toBe(200);
  const name = body.fields.name?.value ?? '';
  expect(name).not.toBe('');

  const corrected = `${name.slice(0, -4)}股份有限公司`;
  const filled = Object.fromEntries(Object.entries(body.fields).map(([field, { value }]) => [field, value]));
  const forms = await fillTask(running, client, id, {
    organization: { ...filled, name: corrected, number: freshNumber() },
    bank: { accountName: corrected },
  });
  forms.organization = { ...forms.organization, licence: { ...licence } };
  const sent = await client.send(id, 'NEXT', { forms });
  expect(sent.status, JSON.stringify(sent.body.error)).toBe(200);
  const { document } = await running.context.cases.read(id);
  expect(document.state.forms.organization).toMatchObject({ name: corrected, licence: { id: licence.id } });
  // Reading it again, when somebody goes back, changes nothing of what was sent.
  await client.send(id, 'BACK');
  await read(client, id, licence);
  expect((await running.context.cases.read(id)).document.state.forms.organization?.name).toBe(corrected);
});

test('a picture that is broken is refused at the door and hurts nobody: the next one is read', async () => {
  readWith(createRecognizer({ limit: 150_000, patience: 160_000 }));
  const { client, id } = await caseAt(running, 2);
  const whole = await readFile('server/sandbox/samples/business-licence.jpg');
  const inside = Buffer.concat([whole.subarray(0, 160), Buffer.alloc(whole.length - 320, 0x5a), whole.subarray(-160)]);
  for (const broken of [whole.subarray(0, 400), inside]) {
    const { status } = await client.upload(id, 'organization', 'licence', 'licence.jpg', broken);
    expect(status).toBe(422);
  }
  const { body } = await read(client, id, await licenceOf(client, id));
  expect(body.fields.name?.value).toBeTruthy();
});

test('U-05 the engine that reads is down: nothing is filled in, everything can be typed and sent', async () => {
  const program = join(await mkdtemp(join(tmpdir(), 'certflow-reader-')), 'reader.mjs');
  await writeFile(program, 'process.exit(1);\n');
  readWith(createRecognizer({ program }));
  const { client, id } = await caseAt(running, 2);
  const licence = await licenceOf(client, id);
  const { status, body } = await read(client, id, licence);
  expect({ status, body }).toEqual({ status: 200, body: { fields: {} } });
  const forms = await fillTask(running, client, id, { organization: { number: freshNumber() } });
  forms.organization = { ...forms.organization, licence: { ...licence } };
  const sent = await client.send(id, 'NEXT', { forms });
  expect(sent.status, JSON.stringify(sent.body.error)).toBe(200);
  expect((await running.context.cases.read(id)).document.state.forms.organization).toMatchObject({
    licence: { id: licence.id },
  });
});
