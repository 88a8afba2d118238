import { createHash } from 'node:crypto';
import type { StatementEntry } from '../state.ts';
import { type Ask, type Simulator, whole, word } from './simulator.ts';

const DAY = 24 * 60 * 60_000;

/** The bank of the applicant's organisation: small transfers arrive on its statement, the remark carries what was written. */
export const bank: Simulator = {
  id: 'bank',
  operations: {
    microDeposit: {
      async effect(ask, outcome) {
        if (outcome === 'LATER') return { until: new Date(ask.now + DAY).toISOString() };
        if (outcome !== 'OK') return { reason: '户名与账号不符', field: 'accountNumber' };
        // Between 1 and 99 fen, the same for the same request.
        const amount = 1 + (createHash('sha256').update(ask.context.key).digest().readUInt16BE(0) % 99);
        const entry = await credit(ask, amount, word(ask.input.remark));
        return { flow: entry.flow, amount };
      },
    },
    confirmDeposit: {
      // What the statement says; the sandbox counts no tries.
      decide(ask) {
        const entry = ask.world.state.statement.find(({ flow }) => flow === ask.input.flow);
        if (entry === undefined || entry.returned) return 'ENDED';
        return entry.amount === ask.input.amount ? 'SAME' : 'OTHER';
      },
    },
    refund: {
      async effect(ask, outcome) {
        if (outcome !== 'OK') return { reason: '收款账户状态异常' };
        const entry = await credit(ask, whole(ask.input.amount), '退回汇款');
        return { flow: entry.flow, amount: entry.amount };
      },
    },
  },
};

/** Money arrives on the account that the request names, else on the one that the case used last. */
export async function credit(ask: Ask, amount: number, remark: string): Promise<StatementEntry> {
  const { caseId, caseNumber } = ask.context;
  const last = ask.world.state.statement.findLast((entry) => entry.caseId === caseId);
  const id = await ask.world.number();
  const entry: StatementEntry = {
    id,
    flow: `BK${id}`,
    at: ask.now,
    caseId,
    caseNumber,
    holder: word(ask.input.name, last?.holder),
    bank: word(ask.input.branch, last?.bank),
    account: word(ask.input.account, last?.account),
    amount,
    remark,
    returned: false,
  };
  await ask.world.change((state) => ({ ...state, statement: [...state.statement, entry] }));
  return entry;
}
