import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DueHeap } from '../../../server/jobs/due.ts';
import { runs } from '../../support/runs.ts';

test('the heap gives every case once, in the order of its newest time, whatever was set before', () => {
  const changes = fc.array(
    fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd', 'e'), due: fc.option(fc.integer({ min: 0, max: 50 })) }),
    { maxLength: 60 },
  );
  fc.assert(
    fc.property(changes, fc.integer({ min: 0, max: 50 }), (list, now) => {
      const heap = new DueHeap();
      const model = new Map<string, number>();
      for (const { id, due } of list) {
        heap.set(id, due);
        if (due === null) model.delete(id);
        else model.set(id, due);
        expect(heap.first()).toBe(model.size === 0 ? null : Math.min(...model.values()));
      }
      const taken: number[] = [];
      for (let id = heap.take(now); id !== null; id = heap.take(now)) {
        taken.push(model.get(id)!);
        model.delete(id);
      }
      expect(taken).toEqual([...taken].sort((a, b) => a - b));
      expect([...model.values()].every((due) => due > now)).toBe(true);
    }),
    runs(200),
  );
});
