import { useId, useMemo, useState } from 'react';
import { shortDateTime } from '../app/format.ts';
import { Dialog } from '../app/parts/dialog.tsx';
import { type Both, type Choice, choicesOf, chosenLines, firstChoice, mergedText, piecesOf } from './conflict-merge.ts';
import { say } from './edit-texts.ts';
import type { Clash, Editing } from './use-project.ts';

/** Somebody else saved first: what they changed, and, where both did, whose stays. Neither text is lost. */
export function ConflictDialog({ editing, clash }: { readonly editing: Editing; readonly clash: Clash }) {
  const { before, mine, newest } = clash;
  const pieces = useMemo(() => piecesOf(before, newest.yaml, mine), [before, newest.yaml, mine]);
  const both = pieces.filter((piece) => piece.kind === 'both');
  const [choices, setChoices] = useState<readonly Choice[]>(() => both.map(firstChoice));
  const theirs = pieces.filter((piece) => piece.kind === 'theirs').length;
  const own = pieces.filter((piece) => piece.kind === 'mine').length;
  const by = newest.draft?.by ?? newest.release?.by ?? '';
  const at = newest.draft?.at ?? newest.release?.at ?? Date.now();
  return (
    <Dialog title={say('clashTitle')} onClose={editing.putOff} sticky wide>
      <p>{say('clash', { by, at: shortDateTime(at, Date.now()) })}</p>
      <p className="muted">{say(both.length > 0 ? 'clashBoth' : 'clashApart', { theirs, own, both: both.length })}</p>
      <ol className="clashes">
        {pieces.map((piece) => {
          if (piece.kind === 'same' || piece.kind === 'mine') return null;
          const key = `${piece.kind} ${piece.line}`;
          if (piece.kind === 'theirs')
            return (
              <li key={key}>
                <p className="strong">{say('theyChanged', { line: piece.line })}</p>
                <Lines before={piece.base} after={piece.lines} />
              </li>
            );
          const index = both.indexOf(piece);
          return (
            <li key={key}>
              <Chosen
                piece={piece}
                choice={choices[index] ?? firstChoice(piece)}
                onChoose={(choice) => setChoices(choices.map((one, at) => (at === index ? choice : one)))}
              />
            </li>
          );
        })}
      </ol>
      <footer>
        <button
          type="button"
          className="btn primary"
          onClick={() => editing.settle(clash, mergedText(pieces, choices))}
        >
          {say('keepMine')}
        </button>
        <button type="button" className="btn" onClick={() => editing.settle(clash, newest.yaml)}>
          {say('takeTheirs')}
        </button>
        <button type="button" className="btn" onClick={editing.putOff}>
          {say('later')}
        </button>
      </footer>
      <p className="muted">{say('clashHint')}</p>
    </Dialog>
  );
}

interface ChosenProps {
  readonly piece: Both;
  readonly choice: Choice;
  onChoose(choice: Choice): void;
}

/** A place that both changed. */
function Chosen({ piece, choice, onChoose }: ChosenProps) {
  const name = useId();
  return (
    <fieldset className="clash">
      <legend className="strong">{say('bothChanged', { line: piece.line })}</legend>
      {choicesOf(piece).map((one) => (
        <div key={one}>
          <label>
            <input type="radio" name={name} checked={one === choice} onChange={() => onChoose(one)} /> {say(one)}
          </label>
          <Lines before={piece.base} after={chosenLines(piece, one)} />
        </div>
      ))}
    </fieldset>
  );
}

/** Lines that went and lines that came, each with its sign. */
function Lines({ before, after }: { readonly before: readonly string[]; readonly after: readonly string[] }) {
  const signed = [
    ...before.filter((line) => !after.includes(line)).map((line) => ['−', line] as const),
    ...after.filter((line) => !before.includes(line)).map((line) => ['＋', line] as const),
  ];
  if (signed.length === 0) return <p className="muted">{say('linesMoved')}</p>;
  return (
    <pre className="clashlines">
      {signed.map(([sign, line], index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have nothing else, and do not move
        <span key={index} className={sign === '−' ? 'gone' : 'new'}>
          {`${sign} ${line}\n`}
        </span>
      ))}
    </pre>
  );
}
