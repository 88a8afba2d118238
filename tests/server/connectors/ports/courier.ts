import { createHmac } from 'node:crypto';
import { type Deed, type Got, jsonOf, type Notice, Provider, type Read, type Said, sortedForm } from './provider.ts';

const key = 'a key of the couriers';
const states: { readonly [status: string]: string } = {
  ...{ accepted: 'PICKED', inTransit: 'ON_THE_WAY', delivered: 'SIGNED', returned: 'RETURNED', lost: 'LOST' },
};

/** The service of workflows/connectors/courier: JSON with a keyed hash in a header; its messages are signed forms. */
export class Courier extends Provider {
  readonly id = 'courier';
  readonly env = { CERTFLOW_SECRET_COURIER_CUSTOMER: 'C-9', CERTFLOW_SECRET_COURIER_KEY: key };
  #events = 0;

  authorize({ method, path, headers, body }: Got): boolean {
    const time = String(headers['x-timestamp']);
    const sign = createHmac('sha512', key).update(`${method} ${path} ${time} ${body}`).digest('base64');
    const isFresh = Math.abs(Date.now() - Number(time)) < 60_000;
    return headers['x-customer'] === 'C-9' && isFresh && headers['x-signature'] === sign;
  }

  read({ method, path, body }: Got): Read | null {
    const asked = jsonOf(body);
    const [, kind, number = ''] = path.split('/');
    if (kind === 'subscriptions' && method === 'PUT')
      return { operation: 'follow', number, asked, notify: String(asked.callback) };
    if (kind !== 'waybills') return null;
    if (method === 'GET') return { operation: 'ship', number, question: true };
    return { operation: 'ship', number: String(asked.order), asked };
  }

  say({ operation, outcome, data }: Deed): Said {
    if (operation === 'follow') return { status: 204 };
    if (outcome === 'REFUSED') return { status: 422, body: data };
    const { carrier, tracking } = data;
    return { status: 201, body: { carrier: String(carrier).toUpperCase(), waybill: tracking ?? '' } };
  }

  /** `data` of the deed says where the parcel is. */
  tell({ number, asked, data }: Deed, at: number): Notice {
    this.#events += 1;
    const form: { [name: string]: string } = {
      ...{ subscription: number, event: String(data.id ?? `E${this.#events}`), waybill: String(asked.waybill) },
      ...{
        state: states[String(data.status)]!,
        place: String(data.place ?? ''),
        timestamp: String(Math.floor(at / 1000)),
      },
    };
    const sign = createHmac('sha256', key).update(sortedForm(form)).digest('hex');
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    return { headers, body: new URLSearchParams({ ...form, sign }).toString() };
  }
}
