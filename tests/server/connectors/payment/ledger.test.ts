import fc from 'fast-check';
import { expect, test } from 'vitest';
import { balance, createLedger, type Posting } from '../../../../server/connectors/payment/ledger.ts';
import { reconcile, StatementFault } from '../../../../server/connectors/payment/reconcile.ts';
import { readProviderStatement } from '../../../../server/connectors/payment/statements/index.ts';
import { readWechatStatement } from '../../../../server/connectors/payment/statements/wechat.ts';
import { createMemoryStore } from '../../../../server/store/memory.ts';

const at = Date.parse('2026-11-28T10:00:00+08:00');
const posting = (id: string, amount: number, caseId = 'c1', time = at): Posting => ({
  id,
  at: time,
  entries: [
    { account: 'provider:wechat', amount },
    { account: `case:${caseId}`, amount: -amount },
  ],
});

test('whatever is posted, in whatever order and however often, the books add up to nothing', async () => {
  const movement = fc.record({ n: fc.nat(20), amount: fc.integer({ min: -100_000, max: 100_000 }), book: fc.nat(3) });
  await fc.assert(
    fc.asyncProperty(fc.array(movement, { maxLength: 40 }), async (movements) => {
      const ledger = createLedger(createMemoryStore());
      const known = new Map<string, number>();
      for (const { n, amount, book } of movements) {
        const id = `payment/${book}-${n}`;
        if (!known.has(id)) known.set(id, amount);
        await ledger.post(`c${book}`, posting(id, amount, `c${book}`));
      }
      const all: Posting[] = [];
      for await (const one of ledger.all()) all.push(one);
      const sum = all.flatMap(({ entries }) => entries).reduce((total, one) => total + one.amount, 0);
      const expected = [...known.values()].reduce((total, amount) => total + amount, 0);
      return sum === 0 && all.length === known.size && balance(all, 'provider:wechat') === expected;
    }),
    { numRuns: 40 },
  );
});

test('two that write into one book at once are both kept', async () => {
  const ledger = createLedger(createMemoryStore());
  await Promise.all(Array.from({ length: 20 }, (_, n) => ledger.post('c1', posting(`payment/${n % 10}`, n % 10))));
  expect((await ledger.read('c1')).map(({ id }) => id).sort()).toEqual(
    Array.from({ length: 10 }, (_, n) => `payment/${n}`),
  );
});

test('what does not add up, and what is no whole number of fen, is not posted', async () => {
  const ledger = createLedger(createMemoryStore());
  const wrong = {
    ...posting('x', 1),
    entries: [
      { account: 'a', amount: 1 },
      { account: 'b', amount: -2 },
    ],
  };
  const half = {
    ...posting('y', 1),
    entries: [
      { account: 'a', amount: 0.5 },
      { account: 'b', amount: -0.5 },
    ],
  };
  await expect(ledger.post('c1', wrong)).rejects.toThrow(RangeError);
  await expect(ledger.post('c1', half)).rejects.toThrow(RangeError);
  await expect(ledger.post('c1', { ...wrong, entries: [{ account: 'a', amount: 0 }] })).rejects.toThrow(RangeError);
  expect(await ledger.read('c1')).toEqual([]);
});

/** The provider's own layout: a title line, values after a back quote, a summary. */
const titles =
  '交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额';
const row = (state: string, transaction: string, total: string, refund = '0', refunded = '0.00') =>
  `\`2026-11-28 11:02:03,\`wx1,\`1900000001,\`0,\`,\`${transaction},\`o1,\`u,\`NATIVE,\`${state},\`OTHERS,\`CNY,\`${total},\`0.00,\`0,\`${refund},\`${refunded}`;
const summary = (count: number, paid: string, refunded: string) =>
  `总交易单数,应结订单总金额,退款总金额\n\`${count},\`${paid},\`${refunded}\n`;
const file = [
  titles,
  row('SUCCESS', '4200001', '280.00'),
  row('SUCCESS', '4200002', '0.01'),
  row('REFUND', '4200001', '0.00', 'r1', '280.00'),
  summary(3, '280.01', '280.00'),
].join('\n');

