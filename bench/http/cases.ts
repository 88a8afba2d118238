import type { CaseView } from '../../engine/contract/view.ts';
import type { JsonObject } from '../../engine/model/json.ts';
import type { CaseDocument } from '../../server/store/store.ts';
import { creditCode } from '../../tests/support/credit-code.ts';
import { fillTask, press } from '../../tests/support/filling.ts';
import { Client, mineOf, testServer } from '../../tests/support/server.ts';

/** A case that waits for its applicant to send the forms of a task, the forms as they are sent, and the case as it is kept. */
export interface Waiting {
  readonly id: string;
  readonly forms: { readonly [form: string]: JsonObject };
  readonly document: CaseDocument;
}

export const PROJECT = 'szmg';
export const ACCOUNT = 'applicant';
export const SUBMIT = 'NEXT';
/** That page has so many forms at least. */
const FORMS = 4;

/**
 * Cases of one applicant, at the page with the most to fill in; made in this process, on the folder that is served after it.
 */
export async function waitingCases(dataDir: string, count: number): Promise<readonly Waiting[]> {
  const running = await testServer({ dataDir, sandbox: false });
  try {
    const client = await new Client(running.url).logIn(ACCOUNT);
    const made: Waiting[] = [];
    for (let n = 0; n < count; n += 1) {
      const { status, body } = await client.ask<{ id: string }>('POST', '/api/cases', { project: PROJECT });
      if (status !== 200) throw new Error(`a case: ${status} ${JSON.stringify(body)}`);
      const { id } = body;
      // One company may have one open case.
      const over = { organization: { number: creditCode(n + 1) } };
      while (formsToFill(await client.view(id)) < FORMS) await press(running, client, id, SUBMIT, { over });
      const forms = await fillTask(running, client, id, over);
      made.push({ id, forms, document: (await running.context.cases.read(id)).document });
    }
    return made;
  } finally {
    await running.close();
  }
}

function formsToFill(view: CaseView): number {
  return (mineOf(view)?.sections ?? []).filter((one) => one.kind === 'form' && one.mode === 'edit').length;
}

/** The button that leads back to the page after it was sent, if there is one. */
export function wayBack(view: CaseView): string {
  const task = mineOf(view);
  const found = task?.offers.find(({ event }) => event === 'EDIT' || event === 'BACK');
  if (!found) throw new Error(`no way back: ${task?.offers.map(({ event }) => event).join()}`);
  return found.event;
}
