import { compileForm, smallest } from '../../engine/forms/index.ts';
import type { FormSchema } from '../../engine/model/definition.ts';
import type { JsonObject } from '../../engine/model/json.ts';
import { creditCode } from './credit-code.ts';

/** The project of the shipped ones that takes batches. */
export const BATCH_PROJECT = 'example-exchange';

/** What all rows of a company's table share, valid. */
export function sharedForms(serial: number): { [form: string]: JsonObject } {
  const name = '示例大客户有限公司';
  const place = { province: '广东省', city: '深圳市', address: '南山区示例路 18 号' };
  const number = creditCode(serial);
  return {
    agreements: { terms: true, sensitive: true },
    certificate: { type: 'organization', years: 1 },
    organization: { name, idType: 'creditCode', number, ...place },
    legalRep: { name: '沈若舟', mobile: '13900000033' },
    bank: { accountName: name, branch: '中国工商银行深圳分行', accountNumber: '4000021234567890186' },
    invoice: { wanted: 'none' },
    delivery: { way: 'mail', recipient: '沈若舟', mobile: '13900000033', ...place },
  };
}

export interface Handler {
  readonly name: string;
  readonly idNumber: string;
  readonly mobile: string;
}

/** A fictional handler with valid check digits; another number, another person. */
export function handler(agent: FormSchema, seed: number): Handler {
  const context = { forms: {}, settings: {} };
  const { idNumber, mobile } = smallest(compileForm('agent', agent), context, { seed }) as unknown as Handler;
  return { name: `经办${'甲乙丙丁戊己庚辛壬癸'[seed % 10]}${seed}`, idNumber, mobile };
}

export const TITLES = '姓名,身份证号码,移动电话,常用联系邮箱,职务';

/** A line of the table, as people fill it in. */
export function lineOf({ name, idNumber, mobile }: Handler, position = '办事员'): string {
  return [name, idNumber, mobile, 'lin.zhixia@example.com', position].join(',');
}
