import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Choice, chosenLines, mergedText, piecesOf } from '../../../ui/studio/conflict-merge.ts';
import { runs } from '../../support/runs.ts';

const base = 'project: one\ntitle: 甲\nsettings:\n  a: 1\n  b: 2\nend: 1\n';

describe('two texts that were made from one', () => {
  it('are put together where they do not touch', () => {
    const theirs = base.replace('a: 1', 'a: 5');
    const mine = base.replace('title: 甲', 'title: 乙');
    const pieces = piecesOf(base, theirs, mine);
    expect(pieces.map(({ kind }) => kind)).toEqual(['same', 'mine', 'same', 'theirs', 'same']);
    expect(mergedText(pieces, [])).toBe(base.replace('a: 1', 'a: 5').replace('title: 甲', 'title: 乙'));
  });

  it('keep both of what was put in at one place, and mine of what both changed, unless one says otherwise', () => {
    const put = piecesOf(base, base.replace('b: 2\n', 'b: 2\n  c: 3\n'), base.replace('b: 2\n', 'b: 2\n  d: 4\n'));
    expect(mergedText(put, [])).toContain('  b: 2\n  c: 3\n  d: 4\nend');
    const pieces = piecesOf(base, base.replace('b: 2', 'b: 3'), base.replace('b: 2', 'b: 4'));
    expect(pieces.find(({ kind }) => kind === 'both')).toMatchObject({ line: 5, base: ['  b: 2'] });
    expect(mergedText(pieces, ['mine'])).toBe(base.replace('b: 2', 'b: 4'));
    expect(mergedText(pieces, [])).toBe(base.replace('b: 2', 'b: 4'));
    expect(mergedText(pieces, ['theirs'])).toBe(base.replace('b: 2', 'b: 3'));
  });

  it('fit together within a line, key by key, and mine stands where both changed the same value', () => {
    const line = 'settings: { a: 1, b: 2, c: 3 } # few\n';
    const theirs = line.replace('a: 1', 'a: 5').replace('b: 2', 'b: 6');
    const mine = line.replace('b: 2', 'b: 7').replace(', c: 3', '');
    const pieces = piecesOf(line, theirs, mine);
    expect(mergedText(pieces, [])).toBe('settings: { a: 5, b: 7 } # few\n');
    expect(mergedText(pieces, ['theirs'])).toBe(theirs);
    // The same name for two things is one thing, in one place.
    const named = (is: string) => `changes:\n  queueLabel: { set: a.b, is: ${is} }\n`;
    expect(mergedText(piecesOf('changes:\n', named('甲'), named('乙')), [])).toBe(named('乙'));
    // Lines that say nothing by themselves are chosen as they are.
    const odd = piecesOf('a: [\n1,\n]\n', 'a: [\n2,\n]\n', 'a: [\n3,\n]\n');
    expect(mergedText(odd, [])).toBe('a: [\n3,\n]\n');
  });

  it('are either one where the other changed nothing; every line is in some piece; the choice decides the rest', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 12 }).map((lines) => lines.join('\n'));
    const choice = fc.constantFrom<Choice>('theirs', 'mine', 'both');
    fc.assert(
      fc.property(text, text, text, choice, (one, two, three, all) => {
        expect(mergedText(piecesOf(one, two, one), [])).toBe(two);
        expect(mergedText(piecesOf(one, one, two), [])).toBe(two);
        expect(mergedText(piecesOf(one, two, two), [])).toBe(two);
        const pieces = piecesOf(one, two, three);
        const whole = (kind: 'theirs' | 'mine') =>
          pieces
            .flatMap((piece) => {
              if (piece.kind === 'same') return piece.lines;
              if (piece.kind === 'both') return piece[kind];
              return piece.kind === kind ? piece.lines : piece.base;
            })
            .join('\n');
        expect(whole('mine')).toBe(three);
        const chosen = mergedText(
          pieces,
          pieces.filter(({ kind }) => kind === 'both').map(() => all),
        ).split('\n');
        for (const piece of pieces)
          if (piece.kind === 'both') for (const line of chosenLines(piece, all)) expect(chosen).toContain(line);
      }),
      runs(300),
    );
  });
});
