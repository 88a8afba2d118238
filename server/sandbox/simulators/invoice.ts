import { day, type OperationSimulator, type Simulator, word } from './simulator.ts';

const numbered: OperationSimulator = {
  async effect(ask, outcome) {
    if (outcome === 'FAILED') return { reason: '税控系统没有响应' };
    return { number: `26${day(ask.now)}${String(await ask.world.number()).padStart(10, '0')}` };
  },
};

/** The invoice service: numbers for invoices and for their reversals; the buyer gets the invoice by message and mail. */
export const invoice: Simulator = {
  id: 'invoice',
  operations: {
    issue: {
      async effect(ask, outcome) {
        const data = (await numbered.effect?.(ask, outcome)) ?? {};
        if (outcome !== 'ISSUED') return data;
        const text = `您的电子发票 ${word(data.number)} 已开具，抬头 ${word(ask.input.title)}。`;
        for (const [by, to] of [
          ['sms', word(ask.input.mobile)],
          ['email', word(ask.input.email)],
        ] as const) {
          if (to === '') continue;
          const sent = { id: await ask.world.number(), at: ask.now, by, to, text };
          await ask.world.change((state) => ({ ...state, messages: [...state.messages, sent] }));
        }
        return data;
      },
    },
    reverse: numbered,
  },
};
