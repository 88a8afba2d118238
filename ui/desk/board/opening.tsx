import type { BoardView } from '../../../engine/contract/board.ts';
import type { Board } from '../../../engine/explain/board.ts';
import { mark } from '../../app/texts/punctuation.ts';
import { Field } from './field.tsx';
import { say } from './texts.ts';

interface OpeningProps {
  readonly project: BoardView['project'];
  readonly opening: Board['opening'];
  onChange(opening: Board['opening']): void;
}

type Own = NonNullable<Board['opening']>;

/** When new applications are taken: as released, or otherwise. */
export function Opening({ project, opening, onChange }: OpeningProps) {
  const { opens, closes, closed } = project;
  const change = (name: keyof Own, value: string) => {
    const { [name]: _, ...rest } = opening ?? {};
    onChange(value === '' ? rest : { ...rest, [name]: value });
  };
  const asReleased = { ...(opens && { opens }), ...(closes && { closes }), ...(closed && { closed }) };
  return (
    <fieldset className="boardpart">
      <legend>{say('opening')}</legend>
      <label className="row">
        <input type="radio" name="opening" checked={opening === null} onChange={() => onChange(null)} />
        {say('asReleased')}
        <span className="muted">{described(asReleased)}</span>
      </label>
      <label className="row">
        <input type="radio" name="opening" checked={opening !== null} onChange={() => onChange(asReleased)} />
        {say('own')}
      </label>
      {opening === null ? null : (
        <div className="boardfields">
          <Field type="date" label={say('opens')} value={opening.opens ?? ''} onChange={(to) => change('opens', to)} />
          <Field
            type="date"
            label={say('closes')}
            value={opening.closes ?? ''}
            onChange={(to) => change('closes', to)}
          />
          <Field
            label={say('closed')}
            hint={say('closedHint')}
            value={opening.closed ?? ''}
            maxLength={200}
            onChange={(to) => change('closed', to)}
          />
        </div>
      )}
    </fieldset>
  );
}

function described({ opens, closes, closed }: Own): string {
  const parts = [
    closed ?? '',
    opens === undefined ? '' : `${say('opens')} ${opens}`,
    closes === undefined ? '' : `${say('closes')} ${closes}`,
  ].filter((text) => text !== '');
  return parts.length === 0 ? say('always') : parts.join(mark('comma'));
}
