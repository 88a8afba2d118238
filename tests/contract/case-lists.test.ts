import { afterAll, vi } from 'vitest';
import { besideOf, openEntry } from '../../server/cases/beside.ts';
import { CaseIndex } from '../../server/cases/index-of-cases.ts';
import { listsInMemory } from '../../server/cases/lists-in-memory.ts';
import { openPostgres } from '../../server/store/postgres/open.ts';
import type { CaseDocument } from '../../server/store/store.ts';
import { testCrypto } from '../support/accounts.ts';
import { caseDocument, caseState } from '../support/case-document.ts';
import { NOW, noDefinition } from '../support/many-entries.ts';
import { testPostgres } from '../support/postgres.ts';
import { caseListsContract } from './case-lists.contract.ts';

// A busy machine is no reason to fail.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

caseListsContract('in memory', async () => {
  const index = new CaseIndex();
  return {
    lists: listsInMemory(index),
    put: async (entry) => index.load([entry]),
    close: async () => undefined,
  };
});

const postgres = await testPostgres();
afterAll(() => postgres?.stop());

if (postgres)
  caseListsContract('PostgreSQL', async () => {
    const onFatal = (message: string): never => {
      throw new Error(message);
    };
    const { store } = await openPostgres({ url: await postgres.fresh(), onFatal });
    const plain = testCrypto();
    // Blind keys that a test can write down.
    const crypto = { ...plain, digest: (_: string, text: string) => Buffer.from(`about ${text}`).toString('hex') };
    const env = { now: NOW, calendar: { until: '', days: {} } } as never;
    return {
      lists: store.listing.lists('form', (id, sealed) => openEntry(plain, id, sealed)),
      async put(entry) {
        const { id, number, project, over, createdAt, revision } = entry;
        const document = caseDocument(id, { state: caseState(id, { number, project, over, createdAt, revision }) });
        const described = besideOf(document, noDefinition, entry, { course: null }, { crypto, form: 'form', env });
        const about = described.about === null ? null : `about ${entry.subject}`;
        const written: CaseDocument = { ...document, beside: { ...described, about } };
        if ((await store.readCase(id)) === null) await store.createCase(written);
        else await store.updateCase(id, () => written);
      },
      close: () => store.close(),
    };
  });
