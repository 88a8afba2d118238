import type { JsonObject } from '../../../engine/model/json.ts';
import type { Connector, Outcome, RequestContext } from '../connector.ts';
import { ContractViolation, NotYet } from '../failure.ts';
import { referenceOf } from '../outside/references.ts';
import type { Email } from './email.ts';
import type { Manners } from './manners.ts';
import type { SmsGateway } from './sms.ts';
import type { Filled } from './templates.ts';

export interface MessageTools {
  readonly sms: { readonly gateway: SmsGateway; readonly templateOf: (text: string) => Filled | null } | null;
  readonly email: ((email: Email) => Promise<boolean>) | null;
  readonly manners: Manners;
  now(): number;
}

/** What operators take as one message, in parts (Aliyun, Tencent Cloud). */
const longest = 500;

/** Notices by SMS and e-mail. An SMS goes out only as a text that the operator has approved, and not at night. */
export function createMessageConnector({ sms, email, manners, now }: MessageTools): Connector {
  async function text(input: JsonObject, { key, again, urgent }: RequestContext): Promise<boolean> {
    if (!sms) throw new ContractViolation('message.sms', 'no gateway is configured');
    if ([...String(input.text)].length > longest)
      throw new ContractViolation('message.sms', `the text is longer than ${longest} characters`);
    const filled = sms.templateOf(String(input.text));
    if (!filled) throw new ContractViolation('message.sms', 'no approved template has this text');
    const to = String(input.to);
    const reference = referenceOf('message', 'sms', key);
    const may = urgent ? 'now' : await manners.mayGo(to, key, now());
    if (typeof may === 'number')
      throw new NotYet('message.sms', may, 'it is too late in the day, or there were too many today');
    // Nobody has two of the same: what an earlier try may have sent is asked for first.
    const found = may === 'again' || again ? await sms.gateway.find(to, reference) : null;
    return found ?? sms.gateway.send(to, filled, reference);
  }

  async function mail(input: JsonObject, { key }: RequestContext): Promise<boolean> {
    if (!email) throw new ContractViolation('message.email', 'no mail server is configured');
    return email({ to: String(input.to), subject: String(input.subject), text: String(input.text), key });
  }

  return {
    id: 'message',
    async perform(operation, input, request): Promise<Outcome> {
      const sent = await (operation === 'sms' ? text(input, request) : mail(input, request));
      return { outcome: sent ? 'SENT' : 'FAILED' };
    },
  };
}
