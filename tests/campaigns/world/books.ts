/** What the others remember of what happened: the truth that the hall's cases are compared with. Amounts in fen. */
export interface Books {
  readonly orders: Order[];
  /** Small transfers to an account, with the code in their remark. */
  readonly deposits: { readonly caseId: string; readonly remark: string }[];
  /** What came to the institution's own account; `part` of it is for the case. */
  readonly remittances: Remittance[];
  /** Remittances that were paid back. */
  readonly sentBack: { readonly caseId: string; readonly amount: number }[];
  readonly certificates: { readonly caseId: string; readonly serial: string; valid: boolean }[];
  pay(order: Order, amount: number, transaction: string): Payment;
  paymentsOf(caseId: string): readonly Payment[];
  /** @returns what is wrong with being asked for it, or null */
  refund(caseId: string, transaction: string, amount: number): string | null;
  /** What the provider still holds of a case: paid and not given back. */
  held(caseId: string): number;
  /** What the bank paid back to a case. */
  returned(caseId: string): number;
}

export interface Order {
  readonly number: string;
  readonly caseId: string;
  readonly amount: number;
  closed: boolean;
  readonly payments: Payment[];
}

export interface Payment {
  readonly transaction: string;
  readonly amount: number;
  refunded: number;
  /** The hall has confirmed that it knows of it. */
  told: boolean;
}

export interface Remittance {
  readonly caseId: string;
  readonly transaction: string;
  readonly amount: number;
}

export function createBooks(): Books {
  const orders: Order[] = [];
  const sentBack: { caseId: string; amount: number }[] = [];
  const paymentsOf = (caseId: string): readonly Payment[] =>
    orders.filter((order) => order.caseId === caseId).flatMap(({ payments }) => payments);
  return {
    orders,
    deposits: [],
    remittances: [],
    sentBack,
    certificates: [],
    paymentsOf,
    pay(order, amount, transaction) {
      const payment: Payment = { transaction, amount, refunded: 0, told: false };
      order.payments.push(payment);
      return payment;
    },
    refund(caseId, transaction, amount) {
      const payment = paymentsOf(caseId).find((one) => one.transaction === transaction);
      if (!payment) return `a refund of ${transaction}, which nobody paid`;
      // The client names a refund by its payment and sum: asked again, it is the same refund.
      if (payment.refunded === amount) return null;
      if (payment.refunded + amount > payment.amount)
        return `${transaction}: ${payment.refunded} of ${payment.amount} went back already, ${amount} more were asked`;
      payment.refunded += amount;
      return null;
    },
    held: (caseId) => paymentsOf(caseId).reduce((sum, { amount, refunded }) => sum + amount - refunded, 0),
    returned: (caseId) => sentBack.reduce((sum, one) => (one.caseId === caseId ? sum + one.amount : sum), 0),
  };
}
