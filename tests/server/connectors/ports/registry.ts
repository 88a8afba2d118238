import { createHmac } from 'node:crypto';
import { type Deed, type Got, jsonOf, type Notice, Provider, type Read, type Said } from './provider.ts';

const key = 'a key of the register';

/** The data service of workflows/connectors/registry: a keyed hash over method, path with query, time and body; it answers at once. */
export class Registry extends Provider {
  readonly id = 'registry';
  readonly env = { CERTFLOW_SECRET_REGISTRY_APP: 'app-3', CERTFLOW_SECRET_REGISTRY_KEY: key };

  authorize({ method, path, headers, body }: Got): boolean {
    const time = String(headers['x-timestamp']);
    const sign = createHmac('sha256', key).update(`${method}\n${path}\n${time}\n${body}`).digest('base64');
    const isFresh = Math.abs(Date.now() - Number(time)) < 60_000;
    return headers['x-app'] === 'app-3' && isFresh && headers['x-signature'] === sign;
  }

  read({ path, body }: Got): Read | null {
    const { pathname, searchParams } = new URL(path, 'http://registry');
    if (pathname !== '/legal-representatives/verify') return null;
    return { operation: 'verifyLegalRep', number: searchParams.get('serial') ?? '', asked: jsonOf(body) };
  }

  say({ outcome, data }: Deed): Said {
    if (outcome === 'NO_RECORD') return { status: 200, body: { enterprise: 'NONE' } };
    if (outcome === 'MATCH') return { status: 200, body: { enterprise: 'SAME', person: 'SAME', ...data } };
    const isCompany = data.what === 'organization';
    return { status: 200, body: isCompany ? { enterprise: 'OTHER' } : { enterprise: 'SAME', person: 'OTHER' } };
  }

  tell(): Notice {
    throw new Error('it sends nothing');
  }
}
