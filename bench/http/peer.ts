import { mkdir, open, readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import express, { type Request, type Response } from 'express';
import type { CaseView } from '../../engine/contract/view.ts';
import { ajvOptions } from '../../engine/forms/compile.ts';
import { shapeOf } from '../../engine/forms/shape.ts';
import { step, view } from '../../engine/index.ts';
import { loadAll } from '../../engine/load.ts';
import type { Json, JsonObject } from '../../engine/model/json.ts';
import { publishedCalendar } from '../../server/calendar.ts';
import { DurableJson } from '../../server/store/file/durable-adapter.ts';
import { diskIo } from '../../server/store/file/io.ts';
import { casePath, documentPath } from '../../server/store/file/names.ts';
import type { CaseDocument } from '../../server/store/store.ts';
import { definitionFiles } from '../definitions.ts';
import { PROJECT } from './cases.ts';

/**
 * What somebody would write who needs no more: Express reads the same body and ajv validates the same forms with the same schemas
 * and options. No session, no secrets, nobody who may or may not. What it does then is its kind:
 *
 * - `appends`: as many bytes as we write of the case are appended to one file and fsynced; it says ok.
 * - `replaces`: the same bytes become the document of that case as our store makes one durable, so that they can be read again; it says ok.
 * - `steps`: the engine makes the step; the next case and its entry are appended and fsynced; it answers with the applicant's view.
 * - `keeps`: the same, with what has to be found again made durable as documents: the company's key, of which this page takes hold,
 *   then the case. It is the least that a hall does, if nobody may not, nothing is sealed and no list is asked.
 *
 * `peer.ts KIND FOLDER CASES OWNER`; CASES: a file with the cases by id, as JSON.
 */
const [kind = '', folder = '', casesFile = '', owner = ''] = process.argv.slice(2);
const loaded = loadAll(definitionFiles()).projects[PROJECT];
if (loaded === undefined) throw new Error('the definitions do not load: npx certflow check');
const definition = loaded;
const validators = new Map(
  Object.entries(definition.forms).map(([id, schema]) => [id, new Ajv2020(ajvOptions).compile(shapeOf(schema))]),
);
const cases = JSON.parse(await readFile(casesFile, 'utf8')) as { readonly [id: string]: CaseDocument };
const bytes = new Map(
  Object.entries(cases).map(([id, document]) => [id, Buffer.from(`${JSON.stringify(document)}\n`)]),
);
const log = await open(join(folder, `${kind}.log`), 'a');
const calendar = publishedCalendar();

interface Sent {
  readonly event: string;
  readonly forms: { readonly [form: string]: JsonObject };
}

const kinds: { readonly [kind: string]: (found: CaseDocument, sent: Sent) => Promise<unknown> } = {
  async appends(found) {
    await append(bytes.get(found.state.id) ?? Buffer.alloc(0));
    return { ok: true };
  },
  async replaces(found) {
    await replace(found);
    return { ok: true };
  },
  async steps(found, sent) {
    const { next, seen } = stepped(found, sent);
    await append(Buffer.from(`${JSON.stringify(next)}\n`));
    return seen;
  },
  async keeps(found, sent) {
    const { next, seen } = stepped(found, sent);
    const { id, reservations } = next.state;
    for (const name of Object.keys(reservations)) {
      const path = documentPath(folder, 'reservation', `${name}-${id}`);
      await new DurableJson(diskIo, path, fail).write({ caseId: id });
    }
    await replace(next);
    return seen;
  },
};
const work = kinds[kind];
if (work === undefined) throw new Error(`a kind is one of ${Object.keys(kinds).join(', ')}`);
if (kind === 'replaces' || kind === 'keeps') {
  for (const document of Object.values(cases)) {
    await mkdir(dirname(casePath(folder, document.state.id)), { recursive: true });
    await mkdir(dirname(documentPath(folder, 'reservation', 'any')), { recursive: true });
    await replace(document);
  }
}

const app = express();
app.disable('x-powered-by');
app.post('/api/cases/:id/events', express.json({ limit: '1mb' }), async (request: Request, response: Response) => {
  const sent = request.body as Sent;
  for (const [id, values] of Object.entries(sent.forms)) {
    const validate = validators.get(id);
    if (validate === undefined || !validate(values)) {
      response.status(422).json({ error: { fields: validate?.errors ?? id } });
      return;
    }
  }
  const found = cases[String(request.params.id)];
  if (found === undefined) throw new Error('no such case');
  response.json(await work(found, sent));
});
const server = app.listen(0, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});

function stepped(
  found: CaseDocument,
  { event, forms }: Sent,
): { readonly next: CaseDocument; readonly seen: CaseView } {
  const actor = { id: owner, roles: ['applicant'] };
  const env = { now: Date.now(), calendar };
  const made = step(definition, found.state, { kind: 'event', event, actor, forms }, env);
  if (made.kind === 'refused') throw new Error(JSON.stringify(made.blockers));
  const journal = [...found.journal, made.entry];
  const next = { ...found, state: made.next, journal };
  return { next, seen: view(definition, made.next, actor, journal, env, found.notices) };
}

async function append(given: Buffer): Promise<void> {
  await log.write(given);
  await log.sync();
}

async function replace(document: CaseDocument): Promise<void> {
  await new DurableJson(diskIo, casePath(folder, document.state.id), fail).write(document as unknown as Json);
}

function fail(message: string): never {
  throw new Error(message);
}
