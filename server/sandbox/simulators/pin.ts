import { credit } from './bank.ts';
import { type Simulator, word } from './simulator.ts';

/** Hands out a secret: by the remark of another small transfer, or by message. */
export const pin: Simulator = {
  id: 'pin',
  operations: {
    send: {
      async effect(ask, outcome) {
        if (outcome !== 'SENT') return { reason: '号码是空号' };
        const secret = word(ask.input.pin);
        if (word(ask.input.way) === 'remark') {
          await credit(ask, 1, secret);
          return {};
        }
        const id = await ask.world.number();
        const text = `PIN 码 ${secret}，请妥善保管，不要告诉他人。`;
        const message = { id, at: ask.now, by: 'sms', to: word(ask.input.mobile, '未留号码'), text };
        await ask.world.change((state) => ({ ...state, messages: [...state.messages, message] }));
        return {};
      },
    },
  },
};
