import { useId, useMemo, useState } from 'react';
import type { Session } from '../../engine/index.ts';
import { Dialog } from '../app/parts/dialog.tsx';
import { say } from './texts.ts';
import { type Arrival, travel } from './travel.ts';

interface TravelDialogProps {
  readonly session: Session;
  onClose(): void;
  onArrived(arrival: Arrival, state: string): void;
}

const named: ReadonlySet<string> = new Set(['atomic', 'parallel', 'final']);

/** Choose a state; the engine's own search walks there with the smallest valid data. */
export function TravelDialog({ session, onClose, onArrived }: TravelDialogProps) {
  const field = useId();
  const [ask, setAsk] = useState('');
  const [looking, setLooking] = useState<string | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  const states = useMemo(
    () =>
      Object.values(session.definition.states)
        // A task whose state is divided inside, also among several people at once, is looked for by its own name too.
        .filter(({ kind, task, address }) => address !== '' && (named.has(kind) || task !== null))
        .map((state) => ({ id: state.address, title: state.label ?? state.title })),
    [session.definition],
  );
  const shown = states.filter(({ id, title }) => `${title} ${id}`.toLowerCase().includes(ask.trim().toLowerCase()));
  const go = (id: string, title: string) => {
    setLooking(id);
    setFailed(null);
    // The search keeps the page busy for a moment: what is awaited is drawn first.
    setTimeout(() => {
      const arrived = travel(session, id);
      setLooking(null);
      if (arrived) onArrived(arrived, id);
      else setFailed(say('travelNo', { title }));
    }, 30);
  };
  return (
    <Dialog title={say('travelTitle')} onClose={onClose}>
      <p className="muted">{say('travelText')}</p>
      <p className="labfield">
        <label htmlFor={field} className="strong">
          {say('search')}
        </label>
        <input id={field} className="in" type="search" value={ask} onChange={(event) => setAsk(event.target.value)} />
      </p>
      {failed ? (
        <p className="note warn" role="alert">
          {failed}
        </p>
      ) : null}
      <ul className="labstates" aria-busy={looking !== null}>
        {shown.map(({ id, title }) => (
          <li key={id}>
            <button type="button" data-state={id} onClick={() => looking === null && go(id, title)}>
              <span className="strong">{title}</span>
              <code>{id}</code>
              {looking === id ? <span className="muted">{say('travelling')}</span> : null}
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
