import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Fault } from '../../../ui/api/fault.ts';
import type { DraftPatch } from '../../../ui/api/index.ts';
import { DraftSaver, type DraftState } from '../../../ui/hall/case/draft-saver.ts';

/** Forms with one field each, as the page keeps them: what is dirty is taken, what failed is given back. */
class Page {
  dirty: { [form: string]: { [field: string]: string } } = {};
  type(value: string, field = 'name'): void {
    this.dirty = { ...this.dirty, one: { ...this.dirty.one, [field]: value } };
  }
  take(): DraftPatch | null {
    const patch = this.dirty;
    this.dirty = {};
    return Object.keys(patch).length > 0 ? patch : null;
  }
  restore(patch: DraftPatch): void {
    const before = patch as { [form: string]: { [field: string]: string } };
    this.dirty = { one: { ...before.one, ...this.dirty.one } };
  }
}

function setUp() {
  const page = new Page();
  const states: DraftState[] = [];
  const saved: DraftPatch[] = [];
  const save = vi.fn(async (_patch: DraftPatch, _leaving: boolean) => ({ savedAt: 1 }));
  const saver = new DraftSaver(page, {
    save,
    saved: (patch) => saved.push(patch),
    state: (state) => states.push(state),
  });
  const type = (value: string, field?: string): void => {
    page.type(value, field);
    saver.changed();
  };
  return { page, saver, save, states, saved, type };
}

describe('drafts', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('are saved once the typing pauses, only what changed', async () => {
    const { save, saved, states, type } = setUp();
    for (const value of ['a', 'ab', 'abc']) {
      type(value);
      await vi.advanceTimersByTimeAsync(300);
    }
    expect(save).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(700);
    expect(save).toHaveBeenCalledExactlyOnceWith({ one: { name: 'abc' } }, false);
    expect(states.at(-1)).toEqual({ kind: 'saved', at: 1 });
    expect(saved).toEqual([{ one: { name: 'abc' } }]);
  });

  it('do not wait for ever while somebody keeps typing', async () => {
    const { save, type } = setUp();
    for (let key = 0; key < 20; key += 1) {
      type(String(key));
      await vi.advanceTimersByTimeAsync(400);
    }
    expect(save.mock.calls.length).toBeGreaterThanOrEqual(1);
  });

  it('are kept when the session ran out, and saved once somebody has logged in', async () => {
    const { save, saver, states, type } = setUp();
    save.mockRejectedValueOnce(new Fault(401, 'not-logged-in', 'log in'));
    type('a');
    await vi.advanceTimersByTimeAsync(700);
    expect(states.at(-1)).toEqual({ kind: 'waiting', message: 'log in' });
    // It does not knock on a closed door.
    await vi.advanceTimersByTimeAsync(60_000);
    expect(save).toHaveBeenCalledTimes(1);
    saver.wake();
    await vi.advanceTimersByTimeAsync(0);
    expect(save).toHaveBeenLastCalledWith({ one: { name: 'a' } }, false);
    expect(states.at(-1)).toEqual({ kind: 'saved', at: 1 });
  });

  it('are tried again after a failure that passes, with what was typed meanwhile', async () => {
    const { save, states, type } = setUp();
    save.mockRejectedValueOnce(new Fault(0, 'offline', 'no network'));
    type('a');
    await vi.advanceTimersByTimeAsync(700);
    expect(states.at(-1)).toEqual({ kind: 'waiting', message: 'no network' });
    type('b', 'other');
    await vi.advanceTimersByTimeAsync(2500);
    expect(save).toHaveBeenLastCalledWith({ one: { name: 'a', other: 'b' } }, false);
    expect(states.at(-1)).toMatchObject({ kind: 'saved' });
  });

  it('keep what was typed last when an older value is given back', async () => {
    const { save, type } = setUp();
    save.mockImplementationOnce(async () => {
      throw new Fault(503, 'busy', 'later');
    });
    type('old');
    await vi.advanceTimersByTimeAsync(700);
    type('new');
    await vi.advanceTimersByTimeAsync(2500);
    expect(save).toHaveBeenLastCalledWith({ one: { name: 'new' } }, false);
  });

  it('are given up when the task is over, and say so', async () => {
    const { save, states, type } = setUp();
    save.mockRejectedValueOnce(new Fault(409, 'not-your-turn', 'over'));
    type('a');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(save).toHaveBeenCalledTimes(1);
    expect(states.at(-1)).toEqual({ kind: 'waiting', message: 'over' });
  });

  it('never have two requests under way: the second carries what came meanwhile', async () => {
    const { save, type } = setUp();
    let finish: (answer: { savedAt: number }) => void = () => undefined;
    save.mockImplementationOnce(() => new Promise((resolve) => (finish = resolve)));
    type('a');
    await vi.advanceTimersByTimeAsync(700);
    type('b');
    await vi.advanceTimersByTimeAsync(5000);
    expect(save).toHaveBeenCalledTimes(1);
    finish({ savedAt: 1 });
    await vi.advanceTimersByTimeAsync(1000);
    expect(save).toHaveBeenCalledTimes(2);
    expect(save).toHaveBeenLastCalledWith({ one: { name: 'b' } }, false);
  });

  it('are sent with the last breath of the page', async () => {
    const { saver, save, type } = setUp();
    type('a');
    saver.leave();
    expect(save).toHaveBeenCalledExactlyOnceWith({ one: { name: 'a' } }, true);
    await vi.advanceTimersByTimeAsync(5000);
    expect(save).toHaveBeenCalledTimes(1);
  });

  it('can be waited for before a step is sent', async () => {
    const { saver, save, type } = setUp();
    type('a');
    await saver.flush();
    expect(save).toHaveBeenCalledTimes(1);
    save.mockRejectedValueOnce(new Fault(0, 'offline', 'x'));
    type('b');
    await expect(saver.flush()).resolves.toBeUndefined();
  });

  it('stop when the task is left', async () => {
    const { saver, save, type } = setUp();
    saver.stop();
    type('a');
    await vi.advanceTimersByTimeAsync(5000);
    expect(save).not.toHaveBeenCalled();
  });
});
