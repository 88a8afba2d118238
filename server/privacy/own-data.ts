import type { Json } from '../../engine/model/json.ts';
import { APPLICANT, type Person } from '../accounts/accounts.ts';
import type { Context } from '../context.ts';
import type { CaseDocument } from '../store/store.ts';

/** A file of the archive that a person gets. */
export interface OwnFile {
  readonly path: string;
  readonly bytes: Buffer;
}

/** Entries of the log that are looked through for those about the person's own cases. */
const MOST_AUDIT = 20_000;

/**
 * Everything that the hall holds of a person: the account, their cases with what they typed, sent and were told, their files,
 * their tables, and who looked at masked values of theirs. What staff wrote for each other is not theirs.
 */
export async function* ownData(context: Context, person: Person): AsyncGenerator<OwnFile> {
  const { cases, batches, config } = context;
  const { id, account, name } = person;
  yield json('account.json', { id, account, name });
  const own = await cases.lists.ownedBy(person.id);
  for (const entry of own) {
    const { document } = await cases.read(entry.id);
    const folder = `cases/${document.state.number || entry.id}`;
    yield json(`${folder}/case.json`, await caseOf(context, document, person));
    for (const file of await context.vault.of(entry.id)) {
      if (file.erasedAt !== undefined || file.by !== person.id) continue;
      yield { path: `${folder}/files/${file.id.slice(0, 8)}-${file.name}`, bytes: await context.vault.read(file) };
    }
  }
  const tables = await batches.of(person.id);
  if (tables.length > 0) yield json('tables.json', tables as unknown as Json);
  const mine = new Set(own.map((entry) => entry.id));
  const looks = (await context.audit.newest(MOST_AUDIT)).filter(
    ({ caseId, person: by }) => mine.has(String(caseId)) || by === person.id,
  );
  // Who of the staff it was is known to the hall; the person is told when, what and why.
  yield json(
    'access.json',
    looks.map(({ at, action, path = '', reason = '' }) => ({ at, action, path, reason })),
  );
  yield json('about.json', { hall: config.outside.publicUrl, madeAt: context.clock.now(), cases: own.length });
}

async function caseOf(context: Context, document: CaseDocument, person: Person): Promise<Json> {
  const { engine, cases, releases, drafts } = context;
  const { state, journal, notices, inbox = [], talk } = document;
  const definition = await releases.definition(state.release);
  const actor = { id: person.id, roles: [APPLICANT] };
  const view = engine.view(definition, state, actor, journal, cases.env(), notices);
  const records = Object.entries(state.records).map(([record, entries]) => [
    record,
    entries.filter(({ by }) => by === person.id).map(({ at, data }) => ({ at, data })),
  ]);
  return {
    number: state.number,
    project: view.project.title,
    workflow: view.workflow.title,
    status: view.status.label,
    createdAt: view.createdAt,
    updatedAt: view.updatedAt,
    forms: state.forms,
    draft: (await drafts.read(state.id, APPLICANT)).forms,
    records: Object.fromEntries(records),
    timeline: view.timeline,
    notices,
    messages: inbox.map(({ at, text }) => ({ at, text })),
    talk: (talk?.messages ?? []).map(({ at, text, by }) => ({ at, text, own: by === person.id })),
  } as unknown as Json;
}

const json = (path: string, data: Json): OwnFile => ({ path, bytes: Buffer.from(JSON.stringify(data, null, 2)) });
