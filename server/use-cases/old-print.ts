import type { Context } from '../context.ts';
import { Fault } from '../fault.ts';
import { inTime } from '../in-time.ts';
import { toldOf } from '../told.ts';

/** The QR code of our printed documents (server/documents/pdf.ts): the case's number and the digest of its data. */
const code = /^(\d{17}) ([0-9A-Z]{4}-[0-9A-Z]{4})$/;

/** Milliseconds: an upload does not wait for a reader that is busy. */
const patience = 15_000;

/**
 * A scan whose QR code shows another case or older data. A code that cannot be read refuses nothing: people look at the scan.
 * @throws Fault file-outdated, file-other-case
 */
export async function refuseOldPrint(
  context: Context,
  wanted: { readonly number: string; readonly digest: string },
  bytes: Buffer,
  type: string,
): Promise<void> {
  const prints = (await codesOf(context, bytes, type)).flatMap((text) => {
    const found = code.exec(text);
    return found ? [{ number: found[1] ?? '', digest: found[2] ?? '' }] : [];
  });
  const [other] = prints.filter(({ number }) => number !== wanted.number);
  if (other) throw new Fault(422, 'file-other-case', { found: other.number });
  const [old] = prints.filter(({ digest }) => digest !== wanted.digest);
  if (old) throw new Fault(422, 'file-outdated', { found: old.digest, wanted: wanted.digest });
}

async function codesOf(context: Context, image: Buffer, type: string): Promise<readonly string[]> {
  try {
    return await inTime(context.recognizer.codes({ type, image }), patience);
  } catch (error) {
    context.log.warn({ error: toldOf(error) }, 'codes of a scan were not read');
    return [];
  }
}
