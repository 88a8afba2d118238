/** How banks title the columns of a statement; the first title that stands there is taken. */
export const columns = {
  date: ['交易日期', '交易时间', '记账日期', '入账日期', '到账日期', '日期', 'Date'],
  transaction: ['交易流水号', '流水号', '交易流水', '核心流水号', '银行流水号', '凭证号', 'Transaction'],
  payer: ['对方户名', '对方账户名称', '对方单位名称', '付款人名称', '付款户名', '对方名称', 'Payer'],
  payerAccount: ['对方账号', '对方账户', '付款人账号', '付款账号', 'Payer account'],
  credit: ['贷方发生额', '贷方金额', '收入金额', '收入', '转入金额', '贷方发生额（收入）', 'Credit'],
  remark: ['附言', '备注', '摘要', '用途', '交易附言', 'Remark'],
} as const satisfies { readonly [column: string]: readonly string[] };
