import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../../../engine/model/json.ts';
import { zoneMinutes } from '../../../engine/zone.ts';
import { objectIn } from '../../json.ts';
import { ContractViolation, TechnicalFailure } from '../failure.ts';
import type { Outside } from '../outside/hosts.ts';
import { aliyunAuthorization, queryOf, sha256, tencentAuthorization } from './signers.ts';
import type { Filled } from './templates.ts';

/** Sends one approved text. `false` = the gateway says that this number cannot be reached: trying again is no use. */
export interface SmsGateway {
  send(mobile: string, message: Filled, reference: string): Promise<boolean>;
  /**
   * What became of an earlier try: it is on its way or was received, it has failed, or (null) the gateway does not know of it
   * or does not tell us. @param now epoch ms, real @throws TechnicalFailure when it cannot be asked now: nothing is sent then
   */
  find(mobile: string, reference: string, now?: number): Promise<boolean | null>;
}

interface Key {
  readonly id: string;
  readonly secret: string;
}

const patience = 10_000;
const where = 'message.sms';

/** Refusals that concern the number, not us. */
const unreachable =
  /MOBILE_NUMBER_ILLEGAL|MOBILE_IN_BLACK|PhoneNumberInBlacklist|IncorrectPhoneNumber|UnsupportedRegion/i;
/** Refusals that pass: too many at once, the gateway itself. */
const passing = /LIMIT|Throttling|SYSTEM_ERROR|InternalError|RequestLimitExceeded|ServiceUnavailable|Timeout/i;

function verdict(code: string): boolean {
  if (unreachable.test(code)) return false;
  if (passing.test(code)) throw new TechnicalFailure(where, code);
  throw new ContractViolation(where, code);
}

/** An account that may only send is not told: rather twice than never. */
function unknown(code: string): null {
  if (passing.test(code)) throw new TechnicalFailure(where, code);
  return null;
}

async function asked(outside: Outside, url: string, ask: { headers: { [name: string]: string }; body: string }) {
  try {
    const answer = await outside.ask(url, { method: 'POST', timeout: patience, ...ask });
    return JSON.parse(answer.body.toString('utf8')) as JsonObject;
  } catch (error) {
    throw new TechnicalFailure(where, error instanceof Error ? error.message : 'no answer');
  }
}

const DAY = 86_400_000;
const zone = zoneMinutes * 60_000;
/** A try of before midnight is repeated after it, within the waiting times of notices. */
const overMidnight = 4 * 3_600_000;

/** `20261128` of the gateway's day, and of the day before where the first try may have been then. */
function daysOf(now: number): readonly string[] {
  const days = (now + zone) % DAY < overMidnight ? [now, now - DAY] : [now];
  return days.map((time) => new Date(time + zone).toISOString().slice(0, 10).replaceAll('-', ''));
}

/** Aliyun, `SendSms` and `QuerySendDetails` of 2017-05-25. */
export function aliyunSms(settings: { readonly base: string; readonly key: Key }, outside: Outside): SmsGateway {
  const { base, key } = settings;

  function ask(action: string, query: { readonly [name: string]: string }): Promise<JsonObject> {
    const url = new URL(base);
    const headers = {
      host: url.host,
      'x-acs-action': action,
      'x-acs-version': '2017-05-25',
      'x-acs-date': new Date().toISOString().replace(/\.\d+/, ''),
      'x-acs-signature-nonce': randomUUID(),
      'x-acs-content-sha256': sha256(''),
    };
    const authorization = aliyunAuthorization({ method: 'POST', path: '/', query, headers, body: '' }, key);
    return asked(outside, `${url.origin}/?${queryOf(query)}`, {
      headers: { ...headers, authorization, accept: 'application/json' },
      body: '',
    });
  }

  return {
    async send(mobile, { id, sign, values }, reference) {
      const parameters = Object.fromEntries(values.map(({ name, value }) => [name, value]));
      const said = await ask('SendSms', {
        ...{ PhoneNumbers: mobile, SignName: sign, TemplateCode: id, OutId: reference },
        TemplateParam: JSON.stringify(parameters),
      });
      return said.Code === 'OK' || verdict(String(said.Code));
    },
    async find(mobile, reference, now = Date.now()) {
      for (const day of daysOf(now)) {
        const said = await ask('QuerySendDetails', {
          ...{ PhoneNumber: mobile, SendDate: day, PageSize: '50', CurrentPage: '1' },
        });
        if (said.Code !== 'OK') return unknown(String(said.Code));
        const details = objectIn(said.SmsSendDetailDTOs).SmsSendDetailDTO;
        const found = (Array.isArray(details) ? details : []).map(objectIn).find(({ OutId: id }) => id === reference);
        // 1 waits for the operator's receipt, 2 has failed, 3 was received.
        if (found) return Number(found.SendStatus) !== 2;
      }
      return null;
    },
  };
}

/**
 * Tencent Cloud, `SendSms` and `PullSmsSendStatusByPhoneNumber` of 2021-01-11. The cloud tells our reference of a message only
 * where that was switched on for the account: without it nothing is found, and a repeat may be a second message.
 */
export function tencentSms(
  settings: { readonly base: string; readonly key: Key; readonly appId: string; readonly region: string },
  outside: Outside,
): SmsGateway {
  const { base, key, appId, region } = settings;

  async function ask(action: string, content: JsonObject): Promise<JsonObject> {
    const body = JSON.stringify({ SmsSdkAppId: appId, ...content });
    const url = new URL(base);
    const timestamp = Math.floor(Date.now() / 1000);
    const headers = { 'content-type': 'application/json; charset=utf-8', host: url.host };
    const signed = { method: 'POST', path: '/', query: {}, headers, body };
    const answer = await asked(outside, `${url.origin}/`, {
      headers: {
        ...headers,
        ...{ 'x-tc-action': action, 'x-tc-version': '2021-01-11', 'x-tc-timestamp': String(timestamp) },
        ...{ 'x-tc-region': region, authorization: tencentAuthorization(signed, 'sms', timestamp, key) },
      },
      body,
    });
    return objectIn(answer.Response);
  }

  return {
    async send(mobile, { id, sign, values }, reference) {
      const said = await ask('SendSms', {
        ...{ PhoneNumberSet: [`+86${mobile}`], SignName: sign, TemplateId: id },
        ...{ TemplateParamSet: values.map(({ value }) => value), SessionContext: reference },
      });
      if (said.Error) return verdict(String(objectIn(said.Error).Code));
      const [status] = (said.SendStatusSet ?? []) as JsonObject[];
      return status?.Code === 'Ok' || verdict(String(status?.Code));
    },
    async find(mobile, reference, now = Date.now()) {
      const seconds = Math.floor(now / 1000);
      const said = await ask('PullSmsSendStatusByPhoneNumber', {
        ...{ PhoneNumber: `+86${mobile}`, BeginTime: seconds - DAY / 1000, EndTime: seconds, Offset: 0, Limit: 100 },
      });
      if (said.Error) return unknown(String(objectIn(said.Error).Code));
      const all = Array.isArray(said.PullSmsSendStatusSet) ? said.PullSmsSendStatusSet.map(objectIn) : [];
      const found = all.find(({ SessionContext: context }) => context === reference);
      return found ? found.ReportStatus !== 'FAIL' : null;
    },
  };
}
