import { StatementFault, type StatementLine } from '../reconcile.ts';
import { readAlipayStatement } from './alipay.ts';
import { readWechatStatement } from './wechat.ts';

/** A provider's statement, known by the title of its transactions; `provider` as in the ledger's accounts. */
const readers = [
  { provider: 'wechat', title: '微信订单号', read: readWechatStatement },
  { provider: 'alipay', title: '支付宝交易号', read: readAlipayStatement },
] as const;

/** @throws StatementFault when it is nobody's statement, cut, or does not add up */
export function readProviderStatement(csv: string): {
  readonly provider: string;
  readonly lines: readonly StatementLine[];
} {
  const reader = readers.find(({ title }) => csv.includes(title));
  if (!reader)
    throw new StatementFault(
      '这不是微信支付的交易账单，也不是支付宝的业务明细账单',
      'neither a trade statement of WeChat Pay nor one of Alipay',
    );
  return { provider: reader.provider, lines: reader.read(csv) };
}
