import { randomBytes, randomInt } from 'node:crypto';
import type { CaseState } from '../../engine/model/case.ts';
import type { SecretVerdict } from '../../engine/model/command.ts';
import type { FormSchema } from '../../engine/model/definition.ts';
import type { Effect } from '../../engine/model/effect.ts';
import type { Json, JsonObject } from '../../engine/model/json.ts';
import type { Crypto } from '../crypto/crypto.ts';
import type { CaseDocument, SealedSecret } from '../store/store.ts';

type MakeSecret = Extract<Effect, { kind: 'makeSecret' }>;

/** Secrets of a case: their values never enter the engine, the state or the journal. */
export interface Secrets {
  make(caseId: string, effect: MakeSecret): SealedSecret;
  /** What a typed value is worth now. A value of an older generation is simply wrong. */
  verdict(document: CaseDocument, secret: string, typed: string, now: number): SecretVerdict;
  /** Replaces `{ $secret, generation }` in the input of a call. Null when that generation is gone. */
  fill(document: CaseDocument, input: JsonObject): JsonObject | null;
  /** The plain value of a token, for its owner's link. */
  token(document: CaseDocument, secret: string): string | null;
  /** The secrets of a case, sealed under the key that seals now. */
  reseal(document: CaseDocument): CaseDocument['secrets'];
}

export function createSecrets(crypto: Crypto): Secrets {
  const place = (caseId: string, secret: string, generation: number): string => `${caseId}/${secret}/${generation}`;

  return {
    make(caseId, { secret, generation, shape, validUntil }) {
      // A token names its case, so that opening a link needs no table of tokens.
      const plain =
        'digits' in shape
          ? String(randomInt(10 ** shape.digits)).padStart(shape.digits, '0')
          : `${caseId}.${randomBytes(24).toString('base64url')}`;
      const where = place(caseId, secret, generation);
      return {
        generation,
        sealed: crypto.sealText('secret', plain, where),
        digest: crypto.digest('secret', `${where}/${plain}`),
        validUntil,
        usedAt: null,
      };
    },
    verdict(document, secret, typed, now) {
      const stored = document.secrets[secret];
      const where = place(document.state.id, secret, stored?.generation ?? 0);
      const given = crypto.digest('secret', `${where}/${typed}`);
      if (!stored || !crypto.same(given, stored.digest)) return 'wrong';
      if (stored.usedAt !== null) return 'used';
      if (stored.validUntil !== null && stored.validUntil <= now) return 'expired';
      return 'right';
    },
    fill(document, input) {
      let gone = false;
      function walk(value: Json): Json {
        if (Array.isArray(value)) return value.map(walk);
        if (typeof value !== 'object' || value === null) return value;
        if (typeof value.$secret === 'string') {
          const stored = document.secrets[value.$secret];
          if (!stored || stored.generation !== value.generation) {
            gone = true;
            return null;
          }
          return crypto.openText('secret', stored.sealed, place(document.state.id, value.$secret, stored.generation));
        }
        return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, walk(item)]));
      }
      const filled = walk(input) as JsonObject;
      return gone ? null : filled;
    },
    token(document, secret) {
      const stored = document.secrets[secret];
      if (!stored || stored.usedAt !== null) return null;
      return crypto.openText('secret', stored.sealed, place(document.state.id, secret, stored.generation));
    },
    reseal({ state, secrets }) {
      const anew = (name: string, stored: SealedSecret): SealedSecret => {
        const where = place(state.id, name, stored.generation);
        return { ...stored, sealed: crypto.sealText('secret', crypto.openText('secret', stored.sealed, where), where) };
      };
      return Object.fromEntries(
        Object.entries(secrets).map(([name, one]) => [name, crypto.isOld(one.sealed) ? anew(name, one) : one]),
      );
    },
  };
}

/** Case that a token belongs to; it is not proven by this. */
export function caseOfToken(token: string): string | null {
  return /^([0-9a-z]{10,60})\.[A-Za-z0-9_-]{32}$/.exec(token)?.[1] ?? null;
}

/** Burns what was right and puts in what is new; both in the commit of the step. */
export function nextSecrets(
  secrets: Secrets,
  document: CaseDocument,
  next: CaseState,
  effects: readonly Effect[],
  burn: readonly string[],
  now: number,
): CaseDocument['secrets'] {
  const after: { [secret: string]: SealedSecret } = { ...document.secrets };
  for (const name of burn) {
    const stored = after[name];
    if (stored) after[name] = { ...stored, usedAt: now };
  }
  for (const effect of effects) {
    if (effect.kind === 'makeSecret') after[effect.secret] = secrets.make(next.id, effect);
  }
  return after;
}

/** Turns what a person typed into `x-secret` fields into verdicts. @returns the values for the engine and what burns. */
export function judge(
  secrets: Secrets,
  document: CaseDocument,
  schema: FormSchema | undefined,
  values: JsonObject,
  now: number,
): { readonly values: JsonObject; readonly burn: readonly string[] } {
  const judged: JsonObject = { ...values };
  const burn: string[] = [];
  for (const [field, rules] of Object.entries(schema?.properties ?? {})) {
    const secret = rules['x-secret'];
    const typed = judged[field];
    if (typeof secret !== 'string' || typed === undefined || typed === null || typed === '') continue;
    const verdict = secrets.verdict(document, secret, clean(String(typed)), now);
    judged[field] = verdict;
    if (verdict === 'right') burn.push(secret);
  }
  return { values: judged, burn };
}

/** Full-width digits and spaces are how people type codes from a bank statement. */
function clean(typed: string): string {
  return typed.normalize('NFKC').replace(/\s/g, '');
}
