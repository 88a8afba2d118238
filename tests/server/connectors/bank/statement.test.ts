import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readBankStatement } from '../../../../server/connectors/bank/statement.ts';

const head = '交易日期,交易流水号,对方户名,对方账号,借方发生额,贷方发生额,摘要,附言';
const one = '2026-03-02,F20260302001,深圳市示例科技有限公司,4000021009200012345,,280.00,转账,440260302101500 01';

describe('a statement', () => {
  test('has the account above its titles, payments of ours and a sum, which are not taken', () => {
    const csv = [
      '\ufeff账户名称：示例证书有限公司,,,,,,,',
      '起止日期,2026-03-01,2026-03-31,,,,,',
      head,
      one,
      '2026-03-02,F20260302002,示例物业有限公司,4000021009200099999,"1,200.00",,房租,',
      '合计,,,,"1,200.00",280.00,,',
    ].join('\r\n');
    expect(readBankStatement(csv)).toEqual([
      {
        transaction: 'F20260302001',
        date: '2026-03-02',
        payer: '深圳市示例科技有限公司',
        payerAccount: '4000021009200012345',
        amount: 28_000,
        remark: '440260302101500 01 转账',
      },
    ]);
  });

  test.each([
    [
      '交易时间,流水号,对方账户名称,对方账户,收入,支出,用途',
      '20260302 10:15:00,"=""000123""",示例公司,123,"¥1,280.5",,货款',
    ],
    ['记账日期,凭证号,付款人名称,付款人账号,转入金额', "2026/3/2,'000123,示例公司,123,1280.50"],
    ['Date,Transaction,Payer,Payer account,Credit,Remark', '2026年3月2日,000123,示例公司,12 3,+1280.5,'],
  ])('of another bank: %s', (titles, line) => {
    expect(readBankStatement(`${titles}\n${line}\n`)).toMatchObject([
      { transaction: '000123', date: '2026-03-02', payer: '示例公司', payerAccount: '123', amount: 128_050 },
    ]);
  });

  test.each([
    ['nothing', '', /找不到标题行/],
    ['a picture', '\u0000PNG,1\n2', /找不到标题行/],
    ['an open quote', `${head}\n"2026-03-02`, /不是 CSV/],
    ['no amount', `${head}\n${one.replace('280.00', '28o.00')}`, /第 2 行的金额“28o.00”不对/],
    ['three decimals', `${head}\n${one.replace('280.00', '280.005')}`, /第 2 行的金额/],
    ['money taken back', `${head}\n${one.replace('280.00', '-280.00')}`, /第 2 行的金额/],
    ['a day that is none', `${head}\n${one.replace('2026-03-02', '2026-02-30')}`, /第 2 行的日期/],
    ['no number', `${head}\n\n${one.replace('F20260302001', '')}`, /第 3 行没有流水号/],
    ['a number twice', `${head}\n${one}\n${one}`, /F20260302001 出现了两次/],
  ])('%s is refused with the place', (_name, csv, told) => {
    expect(() => readBankStatement(csv)).toThrow(
      expect.objectContaining({ reason: { zh: expect.stringMatching(told), en: expect.any(String) } }),
    );
  });

  test('no amount is changed on the way, whatever it is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99_999_999_999 }), (fen) => {
        const yuan = `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`;
        const grouped = yuan.replace(/\B(?=(\d{3})+\.)/g, ',');
        for (const text of [yuan, `"${grouped}"`])
          expect(readBankStatement(`${head}\n${one.replace('280.00', text)}`)[0]?.amount).toBe(fen);
      }),
    );
  });

  test('whatever text is sent, it is read or refused', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (lines) => {
        try {
          readBankStatement([head, ...lines].join('\n'));
        } catch (error) {
          expect(error).toHaveProperty('reason.zh');
        }
      }),
    );
  });
});
