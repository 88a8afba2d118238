import type { JsonObject } from '../../../../engine/model/json.ts';

/** What one operation is asked, and every outcome that its contract has, with its data. */
export interface OperationCase {
  readonly input: JsonObject;
  readonly outcomes: { readonly [outcome: string]: JsonObject };
  /** It may be taken now and known later. */
  readonly later?: true;
  /** What was asked can be asked for: a lost answer is found again. */
  readonly asks?: true;
}

export interface PortCase {
  readonly operations: { readonly [operation: string]: OperationCase };
  /** Events that come unasked, after this operation, with their data. */
  readonly events: { readonly [event: string]: { readonly after: string; readonly data: JsonObject } };
}

const account = { name: '示例有限公司', branch: '示例银行示例支行', account: '4000000000000001' };

export const cases: { readonly [connector: string]: PortCase } = {
  bank: {
    operations: {
      microDeposit: {
        input: { ...account, remark: '482913' },
        later: true,
        asks: true,
        outcomes: {
          OK: { flow: 'F100' },
          LATER: { until: '2026-11-30T08:00:00+08:00' },
          FAILED: { reason: '户名与账号不符', field: 'accountName' },
        },
      },
      confirmDeposit: { input: { flow: 'F100', amount: 37 }, outcomes: { SAME: {}, OTHER: { left: 2 }, ENDED: {} } },
      refund: {
        input: { ...account, amount: 28_000 },
        later: true,
        asks: true,
        outcomes: { OK: { amount: 28_000, flow: 'F200' }, FAILED: { reason: '收款账户已销户' } },
      },
    },
    events: { bounced: { after: 'microDeposit', data: { flow: 'F100', reason: '收款账户已销户' } } },
  },
  telecom: {
    operations: {
      verifyPerson: {
        input: { name: '陈示例', number: '440305199001011234', mobile: '13800138000' },
        outcomes: { MATCH: { proof: 'P-1' }, MISMATCH: { what: 'mobile' }, NO_RECORD: {} },
      },
    },
    events: {},
  },
  registry: {
    operations: {
      verifyLegalRep: {
        input: {
          ...{ organization: '示例有限公司', number: '91440300723038758B' },
          ...{ name: '陈示例', idNumber: '440305199001011234' },
        },
        outcomes: { MATCH: { proof: 'R-1' }, MISMATCH: { what: 'legalRep' }, NO_RECORD: {} },
      },
    },
    events: {},
  },
  invoice: {
    operations: {
      issue: {
        input: {
          ...{ title: '示例有限公司', taxNumber: '91440300723038758B', amount: 28_005 },
          ...{ email: 'agent@example.com', mobile: '13800138000' },
        },
        later: true,
        asks: true,
        outcomes: { ISSUED: { number: '26442000000000000001' }, FAILED: { reason: '购方税号不存在' } },
      },
      reverse: {
        input: { number: '26442000000000000001', cause: 'refund' },
        later: true,
        asks: true,
        outcomes: { REVERSED: { number: '26442000000000000002' }, FAILED: { reason: '发票已用于抵扣' } },
      },
    },
    events: {},
  },
  pin: {
    operations: {
      send: {
        input: { way: 'remark', pin: '48291375', ...account },
        later: true,
        asks: true,
        outcomes: { SENT: {}, FAILED: { reason: '收款账户已销户' } },
      },
    },
    events: {},
  },
  ca: {
    operations: {
      produce: {
        input: {
          ...{ type: 'organization', years: 2, organization: '示例有限公司', number: '91440300723038758B' },
          pin: '48291375',
        },
        later: true,
        asks: true,
        outcomes: {
          PRODUCED: { serial: '5A01', validFrom: '2026-11-29', validTo: '2028-11-29' },
          FAILED: { reason: '名称与登记不一致' },
        },
      },
      find: {
        input: { serial: '5A01', number: '91440300723038758B' },
        outcomes: {
          FOUND: {
            ...{ serial: '5A01', type: 'organization', organization: '示例有限公司', number: '91440300723038758B' },
            ...{ validTo: '2028-11-29', daysLeft: 731, expired: false },
          },
          NOT_FOUND: {},
          REVOKED: {},
        },
      },
      unlock: {
        input: { serial: '5A01', pin: '48291375' },
        later: true,
        asks: true,
        outcomes: { UNLOCKED: {}, FAILED: { reason: '介质已报废' } },
      },
      revoke: {
        input: { serial: '5A01' },
        later: true,
        asks: true,
        outcomes: { REVOKED: {}, FAILED: { reason: '证书不存在' } },
      },
    },
    events: {
      activated: { after: 'produce', data: { serial: '5A01' } },
      ended: { after: 'produce', data: { serial: '5A01', cause: 'replaced', by: '5A02' } },
    },
  },
  courier: {
    operations: {
      ship: {
        input: {
          ...{ recipient: '李示例', mobile: '13800138000', province: '广东省', city: '深圳市' },
          address: '福田区示例路 1 号',
        },
        asks: true,
        outcomes: { SHIPPED: { carrier: 'sf', tracking: 'SF1000000001' }, REFUSED: { reason: '不在服务范围' } },
      },
      follow: { input: { carrier: 'sf', tracking: 'SF1000000001' }, outcomes: { FOLLOWED: {} } },
    },
    events: {
      track: {
        after: 'follow',
        data: { id: 'E-77', tracking: 'SF1000000001', status: 'delivered', place: '深圳' },
      },
    },
  },
};
