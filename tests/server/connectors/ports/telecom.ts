import { createHmac } from 'node:crypto';
import { type Deed, type Got, type Notice, Provider, type Read, type Said, sortedForm } from './provider.ts';

const differs: { readonly [ours: string]: string } = { name: 'NAME', number: 'CARD', mobile: 'MOBILE' };
const codes: { readonly [outcome: string]: string } = { MATCH: 'SAME', MISMATCH: 'OTHER', NO_RECORD: 'NONE' };

/** The aggregator of workflows/connectors/telecom: a form, HMAC over its sorted parameters; it answers at once. */
export class Telecom extends Provider {
  readonly id = 'telecom';
  readonly env = { CERTFLOW_SECRET_TELECOM_APP: 'app-7', CERTFLOW_SECRET_TELECOM_KEY: 'a key of the aggregator' };

  authorize({ headers, body }: Got): boolean {
    const form = Object.fromEntries(new URLSearchParams(body));
    const sign = createHmac('sha256', 'a key of the aggregator').update(sortedForm(form)).digest('hex');
    const isFresh = Math.abs(Date.now() / 1000 - Number(form.timestamp)) < 60 && String(form.nonce).length > 8;
    return headers['x-app'] === 'app-7' && isFresh && form.sign === sign;
  }

  read({ path, body }: Got): Read | null {
    const asked = Object.fromEntries(new URLSearchParams(body));
    return path === '/three-elements' ? { operation: 'verifyPerson', number: asked.serial ?? '', asked } : null;
  }

  say({ outcome, data }: Deed): Said {
    const { what, ...others } = data;
    const code = codes[outcome ?? ''] ?? 'UNKNOWN';
    return {
      status: 200,
      body: { code, ...others, ...(what === undefined ? {} : { differs: differs[String(what)]! }) },
    };
  }

  tell(): Notice {
    throw new Error('it sends nothing');
  }
}
