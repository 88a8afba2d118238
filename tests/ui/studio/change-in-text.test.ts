import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../engine/model/json.ts';
import { changesIn, freeName, withChange } from '../../../ui/studio/change-in-text.ts';
import { runs } from '../../support/runs.ts';

const label = { set: 'main.fill.label', was: '0a1b2c3d', is: '填写中' };
const text = `# who asked for it
project: one
number: "016" # fictional
changes: # agreed in March
  # the word of the house
  wording: { title: 说法, set: main.fill.label, was: "89d3eae7", is: 草稿箱 } # shown first
  ring:
    # they telephone
    {
      add: main.phoning,
      on: main.fill.on.NEXT, # before the review
      was: "b6222add",
      is: { task: { by: clerk, title: 致电 } },
    }
  gone:
    remove: main.paused
    was: "c114ac8e"
    reconnect: main.fill # back
title: 甲
`;

const change = (name: string, of = text) => changesIn(of)?.find((one) => one.name === name)?.change;

describe('a change of the project, in its text', () => {
  it('is read in the order of the text', () => {
    expect(changesIn(text)?.map(({ name }) => name)).toEqual(['wording', 'ring', 'gone']);
    expect(change('gone')).toEqual({ remove: 'main.paused', was: 'c114ac8e', reconnect: 'main.fill' });
    expect(changesIn('project: one\n')).toEqual([]);
    expect(changesIn('project: one\nchanges:\n')).toEqual([]);
    for (const broken of ['a: [1, ', 'changes: 3\n', '- list\n']) {
      expect(changesIn(broken)).toBeNull();
      expect(withChange(broken, 'one', label)).toBe(broken);
    }
  });

  it('is put in behind the others, in one line while it fits', () => {
    expect(withChange(text, 'label', label)).toBe(
      text.replace('# back\n', '# back\n  label: { set: main.fill.label, was: "0a1b2c3d", is: 填写中 }\n'),
    );
    expect(withChange('project: one\n', 'label', label)).toBe(
      'project: one\nchanges:\n  label: { set: main.fill.label, was: "0a1b2c3d", is: 填写中 }\n',
    );
    for (const empty of ['changes: {} # none\n', 'changes: # none\n', 'changes:\n']) {
      const next = withChange(`project: one\n${empty}title: 甲\n`, 'label', label);
      expect(changesIn(next), empty).toEqual([{ name: 'label', change: label }]);
      expect(next).toContain('title: 甲\n');
      if (empty.includes('#')) expect(next).toContain('# none');
    }
    const flowing = 'project: one\nchanges: { label: { remove: events.A, was: "1" } }\n';
    expect(withChange(flowing, 'two', label)).toBe(
      'project: one\nchanges: { label: { remove: events.A, was: "1" }, two: { set: main.fill.label, was: "0a1b2c3d", is: 填写中 } }\n',
    );
  });

  it('takes a line for each of its words when it is long', () => {
    const long: JsonObject = {
      add: 'main.phoning',
      on: 'main.fill.on.NEXT',
      was: 'b6222add',
      is: { label: '等待致电', task: { by: 'clerk', title: '致电申请人' }, on: { PHONED: 'onward', FAILED: 'mend' } },
    };
    const next = withChange('project: one\n', 'ring', long);
    expect(next).toBe(`project: one
changes:
  ring:
    add: main.phoning
    on: main.fill.on.NEXT
    was: b6222add
    is: { label: 等待致电, task: { by: clerk, title: 致电申请人 }, on: { PHONED: onward, FAILED: mend } }
`);
    expect(change('ring', next)).toEqual(long);
  });

  it('is written over where it differs; its comments stay', () => {
    const other = { title: '说法', set: 'main.fill.label', was: '89d3eae7', is: '别的' };
    expect(withChange(text, 'wording', other)).toBe(text.replace('草稿箱', '别的'));
    const ring = { add: 'main.phoning', on: 'main.fill.on.NEXT', was: '11111111', is: { task: { by: 'clerk' } } };
    const next = withChange(text, 'ring', ring);
    expect(next).toBe(text.replace('b6222add', '11111111').replace(', title: 致电', ''));
    const gone = { remove: 'main.paused', was: 'c114ac8e', reconnect: 'main.mend' };
    expect(withChange(text, 'gone', gone)).toBe(text.replace('main.fill # back', 'main.mend # back'));
  });

  it('is taken out, and the map with the last one', () => {
    expect(withChange(text, 'gone', null)).toBe(text.replace(/ {2}gone:[^#]+# back\n/, ''));
    expect(withChange(text, 'wording', null)).toBe(text.replace(/ {2}wording:.*\n/, ''));
    expect(withChange(text, 'nothing', null)).toBe(text);
    const one = withChange('project: one\n', 'label', label);
    expect(withChange(one, 'label', null)).toBe('project: one\n');
  });

  it('has a name of its own', () => {
    expect(freeName(text, 'label')).toBe('label');
    expect(freeName(text, 'ring')).toBe('ring2');
  });

  it('comes back as it was put in, whatever it says; nothing else is touched', () => {
    const exchange = readFileSync('workflows/projects/example-exchange.project.yaml', 'utf8');
    const word = fc.oneof(
      fc.constantFrom('on', 'yes', '12', '1e3', 'a: b', '# no', '- x', '', '"', '第一\n第二', '{'),
      fc.string(),
    );
    const value = fc.letrec<{ value: Json }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        word,
        fc.integer(),
        fc.boolean(),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(
          word.filter((key) => key !== '__proto__'),
          tie('value'),
          { maxKeys: 3 },
        ),
      ),
    })).value;
    const some = fc.record({ add: word, is: value, title: word }, { requiredKeys: ['add'] });
    const names = fc.constantFrom('wording', 'ring', 'gone', 'archive', 'other', 'third');
    const steps = fc.array(fc.tuple(names, fc.option(some)), { maxLength: 5 });
    fc.assert(
      fc.property(fc.constantFrom(text, exchange, 'project: one\n'), steps, (start, edits) => {
        let now = start;
        const expected = new Map((changesIn(start) ?? []).map(({ name, change }) => [name, change]));
        for (const [name, change] of edits) {
          now = withChange(now, name, change as JsonObject | null);
          if (change === null) expected.delete(name);
          else expected.set(name, change as JsonObject);
          expect(new Map(changesIn(now)?.map((one) => [one.name, one.change]))).toEqual(expected);
        }
        // What stands around them is there, byte for byte.
        const around = start.slice(0, Math.max(start.indexOf('changes:'), 0));
        expect(now.startsWith(around)).toBe(true);
        if (start === text) expect(now.endsWith('title: 甲\n')).toBe(true);
      }),
      runs(60),
    );
  });
});
