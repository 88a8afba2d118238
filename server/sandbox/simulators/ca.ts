import { createHash } from 'node:crypto';
import { zoneMinutes } from '../../../engine/zone.ts';
import { type Simulator, whole, word } from './simulator.ts';

const year = 365 * 86_400_000;

/** Date in China, where the other side keeps its books. */
const date = (time: number) => new Date(time + zoneMinutes * 60_000).toISOString().slice(0, 10);

/** The issuing system: serial numbers and validity. */
export const ca: Simulator = {
  id: 'ca',
  operations: {
    find: {
      async effect(ask, outcome) {
        if (outcome !== 'FOUND') return {};
        // The world of the sandbox knows every certificate: two months from its end, and its holder's number as asked.
        const until = ask.now + 60 * 86_400_000;
        const { serial, number } = ask.input;
        return { serial: word(serial), number: word(number), validTo: date(until), daysLeft: 60, expired: false };
      },
    },
    produce: {
      async effect(ask, outcome) {
        if (outcome !== 'PRODUCED') return { reason: '制证设备没有响应' };
        const serial = createHash('sha256').update(ask.context.key).digest('hex').slice(0, 16).toUpperCase();
        const until = ask.now + whole(ask.input.years, 1) * year;
        return { serial, validFrom: date(ask.now), validTo: date(until) };
      },
    },
  },
};