test('a statement is read as it is, and not when it was cut or does not add up', () => {
  expect(readWechatStatement(`\uFEFF${file}`)).toEqual([
    { id: 'payment/4200001', amount: 28_000, at: Date.parse('2026-11-28T11:02:03+08:00') },
    { id: 'payment/4200002', amount: 1, at: Date.parse('2026-11-28T11:02:03+08:00') },
    { id: 'refund/r1', amount: 28_000, at: Date.parse('2026-11-28T11:02:03+08:00') },
  ]);
  const lines = file.split('\n');
  expect(() => readWechatStatement(lines.slice(0, 3).join('\n'))).toThrow(StatementFault);
  expect(() => readWechatStatement(lines.filter((_line, index) => index !== 2).join('\n'))).toThrow(/does not fit/);
  expect(() => readWechatStatement(file.replace('280.00,`0.00,`0,`0', '28.00,`0.00,`0,`0'))).toThrow(/does not fit/);
  expect(() => readWechatStatement('a,b\n1,2\n')).toThrow(/交易时间/);
});

test('differences: what only one side has within the day, and other amounts', () => {
  const lines = readWechatStatement(file);
  const of = {
    account: 'provider:wechat',
    from: Date.parse('2026-11-28T00:00:00+08:00'),
    to: Date.parse('2026-11-29T00:00:00+08:00'),
  };
  const same = [posting('payment/4200001', 28_000), posting('payment/4200002', 1), posting('refund/r1', -28_000)];
  expect(reconcile(lines, same, of)).toEqual([]);
  const other = [
    posting('payment/4200001', 27_999),
    posting('refund/r1', -28_000),
    posting('payment/4200009', 5),
    posting('payment/yesterday', 5, 'c1', of.from - 1),
    { ...posting('payment/elsewhere', 5), entries: [] },
  ];
  expect(reconcile(lines, other, of)).toEqual([
    { kind: 'amount', id: 'payment/4200001', theirs: 28_000, ours: 27_999 },
    { kind: 'unknown', id: 'payment/4200002', theirs: 1, ours: null },
    { kind: 'missing', id: 'payment/4200009', theirs: null, ours: 5 },
  ]);
});

/** The layout of 业务明细: comments, then titles, then lines with tabs, refunds below zero, then sums in comments. */
const alipay = [
  '#支付宝业务明细查询',
  '#账号：[20880000000000000156]',
  '#起始日期：[2026年11月28日 00:00:00]   终止日期：[2026年11月29日 00:00:00]',
  '#-----------------------------------------业务明细列表----------------------------------------',
  '支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,对方账户,订单金额（元）,商家实收（元）,退款批次号/请求号,服务费（元）,备注',
  '2026112822001\t,o1\t,交易,数字证书,2026-11-28 11:00:00,2026-11-28 11:02:03,,,,,a***@example.com,280.00,280.00,,-1.68,',
  '2026112822002\t,o2\t,交易,数字证书,2026-11-28 11:00:00,2026-11-28 11:02:03,,,,,a***@example.com,0.01,0.01,,0.00,',
  '2026112822001\t,o1\t,退款,数字证书,2026-11-28 12:00:00,2026-11-28 12:02:03,,,,,a***@example.com,-280.00,-280.00,r1\t,0.00,',
  '#-----------------------------------------业务明细列表结束------------------------------------',
  '#交易合计：2笔，商家实收共280.01元，商家优惠共0.00元',
  '#退款合计：1笔，商家实收退款共-280.00元，商家优惠退款共0.00元',
  '#导出时间：[2026年11月29日 08:00:00]',
].join('\r\n');

test('the statement of Alipay is known by its titles, and read or refused as that of WeChat Pay', () => {
  expect(readProviderStatement(alipay)).toEqual({
    provider: 'alipay',
    lines: [
      { id: 'payment/2026112822001', amount: 28_000, at: Date.parse('2026-11-28T11:02:03+08:00') },
      { id: 'payment/2026112822002', amount: 1, at: Date.parse('2026-11-28T11:02:03+08:00') },
      { id: 'refund/r1', amount: 28_000, at: Date.parse('2026-11-28T12:02:03+08:00') },
    ],
  });
  expect(readProviderStatement(file).provider).toBe('wechat');
  const lines = alipay.split('\r\n');
  expect(() => readProviderStatement(lines.filter((_line, n) => n !== 6).join('\n'))).toThrow(/does not fit/);
  expect(() => readProviderStatement(lines.slice(0, 8).join('\n'))).toThrow(/cut/);
  expect(() => readProviderStatement(alipay.replace('280.00,280.00', '28O.00,280.00'))).toThrow(/entry 1/);
  expect(() => readProviderStatement('a,b\n1,2')).toThrow(StatementFault);
});
