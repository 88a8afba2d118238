import type { CaseDocument, SentNotice } from '../store/store.ts';

/** Of a case: enough for whoever says that nothing came, little enough to be written with every step. */
const MOST = 5;

/** The notice has left the outbox and is known as sent. */
export function withSent(document: CaseDocument, sent: SentNotice): CaseDocument {
  const { key } = sent.effect;
  return {
    ...document,
    outbox: document.outbox.filter(({ effect }) => effect.key !== key),
    sent: [...(document.sent ?? []).filter(({ effect }) => effect.key !== key), sent].slice(-MOST),
  };
}

/** Where a notice that was sent again has its number: each time is a message of its own, also for the gateway. */
const AGAIN = '/again/';

/** The same notice once more, under a key of its own; null while the last time is still under way or there is no such notice. */
export function sendAgain(document: CaseDocument, key: string, now: number): CaseDocument | null {
  const sent = document.sent?.find(({ effect }) => effect.key === key);
  if (!sent) return null;
  const [first = '', count = '0'] = key.split(AGAIN);
  const effect = { ...sent.effect, key: `${first}${AGAIN}${Number(count) + 1}` };
  if (document.outbox.some((entry) => entry.effect.key === effect.key)) return null;
  return {
    ...document,
    // What was sent anew takes the place of the time before.
    sent: document.sent?.map((one) => (one === sent ? { ...sent, effect } : one)) ?? [],
    outbox: [...document.outbox, { effect, since: now, tries: 0, due: now }],
  };
}
