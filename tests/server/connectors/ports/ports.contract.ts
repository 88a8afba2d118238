import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { TechnicalFailure } from '../../../../server/connectors/failure.ts';
import type { PortCase } from './cases.ts';
import { type Port, requestOf } from './port.ts';

/** What every keeper of a contract owes it: the same suite for the wire protocol of the file and for the development sandbox. */
export function portContract(name: string, cases: PortCase, open: () => Promise<Port>): void {
  describe(name, () => {
    let port: Port;
    let sequence = 0;
    const newRequest = () => {
      sequence += 1;
      return requestOf(`k${sequence}`);
    };
    beforeAll(async () => {
      port = await open();
    });
    afterAll(() => port.close());
    beforeEach(() => port.heard.splice(0));
    afterEach(() => port.asUsual());

    test('there is a case for every operation, outcome and event of the contract', () => {
      const outcomes = (operations: PortCase['operations']) =>
        Object.entries(operations).flatMap(([id, { outcomes: known }]) =>
          Object.keys(known).map((one) => `${id}.${one}`),
        );
      expect(outcomes(cases.operations).sort()).toEqual(outcomes(port.contract.operations as never).sort());
      expect(Object.keys(cases.events).sort()).toEqual(Object.keys(port.contract.events).sort());
    });

    for (const [operation, { input, outcomes, later, asks }] of Object.entries(cases.operations)) {
      const [first = '', ...others] = Object.keys(outcomes);
      const told = (outcome: string) => ({ outcome, data: expect.objectContaining(outcomes[outcome]!) });

      test.each([first, ...others])(`${operation}: %s is told with its data`, async (outcome) => {
        await port.next(operation, { outcome, data: outcomes[outcome]! });
        expect(await port.perform(operation, input, newRequest())).toEqual(told(outcome));
      });

      test(`${operation}: the same key is the same request`, async () => {
        const request = newRequest();
        const before = port.done(operation);
        await port.next(operation, { outcome: first, data: outcomes[first]! });
        const answer = await port.perform(operation, input, request);
        expect(await port.perform(operation, input, { ...request, again: true })).toEqual(answer);
        expect(port.done(operation)).toBe(before + 1);
      });

      test(`${operation}: who cannot be reached has not answered, and is asked again under the same key`, async () => {
        const request = newRequest();
        const before = port.done(operation);
        await port.next(operation, { manner: 'unavailable' });
        await expect(port.perform(operation, input, request)).rejects.toBeInstanceOf(TechnicalFailure);
        await port.next(operation, { outcome: first, data: outcomes[first]! });
        expect(await port.perform(operation, input, { ...request, again: true })).toEqual(told(first));
        expect(port.done(operation)).toBe(before + 1);
      });

      if (asks)
        test(`${operation}: it is done once when its answer was lost`, async () => {
          const request = newRequest();
          const before = port.done(operation);
          await port.next(operation, { manner: 'lost', outcome: first, data: outcomes[first]! });
          await expect(port.perform(operation, input, request)).rejects.toBeInstanceOf(TechnicalFailure);
          await port.next(operation, { outcome: first, data: outcomes[first]! });
          expect(await port.perform(operation, input, { ...request, again: true })).toEqual(told(first));
          expect(port.done(operation)).toBe(before + 1);
        });

      if (later)
        test.each([first, others.at(-1) ?? first])(
          `${operation}: %s comes later, by message and by asking`,
          async (outcome) => {
            const request = newRequest();
            await port.next(operation, { manner: 'late' });
            expect(await port.perform(operation, input, request)).toBe('pending');
            expect(await port.poll(operation, request)).toBe('pending');
            await port.settle(operation, outcome, outcomes[outcome]!);
            const { call, generation } = request;
            expect(port.heard).toEqual([{ kind: 'outcome', call, generation, outcome: told(outcome) }]);
            expect(await port.poll(operation, request)).toEqual(told(outcome));
          },
        );
    }

    for (const [event, { after, data }] of Object.entries(cases.events))
      test(`${event}: it is told of the case, and twice the same is the same`, async () => {
        const { input, outcomes } = cases.operations[after]!;
        const [first = ''] = Object.keys(outcomes);
        await port.next(after, { outcome: first, data: outcomes[first]! });
        await port.perform(after, input, newRequest());
        await port.tell(after, event, data, 2);
        const one = { kind: 'event', name: `${port.contract.id}.${event}`, data: expect.objectContaining(data) };
        expect(port.heard).toEqual([one, one]);
        const field = port.contract.events[event]!.id;
        const [id, again] = port.heard.map((told) => told.kind === 'event' && told.data[field]);
        expect(id).toBe(again);
      });
  });
}
