import { useEffect, useId, useMemo, useRef, useState } from 'react';
import type { Session } from '../../engine/index.ts';
import { Icon } from '../app/icon.tsx';
import { Dialog } from '../app/parts/dialog.tsx';
import { say } from './texts.ts';
import type { Arrival } from './travel.ts';
import { type Working, work } from './worker/client.ts';
import type { Source } from './worker/messages.ts';

interface TravelDialogProps {
  readonly session: Session;
  readonly source: Source;
  onClose(): void;
  onArrived(arrival: Arrival, state: string): void;
}

const named: ReadonlySet<string> = new Set(['atomic', 'parallel', 'final']);

/** More often than this nothing is tried in a process; it keeps a slip of the finger from a search without end. */
const MOST_OFTEN = 20;

interface Looking {
  readonly state: string;
  readonly looked: number;
}

/** Choose a state, and how often something shall have happened; the engine's own search walks there in a worker. */
export function TravelDialog({ session, source, onClose, onArrived }: TravelDialogProps) {
  const id = useId();
  const [ask, setAsk] = useState('');
  const [counter, setCounter] = useState('');
  const [count, setCount] = useState(2);
  const [looking, setLooking] = useState<Looking | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  const working = useRef<Working | null>(null);
  useEffect(() => () => working.current?.stop(), []);
  const { definition } = session;
  const states = useMemo(
    () =>
      Object.values(definition.states)
        // A task whose state is divided inside, also among several people at once, is looked for by its own name too.
        .filter(({ kind, task, address }) => address !== '' && (named.has(kind) || task !== null))
        .map((state) => ({ id: state.address, title: state.label ?? state.title })),
    [definition],
  );
  const counters = Object.entries(definition.declared.counters);
  const shown = states.filter((one) => `${one.title} ${one.id}`.toLowerCase().includes(ask.trim().toLowerCase()));
  const go = (state: string, title: string) => {
    const { definition: _, ...travelling } = session;
    const destination = { state, counters: counter === '' ? {} : { [counter]: count } };
    setLooking({ state, looked: 0 });
    setFailed(null);
    const started = work(
      source,
      { kind: 'travel', session: travelling, destination },
      { progress: (looked) => setLooking({ state, looked }) },
    );
    working.current = started;
    started.answer
      .then((answer) => {
        setLooking(null);
        if (answer.kind === 'arrived')
          onArrived({ session: { ...answer.session, definition }, world: answer.world }, state);
        else if (answer.kind === 'lost')
          setFailed(say(answer.unwalkable ? 'travelNever' : 'travelNo', { title, n: answer.looked }));
      })
      .catch((error: Error) => {
        setLooking(null);
        setFailed(say('travelBroken', { message: error.message }));
      });
  };
  const stop = () => {
    working.current?.stop();
    setLooking(null);
  };
  return (
    <Dialog title={say('travelTitle')} onClose={onClose}>
      <p className="muted">{say('travelText')}</p>
      {counters.length === 0 ? null : (
        <fieldset className="labcount">
          <legend className="strong">{say('travelCount')}</legend>
          <label className="vh" htmlFor={`${id}-counter`}>
            {say('travelCounter')}
          </label>
          <select
            id={`${id}-counter`}
            className="in"
            value={counter}
            onChange={(event) => setCounter(event.target.value)}
          >
            <option value="">{say('travelAny')}</option>
            {counters.map(([name, { title }]) => (
              <option key={name} value={name}>
                {title}
              </option>
            ))}
          </select>
          <label className="vh" htmlFor={`${id}-count`}>
            {say('travelTimes')}
          </label>
          <input
            id={`${id}-count`}
            className="in"
            type="number"
            min={0}
            max={MOST_OFTEN}
            value={count}
            aria-disabled={counter === ''}
            onChange={(event) => setCount(Math.max(0, Math.min(MOST_OFTEN, Math.trunc(Number(event.target.value)))))}
          />
          <span>{say('travelUnit')}</span>
        </fieldset>
      )}
      <p className="labfield">
        <label htmlFor={`${id}-state`} className="strong">
          {say('search')}
        </label>
        <input
          id={`${id}-state`}
          className="in"
          type="search"
          value={ask}
          onChange={(event) => setAsk(event.target.value)}
        />
      </p>
      {failed ? (
        <p className="note warn" role="alert">
          <Icon name="warn" />
          <span>{failed}</span>
        </p>
      ) : null}
      {looking ? (
        <p className="note labworking" role="status">
          <Icon name="wait" />
          <span className="grow">{say('travelling', { n: looking.looked })}</span>
          <button type="button" className="btn sm" onClick={stop}>
            {say('stop')}
          </button>
        </p>
      ) : null}
      <ul className="labstates" aria-busy={looking !== null}>
        {shown.map((one) => (
          <li key={one.id}>
            <button
              type="button"
              data-state={one.id}
              aria-disabled={looking !== null}
              onClick={() => looking === null && go(one.id, one.title)}
            >
              <span className="strong">{one.title}</span>
              <code>{one.id}</code>
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
