import { useState } from 'react';
import type { ScenarioStep, Session } from '../../engine/index.ts';
import { deadline } from '../app/format.ts';
import { Icon } from '../app/icon.tsx';
import { Tile } from '../app/parts/tile.tsx';
import { mark } from '../app/texts/punctuation.ts';
import { partOf } from './people.ts';
import { say } from './texts.ts';

interface CallsPanelProps {
  readonly session: Session;
  readonly auto: boolean;
  onAuto(on: boolean): void;
  onAnswer(call: string, outcome: string): void;
  onFault(step: ScenarioStep, title: string): void;
  onAdvance(ms: number): void;
}

/** How an answer comes. */
const manners = ['once', 'twice', 'forged'] as const;
type Manner = (typeof manners)[number];

type Made = Session['made'][number];

/**
 * Systems that were asked and have not answered: a button for every outcome of their contract, for silence until their limit, and
 * for answers that come twice or are nobody's. Below stand those that have answered, or were left: they may speak again.
 */
export function CallsPanel({ session, auto, onAuto, onAnswer, onFault, onAdvance }: CallsPanelProps) {
  const [manner, setManner] = useState<Manner>('once');
  const past = pastCalls(session);
  const press = (call: Made, outcome: string, title: string) => {
    const answer = `${call.connector}.${call.operation}`;
    if (manner === 'once') onAnswer(call.call, outcome);
    else
      onFault(
        { answer, outcome, ...(manner === 'twice' ? { times: 2 } : { forged: true }) },
        `${title}${mark('comma')}${say(manner)}`,
      );
    setManner('once');
  };
  return (
    <section>
      <h2>{say('calls')}</h2>
      <label className="labauto" title={say('worldHint')}>
        <input type="checkbox" checked={auto} onChange={(event) => onAuto(event.target.checked)} />
        {say('world')}
      </label>
      {session.calls.length === 0 ? (
        <p className="muted">{say('callsNone')}</p>
      ) : (
        <fieldset className="labmanner">
          <legend>{say('manner')}</legend>
          {manners.map((one) => (
            <label key={one} className={manner === one && one !== 'once' ? 'on' : undefined}>
              <input type="radio" name="manner" checked={manner === one} onChange={() => setManner(one)} />
              {manner === one && one !== 'once' ? <Icon name="check" /> : null}
              {say(one)}
            </label>
          ))}
        </fieldset>
      )}
      {session.calls.map((call) => {
        const limit = limitOf(session, call);
        return (
          <div key={call.key} className="labcall">
            <CallTitle session={session} call={call} />
            <div className="labfaults">
              {outcomesOf(session, call).map((outcome) => (
                <button
                  key={outcome.id}
                  type="button"
                  className="btn sm"
                  data-outcome={outcome.id}
                  title={`${say('answer')}${mark('colon')}${outcome.id}`}
                  onClick={() => press(call, outcome.id, outcome.title)}
                >
                  {outcome.title}
                </button>
              ))}
              {limit === null ? null : (
                <button
                  type="button"
                  className="btn sm"
                  data-outcome="timeout"
                  onClick={() => onAdvance(Math.max(0, call.since + limit - session.now))}
                >
                  {say('timeout', { at: deadline(call.since + limit, session.now) })}
                </button>
              )}
            </div>
          </div>
        );
      })}
      {past.length === 0 ? null : (
        <details className="labmore">
          <summary>{say('pastCalls', { n: past.length })}</summary>
          <p className="muted">{say('pastHint')}</p>
          {past.map(({ call, attempt }) => (
            <div key={call.key} className="labcall">
              <CallTitle session={session} call={call} />
              <div className="labfaults">
                {outcomesOf(session, call).map((outcome) => (
                  <button
                    key={outcome.id}
                    type="button"
                    className="btn sm"
                    data-late={outcome.id}
                    onClick={() =>
                      onFault(
                        { answer: `${call.connector}.${call.operation}`, outcome: outcome.id, attempt },
                        `${outcome.title}${mark('comma')}${say('late')}`,
                      )
                    }
                  >
                    {outcome.title}
                  </button>
                ))}
              </div>
            </div>
          ))}
        </details>
      )}
    </section>
  );
}

function CallTitle({ session, call }: { readonly session: Session; readonly call: Made }) {
  const part = partOf(session.definition, call.connector);
  return (
    <p className="row">
      <Tile character={part.tile} size="sm" />
      <span className="strong">
        {part.title}
        {mark('colon')}
        {session.definition.connectors[call.connector]?.operations[call.operation]?.title ?? call.operation}
      </span>
    </p>
  );
}

function outcomesOf(session: Session, call: Made): readonly { readonly id: string; readonly title: string }[] {
  const operation = session.definition.connectors[call.connector]?.operations[call.operation];
  return [
    ...Object.entries(operation?.outcomes ?? {}).map(([id, outcome]) => ({ id, title: outcome.title })),
    { id: 'UNAVAILABLE', title: say('unavailable') },
  ];
}

function limitOf(session: Session, call: Made): number | null {
  return session.definition.connectors[call.connector]?.operations[call.operation]?.limit ?? null;
}

/** Calls that nobody waits for any more, the newest first, with their number among those of their operation. */
function pastCalls(session: Session): readonly { readonly call: Made; readonly attempt: number }[] {
  const waiting = new Set(session.calls.map(({ key }) => key));
  const counts = new Map<string, number>();
  return session.made
    .map((call) => {
      const name = `${call.connector}.${call.operation}`;
      const attempt = (counts.get(name) ?? 0) + 1;
      counts.set(name, attempt);
      return { call, attempt };
    })
    .filter(({ call }) => !waiting.has(call.key))
    .reverse();
}
