import type { ErasurePlan } from '../../engine/contract/routes.ts';
import { locale, t } from '../app/texts/index.ts';
import { Fault, faultOf } from './fault.ts';
import { request } from './http.ts';

/** What is a person's own: the routes of server/http/routes/privacy.ts, fetched with the page that needs them. */
export const privacy = {
  /** The archive. @throws Fault */
  async exported(password: string): Promise<Blob> {
    const headers = { 'content-type': 'application/json', 'accept-language': locale() };
    const init: RequestInit = {
      method: 'POST',
      credentials: 'same-origin',
      headers,
      body: JSON.stringify({ password }),
    };
    const answer = await fetch('/api/account/export', init).catch(() => null);
    if (answer === null) throw new Fault(0, 'offline', t('fault.offline'));
    if (answer.ok) return answer.blob();
    throw faultOf(answer.status, await answer.text(), t('fault.unreadable', { status: answer.status }));
  },
  plan: (): Promise<ErasurePlan> => request('GET', '/api/account/erasure'),
  erase: (password: string): Promise<ErasurePlan> => request('POST', '/api/account/erasure', { password }),
};
