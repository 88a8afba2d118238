import type { CaseState, RecordEntry } from '../../engine/model/case.ts';
import type { Json, JsonObject } from '../../engine/model/json.ts';
import type { Crypto } from '../crypto/crypto.ts';
import { fixed } from './fixed.ts';
import { KnownSeals } from './known-seals.ts';
import type { Beside, Kept } from './listing.ts';
import { MOST_REMEMBERED, Recent } from './recent.ts';
import { openEffect, sealEffect, withEffect } from './sealed-effects.ts';
import { mapObject, openValue, type Sealer, type SensitiveSchemas, sealValue, unknown } from './sensitive.ts';
import {
  type CaseDocument,
  INDEX_KIND,
  type OutboxEntry,
  type Store,
  type StoredDocument,
  type TalkMessage,
} from './store.ts';
import { UnderWay } from './under-way.ts';

/** Documents that hold what people typed or were told: sealed as a whole. */
export const SEALED_KINDS: ReadonlySet<string> = new Set([
  'draft',
  'file',
  'deskNotice',
  'reading',
  'audit',
  'account',
  'company',
  'oidcFlow',
  'deadLetter',
  'bankLine',
  'settlement',
  'difference',
  'batch',
  'work',
  'portalClient',
  'batchDraft',
  INDEX_KIND,
]);

/** What a store keeps beside a case that answers lists itself. */
export type Describe = (document: CaseDocument, kept: Kept) => Beside;

export interface SealedStore extends Store {
  /** What was begun, with keys that may have changed since, has ended. */
  settled(): Promise<void>;
}

/** The schemas of a release have not been loaded yet. */
class SchemasMissing extends Error {
  readonly release: string;
  constructor(release: string) {
    super(`schemas of release ${release} are not loaded`);
    this.release = release;
  }
}

/**
 * A store that keeps personal data encrypted at rest. What the schemas of a case's release mark `x-sensitive` is sealed
 * field by field in forms and records; inputs of calls and texts of notices are sealed whole while they wait.
 * `schemas` gives the schemas of a release (loaded on demand, immutable), `describing` how its cases are described for lists.
 */
