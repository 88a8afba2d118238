import { type OperationSimulator, type Simulator, word } from './simulator.ts';

const deliver: OperationSimulator = {
  decide: () => 'SENT',
  async effect(ask, outcome) {
    if (outcome !== 'SENT') return {};
    const id = await ask.world.number();
    const message = { id, at: ask.now, by: ask.operation, to: word(ask.input.to), text: word(ask.input.text) };
    await ask.world.change((state) => ({ ...state, messages: [...state.messages, message] }));
    return { number: `MSG${id}` };
  },
};

/** The gateways for short messages and e-mail. */
export const message: Simulator = { id: 'message', operations: { sms: deliver, email: deliver } };
