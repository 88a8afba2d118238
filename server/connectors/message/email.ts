import { createTransport } from 'nodemailer';
import { ContractViolation, TechnicalFailure } from '../failure.ts';
import { referenceOf } from '../outside/references.ts';

export interface EmailSettings {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte; otherwise it has to be asked for before anything is said (STARTTLS). */
  readonly secure: boolean;
  readonly user: string | null;
  readonly password: string | null;
  /** `深圳CA网厅 <no-reply@ca.example>` */
  readonly from: string;
  /** The authority of a server inside the house, PEM. */
  readonly ca?: string;
}

export interface Email {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** The same key is the same mail: it makes the message's id, by which servers and readers know a second copy. */
  readonly key: string;
}

const patience = 15_000;

/** @returns false when the server refuses this address for good. @throws TechnicalFailure, ContractViolation */
export function createMailer(settings: EmailSettings): (email: Email) => Promise<boolean> {
  const { host, port, secure, user, password, from, ca } = settings;
  const transport = createTransport({
    ...{ host, port, secure, requireTLS: !secure },
    ...(user === null ? {} : { auth: { user, pass: password ?? '' } }),
    ...{ connectionTimeout: patience, greetingTimeout: patience, socketTimeout: patience },
    // Only text of our own goes out: no file and no address may be fetched.
    ...{ disableFileAccess: true, disableUrlAccess: true },
    tls: { minVersion: 'TLSv1.2', ...(ca === undefined ? {} : { ca }) },
  });
  const domain = /@([^>\s]+)/.exec(from)?.[1] ?? 'localhost';

  return async ({ to, subject, text, key }) => {
    const messageId = `<${referenceOf('message', 'email', key)}@${domain}>`;
    try {
      await transport.sendMail({ from, to: { name: '', address: to }, subject, text, messageId });
      return true;
    } catch (error) {
      const { responseCode = 0, code = '' } = error as { responseCode?: number; code?: string };
      if (code === 'EAUTH') throw new ContractViolation('message.email', 'the server does not take our password');
      if (code === 'EENVELOPE' && responseCode >= 500) return false;
      throw new TechnicalFailure('message.email', `${code} ${responseCode || ''}`.trim());
    }
  };
}