export function sealedStore(
  inner: Store,
  crypto: Crypto,
  schemas: (release: string) => Promise<SensitiveSchemas>,
  describing?: (release: string) => Promise<Describe>,
): SealedStore {
  const loaded = new Map<string, SensitiveSchemas & { readonly describe: Describe | null }>();
  const releaseOf = new Recent<string>(MOST_REMEMBERED);
  const seals = new KnownSeals(crypto.isCurrent);
  /** What was sealed as it was before, by its sealed state: a store that gives back what was written gives nothing to open. */
  const plains = new WeakMap<CaseState, { readonly sealed: CaseDocument; readonly plain: CaseDocument }>();
  /** The documents in the clear of `plains`: frozen. */
  const givenBack = new WeakSet<CaseDocument>();
  const underWay = new UnderWay();

  async function ensure(release: string): Promise<void> {
    if (loaded.has(release)) return;
    const describe = inner.listing && describing ? await describing(release) : null;
    loaded.set(release, { ...(await schemas(release)), describe });
  }
  const sealerOf = (caseId: string): Sealer => ({
    seal: (plain, path) => crypto.sealText('field', plain, `${caseId}/${path}`),
    open: (sealed, path) => crypto.openText('field', sealed, `${caseId}/${path}`),
  });

  /** @param kept where lists will say something else of it than before @param before what it was made of, as it was opened */
  function seal(document: CaseDocument, kept: Kept | null, before?: CaseDocument): CaseDocument {
    const { state } = document;
    const rules = loaded.get(state.release);
    if (!rules) throw new SchemasMissing(state.release);
    const plain = sealerOf(state.id);
    const { seal: sealText, part } = seals.sealing(state.id, plain);
    const sealer = { ...plain, seal: sealText };
    const isGivenBack =
      inner.lookCase !== undefined && fixed(document, before && givenBack.has(before) ? before : undefined);
    const sealPart = (value: Json, path: string, by: Json | undefined): Json => {
      const make = (): Json => sealValue(by, value, path, sealer);
      return isGivenBack ? part(value, path, by, make) : make();
    };
    const forms: { [form: string]: JsonObject } = {};
    for (const [form, values] of Object.entries(state.forms)) {
      forms[form] = sealPart(values, `forms.${form}`, (rules.forms[form] as Json | undefined) ?? unknown) as JsonObject;
    }
    const records: { [record: string]: RecordEntry[] } = {};
    for (const [record, entries] of Object.entries(state.records)) {
      const by = rules.records[record] ?? unknown;
      records[record] = entries.map((entry, n) => ({
        ...entry,
        data: sealPart(entry.data, `records.${record}.${n}`, by) as JsonObject,
      }));
    }
    const sealEntry = (entry: OutboxEntry) => withEffect(entry, sealEffect(entry.effect, sealer));
    const sealed: CaseDocument = {
      ...document,
      state: { ...state, forms, records, ...aside(state, (value, path) => sealPart(value, path, unknown)) },
      outbox: document.outbox.map(sealEntry),
      ...(document.unknown && { unknown: document.unknown.map(sealEntry) }),
      ...told(document, (text, path) => sealPart(text, path, unknown)),
    };
    if (isGivenBack) remember(sealed, document);
    return kept && inner.listing ? { ...sealed, beside: rules.describe?.(document, kept) ?? null } : sealed;
  }

  function open(document: CaseDocument): CaseDocument {
    const { state } = document;
    releaseOf.set(state.id, state.release, state.release.length);
    const made = plains.get(state);
    if (made && isSame(made.sealed, document)) return made.plain;
    const plain = sealerOf(state.id);
    const sealer = { ...plain, open: seals.opening(state.id, plain) };
    const forms = openValue(state.forms as JsonObject, 'forms', sealer) as { [form: string]: JsonObject };
    const records: { [record: string]: RecordEntry[] } = {};
    for (const [record, entries] of Object.entries(state.records)) {
      records[record] = entries.map((entry, n) => ({
        ...entry,
        data: openValue(entry.data, `records.${record}.${n}`, sealer) as JsonObject,
      }));
    }
    const opened = (entry: OutboxEntry) => withEffect(entry, openEffect(entry.effect, sealer));
    // Texts and answers of folders that are older than their sealing stand in the clear and are taken as they are.
    const inClear: CaseDocument = {
      ...document,
      state: { ...state, forms, records, ...aside(state, (value, path) => openValue(value, path, sealer)) },
      outbox: document.outbox.map(opened),
      ...(document.unknown && { unknown: document.unknown.map(opened) }),
      ...told(document, (text, path) => openValue(text, path, sealer)),
    };
    if (inner.lookCase && fixed(inClear)) remember(document, inClear);
    return inClear;
  }
  function remember(sealed: CaseDocument, plain: CaseDocument): void {
    plains.set(sealed.state, { sealed, plain });
    givenBack.add(plain);
  }

  function sealDocument(kind: string, id: string, data: Json): Json {
    if (!SEALED_KINDS.has(kind)) return data;
    return { sealed: crypto.sealText('document', JSON.stringify(data), `${kind}/${id}`) };
  }
  function openDocument(kind: string, id: string, document: StoredDocument): StoredDocument {
    if (!SEALED_KINDS.has(kind)) return document;
    const { sealed } = document.data as { sealed: string };
    return {
      version: document.version,
      data: JSON.parse(crypto.openText('document', sealed, `${kind}/${id}`)) as Json,
    };
  }

  const store: SealedStore = {
    settled: () => underWay.settled(),
    async readCase(id, atLeast) {
      const document = await (inner.lookCase ? inner.lookCase(id, atLeast) : inner.readCase(id, atLeast));
      return document && open(document);
    },
    async createCase(document) {
      await ensure(document.state.release);
      releaseOf.set(document.state.id, document.state.release, document.state.release.length);
      await inner.createCase(seal(document, NOTHING_KEPT));
    },
    async updateCase(id, change, expected) {
      // `change` is synchronous: the schemas by which its result is sealed have to be there before.
      const release = releaseOf.get(id) ?? (await inner.readCase(id))?.state.release;
      if (release !== undefined) await ensure(release);
      // What the change made, before it was sealed: to open it again would tell nothing new.
      let plain: CaseDocument | null = null;
      const update = () =>
        inner.updateCase(
          id,
          (now, kept = NOTHING_KEPT) => {
            const opened = open(now);
            const next = change(opened);
            plain = next ?? opened;
            return next && seal(next, isSameInLists(opened, next) ? null : kept, opened);
          },
          expected,
        );
      await update().catch(async (error: unknown) => {
        // The change put the case under another release; nothing was written.
        if (!(error instanceof SchemasMissing)) throw error;
        await ensure(error.release);
        return update();
      });
      if (plain === null) throw new Error(`the store did not ask for the change of case ${id}`);
      return plain;
    },
    listCases: () => inner.listCases(),
    async readDocument(kind, id) {
      const document = await inner.readDocument(kind, id);
      return document && openDocument(kind, id, document);
    },
    async writeDocument(kind, id, data, expected) {
      const { version } = await inner.writeDocument(kind, id, sealDocument(kind, id, data), expected);
      return { version, data };
    },
    removeDocument: (kind, id, expected) => inner.removeDocument(kind, id, expected),
    async *listDocuments(kind) {
      const all = inner.listDocuments(kind)[Symbol.asyncIterator]();
      const next = async () => {
        const { value, done } = await all.next();
        return done ? null : { id: value.id, document: openDocument(kind, value.id, value.document) };
      };
      for (let one = await underWay.run(next); one; one = await underWay.run(next)) yield one;
    },
    damaged: () => inner.damaged(),
    pause: (job) => inner.pause(job),
    trouble: () => inner.trouble(),
    close: () => inner.close(),
    ...(inner.listing && { listing: inner.listing }),
  };
  return {
    ...store,
    readCase: (...given) => underWay.run(() => store.readCase(...given)),
    createCase: (...given) => underWay.run(() => store.createCase(...given)),
    updateCase: (...given) => underWay.run(() => store.updateCase(...given)),
    readDocument: (...given) => underWay.run(() => store.readDocument(...given)),
    writeDocument: (...given) => underWay.run(() => store.writeDocument(...given)),
  };
}

