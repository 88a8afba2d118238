import { describe, expect, it } from 'vitest';
import type { Issue } from '../../../engine/model/issue.ts';
import { withNewHashes } from '../../../ui/studio/change-hashes.ts';

const text = `changes:
  one: { set: a.label, was: "11111111", is: x } # stays
  two: { remove: a, was: "22222222", reconnect: b }
`;
const conflict = (name: string, proposal: string): Issue =>
  ({ code: 'change-conflict', path: `changes.${name}`, proposal }) as Issue;

describe('a change that another edit put out of step', () => {
  it('is written against what stands there now', () => {
    expect(withNewHashes(text, [], [conflict('two', '33333333')])).toBe(text.replace('22222222', '33333333'));
  });

  it('is left alone when it was in conflict before, or when nobody says the hash', () => {
    const now = [conflict('two', '33333333')];
    expect(withNewHashes(text, now, now)).toBe(text);
    expect(withNewHashes(text, [], [conflict('two', '对照基础流程')])).toBe(text);
    expect(withNewHashes(text, [], [conflict('three', '33333333')])).toBe(text);
  });
});
