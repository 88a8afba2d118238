import { expect, test } from 'vitest';
import { load } from '../../../engine/load.ts';
import { checkSame } from '../../../server/connectors/contract.ts';
import { TechnicalFailure } from '../../../server/connectors/failure.ts';
import { definitionFiles } from '../../workflows/definition-files.ts';

test('[RUN-29] the bank has sent back what it was asked to send back, or it has not answered', () => {
  const bank = load(definitionFiles(), 'szmg').definition?.connectors.bank;
  if (bank === undefined) throw new Error('szmg has no bank');
  const sentBack = (amount: number) =>
    checkSame(bank, 'refund', { amount: 20_000 }, { outcome: 'OK', data: { amount, flow: 'F-1' } });
  expect(() => sentBack(20_000)).not.toThrow();
  expect(() => sentBack(2_000)).toThrow(TechnicalFailure);
  expect(() => sentBack(2_000)).toThrow(/amount/);
});