const NOTHING_KEPT: Kept = { course: null };

/** Of the very same parts. */
function isSame(one: CaseDocument, other: CaseDocument): boolean {
  const parts = Object.keys(one) as (keyof CaseDocument)[];
  return parts.length === Object.keys(other).length && parts.every((part) => one[part] === other[part]);
}

/** What waits to be sent stands in no list. */
function isSameInLists(before: CaseDocument, after: CaseDocument): boolean {
  return (['state', 'talk', 'inbox', 'company', 'secrets'] as const).every((part) => before[part] === after[part]);
}

type Change = (value: Json, path: string) => Json;

/**
 * What others answered while nobody waited, and what was asked of them: data of a contract, whose schema marks nothing. And
 * the keys that the case holds, which are made of its data.
 */
function aside(
  { parked, calls, reservations }: CaseState,
  change: Change,
): Pick<CaseState, 'parked' | 'calls' | 'reservations'> {
  return {
    reservations: mapObject(reservations, (key, id) => change(key, `reservations.${id}`)) as CaseState['reservations'],
    parked: mapObject(parked as unknown as JsonObject, (one, address) => {
      const { outcomes, ...rest } = one as unknown as CaseState['parked'][string];
      return {
        ...rest,
        outcomes: outcomes.map((outcome, n) =>
          outcome.data === undefined
            ? outcome
            : { ...outcome, data: change(outcome.data, `parked.${address}.${n}`) as JsonObject },
        ),
      } as unknown as Json;
    }) as unknown as CaseState['parked'],
    calls: mapObject(calls as unknown as JsonObject, (one, address) => {
      const { asked } = one as unknown as CaseState['calls'][string];
      return asked === undefined ? one : { ...(one as JsonObject), asked: change(asked, `calls.${address}`) };
    }) as unknown as CaseState['calls'],
  };
}

/** What was told on the page and in the inbox, and what was written. Their place moves when old ones are dropped: bound to the time, the key. */
function told(
  { notices, inbox, talk }: CaseDocument,
  change: Change,
): Pick<CaseDocument, 'notices' | 'inbox' | 'talk'> {
  const written = ({ key, text }: TalkMessage): string => change(text, `talk.${key}`) as string;
  return {
    ...(talk && { talk: { ...talk, messages: talk.messages.map((one) => ({ ...one, text: written(one) })) } }),
    notices: notices.map((one) => ({ ...one, text: change(one.text, `notices.${one.at}`) as string })),
    ...(inbox && { inbox: inbox.map((one) => ({ ...one, text: change(one.text, `inbox.${one.key}`) as string })) }),
  };
}
