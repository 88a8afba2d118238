import { expect, test } from 'vitest';
import type { Effect } from '../../../engine/model/effect.ts';
import { assemble } from '../../../server/cases/commit.ts';
import { createSecrets } from '../../../server/cases/secrets.ts';
import { createCrypto } from '../../../server/crypto/crypto.ts';
import { parseKeyRing } from '../../../server/crypto/keys.ts';
import type { CaseDocument } from '../../../server/store/store.ts';
import { caseDocument, caseState } from '../../support/case-document.ts';

const secrets = createSecrets(createCrypto(parseKeyRing(`k1:${Buffer.alloc(32, 7).toString('base64')}`)));
const told = (key: string, text = key): Effect => ({ kind: 'notice', key, notice: 'n', by: 'inbox', to: null, text });

function after(document: CaseDocument, effects: readonly Effect[], now = 9): CaseDocument {
  const entry = {
    revision: 2,
    at: now,
    by: 'x',
    part: 'x',
    what: 'event:X',
    left: [],
    entered: [],
    proved: [],
    voided: [],
  };
  return assemble(
    document,
    {
      next: caseState('c', { revision: 2 }),
      effects,
      entry: { ...entry, counted: [], recorded: [], notified: [], changed: [], title: '' },
      ...{ now, consumed: [], burn: [], once: () => false, answered: null, more: [] },
    },
    secrets,
  );
}

test('a message for the inbox stands there with the commit and is in no outbox; its key is one message', () => {
  const first = after(caseDocument('c'), [told('c:2:0'), told('c:2:1')]);
  expect(first.inbox).toEqual([
    { key: 'c:2:0', at: 9, text: 'c:2:0' },
    { key: 'c:2:1', at: 9, text: 'c:2:1' },
  ]);
  expect(first.outbox).toEqual([]);
  expect(after(first, [told('c:2:1', 'once more'), told('c:3:0')]).inbox?.map(({ text }) => text)).toEqual([
    'c:2:0',
    'c:2:1',
    'c:3:0',
  ]);
  expect('inbox' in after(caseDocument('c'), [])).toBe(false);
});

test('the values are erased: the inbox is empty in the same commit', () => {
  const first = after(caseDocument('c'), [told('c:2:0')]);
  expect('inbox' in after(first, [{ kind: 'erase', key: 'c:3:0', what: 'values' }])).toBe(false);
  expect(after(first, [{ kind: 'erase', key: 'c:3:0', what: 'files' }]).inbox).toHaveLength(1);
});

test('what was written stays with a step, and goes with the values', () => {
  const talk = { messages: [{ key: 'a:1', at: 1, by: 'a', role: 'r', text: 'words' }], read: { a: 1 } };
  const first = after({ ...caseDocument('c'), talk }, []);
  expect(first.talk).toEqual(talk);
  expect('talk' in after(first, [{ kind: 'erase', key: 'c:3:0', what: 'values' }])).toBe(false);
  expect(after(first, [{ kind: 'erase', key: 'c:3:0', what: 'files' }]).talk).toEqual(talk);
});

test('no more than two hundred messages of a case', () => {
  const many = after(
    caseDocument('c'),
    Array.from({ length: 250 }, (_, n) => told(`c:2:${n}`)),
  );
  expect(many.inbox).toHaveLength(200);
  expect(many.inbox?.at(-1)?.key).toBe('c:2:249');
});
