import { createHash } from 'node:crypto';
import { type Simulator, whole } from './simulator.ts';

const year = 365 * 86_400_000;

/** The issuing system: serial numbers and validity. */
export const ca: Simulator = {
  id: 'ca',
  operations: {
    produce: {
      async effect(ask, outcome) {
        if (outcome !== 'PRODUCED') return { reason: '制证设备没有响应' };
        const serial = createHash('sha256').update(ask.context.key).digest('hex').slice(0, 16).toUpperCase();
        const date = (time: number) => new Date(time + 8 * 3_600_000).toISOString().slice(0, 10);
        const until = ask.now + whole(ask.input.years, 1) * year;
        return { serial, validFrom: date(ask.now), validTo: date(until) };
      },
    },
  },
};
