import { zoneMinutes } from '../../../engine/zone.ts';
import type { TestAuthority } from '../providers/authority.ts';
import { type Simulator, whole, word } from './simulator.ts';

/** Date in China, where the other side keeps its books. */
const date = (time: number) => new Date(time + zoneMinutes * 60_000).toISOString().slice(0, 10);

/** Opened by the first certificate, and gone with the sandbox's process: a toy's authority has no past. */
let opening: Promise<{ authority: TestAuthority; newRequest: (name: string) => Promise<string> }> | null = null;
const certificates = new Map<string, string>();

function open() {
  opening ??= import('../providers/authority.ts').then(async ({ TestAuthority, newRequest }) => ({
    authority: await TestAuthority.create(),
    newRequest,
  }));
  return opening;
}

/** What the test authority has issued and revoked, PEM. `certificate` is null for a number that it never gave. */
export async function published(serial: string): Promise<{ root: string; certificate: string | null; list: string }> {
  const { authority } = await open();
  return { root: authority.certificate, certificate: certificates.get(serial) ?? null, list: await authority.list() };
}

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
        const { authority, newRequest } = await open();
        const organization = word(ask.input.organization, '未写名称');
        const holder = word(ask.input.holder, organization);
        const subject = { organization, holder, number: word(ask.input.number, '未写号码') };
        // The token that the certificate is for makes a key and a request; here nobody holds one.
        const years = whole(ask.input.years, 1);
        const issued = await authority.issue(await newRequest(holder), subject, years, ask.now);
        certificates.set(issued.serial, issued.certificate);
        return { serial: issued.serial, validFrom: date(ask.now), validTo: date(issued.notAfter.getTime()) };
      },
    },
    revoke: {
      async effect(ask, outcome) {
        if (outcome !== 'REVOKED') return { reason: '没有这张证书' };
        // Certificates of before this process, and invented ones, are revoked without a list that could name them.
        const serial = word(ask.input.serial);
        if (certificates.has(serial)) (await open()).authority.revoke(serial, ask.now);
        return {};
      },
    },
  },
};
