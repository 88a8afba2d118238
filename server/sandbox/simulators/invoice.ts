import { day, type OperationSimulator, type Simulator } from './simulator.ts';

const numbered: OperationSimulator = {
  async effect(ask, outcome) {
    if (outcome === 'FAILED') return { reason: '税控系统没有响应' };
    return { number: `26${day(ask.now)}${String(await ask.world.number()).padStart(10, '0')}` };
  },
};

/** The invoice service: numbers for invoices and for their reversals. */
export const invoice: Simulator = { id: 'invoice', operations: { issue: numbered, reverse: numbered } };
