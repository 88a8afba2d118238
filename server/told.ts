import { ContractViolation, TechnicalFailure } from './connectors/failure.ts';
import { Unsealable } from './crypto/crypto.ts';
import { JobFailure } from './jobs/failure.ts';
import { Conflict, StoreCorrupt, StoreDead, StoreUnavailable } from './store/store.ts';

/** Errors of our own whose messages are written without data of a person. */
const OWN = [
  TechnicalFailure,
  ContractViolation,
  Unsealable,
  JobFailure,
  Conflict,
  StoreCorrupt,
  StoreDead,
  StoreUnavailable,
];

/**
 * What logs and operations are told of a failure. A library or another system may have put into its message what was sent
 * to it: of such an error only its kind and its place are told.
 */
export function toldOf(error: unknown): string {
  if (OWN.some((kind) => error instanceof kind)) return (error as Error).message;
  if (!(error instanceof Error)) return typeof error;
  const { code } = error as NodeJS.ErrnoException;
  const place = /\n\s+at ([^\n]+)/.exec(error.stack ?? '')?.[1]?.replace(/\(?file:\/\/|\/.*\/(?=[^/]+:\d)/g, '');
  return [error.name, code, place && `at ${place}`].filter((part) => part !== undefined).join(' ');
}
