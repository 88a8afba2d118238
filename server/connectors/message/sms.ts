import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../../../engine/model/json.ts';
import { ContractViolation, TechnicalFailure } from '../failure.ts';
import type { Outside } from '../outside/hosts.ts';
import { aliyunAuthorization, queryOf, sha256, tencentAuthorization } from './signers.ts';
import type { Filled } from './templates.ts';

/** Sends one approved text. `false` = the gateway says that this number cannot be reached: trying again is no use. */
export interface SmsGateway {
  send(mobile: string, message: Filled, reference: string): Promise<boolean>;
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

async function asked(outside: Outside, url: string, ask: { headers: { [name: string]: string }; body: string }) {
  try {
    const answer = await outside.ask(url, { method: 'POST', timeout: patience, ...ask });
    return JSON.parse(answer.body.toString('utf8')) as JsonObject;
  } catch (error) {
    throw new TechnicalFailure(where, error instanceof Error ? error.message : 'no answer');
  }
}

/** Aliyun, `SendSms` of 2017-05-25. */
export function aliyunSms(settings: { readonly base: string; readonly key: Key }, outside: Outside): SmsGateway {
  const { base, key } = settings;
  return {
    async send(mobile, { id, sign, values }, reference) {
      const parameters = Object.fromEntries(values.map(({ name, value }) => [name, value]));
      const query = {
        ...{ PhoneNumbers: mobile, SignName: sign, TemplateCode: id, OutId: reference },
        TemplateParam: JSON.stringify(parameters),
      };
      const url = new URL(base);
      const headers = {
        host: url.host,
        'x-acs-action': 'SendSms',
        'x-acs-version': '2017-05-25',
        'x-acs-date': new Date().toISOString().replace(/\.\d+/, ''),
        'x-acs-signature-nonce': randomUUID(),
        'x-acs-content-sha256': sha256(''),
      };
      const authorization = aliyunAuthorization({ method: 'POST', path: '/', query, headers, body: '' }, key);
      const said = await asked(outside, `${url.origin}/?${queryOf(query)}`, {
        headers: { ...headers, authorization, accept: 'application/json' },
        body: '',
      });
      return said.Code === 'OK' || verdict(String(said.Code));
    },
  };
}

/** Tencent Cloud, `SendSms` of 2021-01-11. */
export function tencentSms(
  settings: { readonly base: string; readonly key: Key; readonly appId: string; readonly region: string },
  outside: Outside,
): SmsGateway {
  const { base, key, appId, region } = settings;
  return {
    async send(mobile, { id, sign, values }, reference) {
      const body = JSON.stringify({
        ...{ PhoneNumberSet: [`+86${mobile}`], SmsSdkAppId: appId, SignName: sign, TemplateId: id },
        ...{ TemplateParamSet: values.map(({ value }) => value), SessionContext: reference },
      });
      const url = new URL(base);
      const timestamp = Math.floor(Date.now() / 1000);
      const headers = { 'content-type': 'application/json; charset=utf-8', host: url.host };
      const signed = { method: 'POST', path: '/', query: {}, headers, body };
      const answer = await asked(outside, `${url.origin}/`, {
        headers: {
          ...headers,
          ...{ 'x-tc-action': 'SendSms', 'x-tc-version': '2021-01-11', 'x-tc-timestamp': String(timestamp) },
          ...{ 'x-tc-region': region, authorization: tencentAuthorization(signed, 'sms', timestamp, key) },
        },
        body,
      });
      const said = (answer.Response ?? {}) as JsonObject;
      const failed = said.Error as JsonObject | undefined;
      if (failed) return verdict(String(failed.Code));
      const [status] = (said.SendStatusSet ?? []) as JsonObject[];
      return status?.Code === 'Ok' || verdict(String(status?.Code));
    },
  };
}
