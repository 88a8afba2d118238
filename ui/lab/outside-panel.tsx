import { useState } from 'react';
import { type Command, outsideData, type ScenarioStep, type Session } from '../../engine/index.ts';
import type { JsonObject } from '../../engine/model/json.ts';
import { Dialog } from '../app/parts/dialog.tsx';
import { Tile } from '../app/parts/tile.tsx';
import { mark } from '../app/texts/punctuation.ts';
import { DialogActions } from '../workbench/dialog-actions.tsx';
import { partOf } from './people.ts';
import { say } from './texts.ts';

interface OutsidePanelProps {
  readonly session: Session;
  onSend(command: Command, title: string): void;
  onFault(step: ScenarioStep, title: string): void;
}

interface Arrival {
  readonly event: string;
  readonly title: string;
  readonly connector: string;
  readonly heard: boolean;
}

/** What can arrive unasked: payment notices, parcels, a scanned link. What nobody hears now stands below. */
export function OutsidePanel({ session, onSend, onFault }: OutsidePanelProps) {
  const [open, setOpen] = useState<Arrival | null>(null);
  const arrivals = arrivalsOf(session);
  if (arrivals.length === 0) return null;
  return (
    <section>
      <h2>{say('outside')}</h2>
      <ul className="laboffers">
        {arrivals.map((arrival) => {
          const part = partOf(session.definition, arrival.connector);
          return (
            <li key={arrival.event}>
              <Tile character={part.tile} size="sm" />
              <span className={arrival.heard ? 'strong' : 'muted'}>
                {arrival.title}
                <small>{arrival.heard ? part.title : `${part.title}${mark('comma')}${say('unheard')}`}</small>
              </span>
              <button type="button" className="btn sm" data-outside={arrival.event} onClick={() => setOpen(arrival)}>
                {say('outsideSend')}
                <span className="vh"> {arrival.title}</span>
              </button>
            </li>
          );
        })}
      </ul>
      {open ? (
        <ArrivalDialog
          arrival={open}
          start={outsideData(session.definition, session.state, open.event, session)}
          onClose={() => setOpen(null)}
          onSend={(data, manner) => {
            setOpen(null);
            if (manner === 'once') onSend({ kind: 'outside', event: open.event, data }, open.title);
            else
              onFault(
                { notice: open.event, with: data, ...(manner === 'twice' ? { times: 2 } : { forged: true }) },
                `${open.title}${mark('comma')}${say(manner)}`,
              );
          }}
        />
      ) : null}
    </section>
  );
}

/** How it comes: as it should, the same message twice, or from nobody who may send it. */
const manners = ['once', 'twice', 'forged'] as const;
type Manner = (typeof manners)[number];

interface ArrivalDialogProps {
  readonly arrival: Arrival;
  readonly start: JsonObject;
  onClose(): void;
  onSend(data: JsonObject, manner: Manner): void;
}

function ArrivalDialog({ arrival, start, onClose, onSend }: ArrivalDialogProps) {
  const [text, setText] = useState(() => JSON.stringify(start, null, 2));
  const [manner, setManner] = useState<Manner>('once');
  const [problem, setProblem] = useState<string | null>(null);
  const submit = () => {
    try {
      const data: unknown = JSON.parse(text);
      if (typeof data !== 'object' || data === null || Array.isArray(data)) throw new Error('{ … }');
      onSend(data as JsonObject, manner);
    } catch (error) {
      setProblem(say('json', { message: error instanceof Error ? error.message : '' }));
    }
  };
  return (
    <Dialog title={say('outsideTitle', { title: arrival.title })} onClose={onClose} sticky>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <p className="muted">{say('outsideText')}</p>
        <textarea
          className="labjson"
          rows={Math.min(14, text.split('\n').length + 1)}
          aria-label={say('outsideTitle', { title: arrival.title })}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <fieldset className="labmanner">
          <legend>{say('manner')}</legend>
          {manners.map((one) => (
            <label key={one} className={manner === one && one !== 'once' ? 'on' : undefined}>
              <input type="radio" name="arrives" checked={manner === one} onChange={() => setManner(one)} />
              {say(one)}
            </label>
          ))}
        </fieldset>
        {problem ? (
          <p className="note err" role="alert">
            {problem}
          </p>
        ) : null}
        <DialogActions label={say('outsideSend')} onClose={onClose} />
      </form>
    </Dialog>
  );
}

function arrivalsOf(session: Session): readonly Arrival[] {
  const { definition, state } = session;
  const around = new Set(state.active.flatMap((id) => prefixes(id)));
  const heard = new Set<string>();
  for (const node of [...around].map((id) => definition.states[id])) {
    for (const edge of node?.edges ?? []) if (edge.kind === 'on' || edge.kind === 'follow') heard.add(edge.name);
  }
  const arrivals = Object.entries(definition.declared.events).flatMap(([event, declared]): Arrival[] => {
    if (declared.from === undefined) return [];
    const [connector = '', kind = ''] = declared.from.split('.');
    const known = definition.connectors[connector];
    // An event that is a late answer of a call does not arrive by itself.
    const data = known?.events[kind];
    if (!data) return [];
    return [{ event, title: data.title, connector, heard: heard.has(event) }];
  });
  return [...arrivals].sort((a, b) => Number(b.heard) - Number(a.heard));
}

function prefixes(address: string): readonly string[] {
  const parts = address.split('.');
  return ['', ...parts.map((_, index) => parts.slice(0, index + 1).join('.'))];
}
