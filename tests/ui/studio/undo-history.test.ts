import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amended, begun, redone, undone, written } from '../../../ui/studio/undo-history.ts';
import { runs } from '../../support/runs.ts';

describe('undo', () => {
  it('goes back through every step and forth again', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 3 }), { minLength: 1, maxLength: 20 }), (texts) => {
        let history = begun('start');
        const steps = ['start'];
        for (const text of texts) {
          history = written(history, text);
          if (text !== steps.at(-1)) steps.push(text);
        }
        for (const text of steps.slice(0, -1).reverse()) {
          history = undone(history);
          expect(history.text).toBe(text);
        }
        expect(undone(history)).toBe(history);
        for (const text of steps.slice(1)) {
          history = redone(history);
          expect(history.text).toBe(text);
        }
        expect(redone(history)).toBe(history);
      }),
      runs(100),
    );
  });

  it('takes letters that follow each other quickly as one step, and a step of a form for itself', () => {
    let history = written(begun(''), 'a', 1000);
    history = written(history, 'ab', 1400);
    history = written(history, 'abc', 3000);
    expect(undone(history).text).toBe('ab');
    expect(undone(undone(history)).text).toBe('');
    history = written(written(begun(''), 'a', 1000), 'form');
    expect(undone(history).text).toBe('a');
    history = written(history, 'formx', 1001);
    expect(undone(history).text).toBe('form');
  });

  it('forgets what was undone once something else is written; what the studio puts right belongs to its step', () => {
    const history = written(undone(written(begun('a'), 'b')), 'c');
    expect(redone(history)).toBe(history);
    expect(undone(amended(written(begun('a'), 'b'), 'b!')).text).toBe('a');
  });
});
