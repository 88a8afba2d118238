import type { Session } from '../../engine/index.ts';
import { Tile } from '../app/parts/tile.tsx';
import { mark } from '../app/texts/punctuation.ts';
import { partOf } from './people.ts';
import { say } from './texts.ts';

interface CallsPanelProps {
  readonly session: Session;
  readonly auto: boolean;
  onAuto(on: boolean): void;
  onAnswer(call: string, outcome: string): void;
}

/** Systems that were asked and have not answered: a button for every outcome of their contract, and for silence. */
export function CallsPanel({ session, auto, onAuto, onAnswer }: CallsPanelProps) {
  return (
    <section>
      <h2>{say('calls')}</h2>
      <label className="labauto" title={say('worldHint')}>
        <input type="checkbox" checked={auto} onChange={(event) => onAuto(event.target.checked)} />
        {say('world')}
      </label>
      {session.calls.length === 0 ? <p className="muted">{say('callsNone')}</p> : null}
      {session.calls.map((call) => {
        const part = partOf(session.definition, call.connector);
        const operation = session.definition.connectors[call.connector]?.operations[call.operation];
        return (
          <div key={call.key} className="labcall">
            <p className="row">
              <Tile character={part.tile} size="sm" />
              <span className="strong">
                {part.title}
                {mark('colon')}
                {operation?.title ?? call.operation}
              </span>
            </p>
            <div className="labfaults">
              {[
                ...Object.entries(operation?.outcomes ?? {}).map(([id, outcome]) => ({ id, title: outcome.title })),
                { id: 'UNAVAILABLE', title: say('unavailable') },
              ].map((outcome) => (
                <button
                  key={outcome.id}
                  type="button"
                  className="btn sm"
                  data-outcome={outcome.id}
                  title={`${say('answer')}${mark('colon')}${outcome.id}`}
                  onClick={() => onAnswer(call.call, outcome.id)}
                >
                  {outcome.title}
                </button>
              ))}
            </div>
          </div>
        );
      })}
    </section>
  );
}
