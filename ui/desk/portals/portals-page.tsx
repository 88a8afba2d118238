import { type FormEvent, useId, useState } from 'react';
import type { PortalList, PortalView } from '../../../engine/contract/portals.ts';
import { deskApi } from '../../api/desk.ts';
import { shortDateTime } from '../../app/format.ts';
import { asFault, useLoad } from '../../app/load.ts';
import { now } from '../../app/now.ts';
import { mark } from '../../app/texts/punctuation.ts';
import { Shown } from '../../workbench/shown.tsx';

import { Field } from '../board/field.tsx';
import { DeskFrame } from '../desk-frame.tsx';
import { say } from './texts.ts';
import '../desk.css';
import '../board/board.css';

type Made = { readonly portal: string; readonly text: string };

/** Systems of others: what they may ask about, their keys, where they are told. */
export default function PortalsPage() {
  const load = useLoad('portals', deskApi.portals);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [made, setMade] = useState<Made | null>(null);
  async function act(work: Promise<PortalList & { key?: string; secret?: string }>, portal = ''): Promise<boolean> {
    setTrouble(null);
    setMade(null);
    try {
      const { key, secret, ...list } = await work;
      load.set(list);
      const text = key ?? secret;
      if (text !== undefined) setMade({ portal, text });
      return true;
    } catch (error) {
      setTrouble(asFault(error).message);
      return false;
    }
  }
  return (
    <DeskFrame current="portals" page={say('title')}>
      <div className="board">
        <header>
          <h1>{say('title')}</h1>
          <p className="muted">{say('explained')}</p>
          <p>
            <a href="/api/portal/v1/openapi.json" target="_blank" rel="noreferrer">
              {say('document')}
            </a>
          </p>
          {trouble === null ? null : (
            <p className="note err" role="alert">
              {trouble}
            </p>
          )}
        </header>
        <Shown of={load} lines={4}>
          {(data) => (
            <div className="boardedit">
              {data.portals.length === 0 ? <p className="muted">{say('none')}</p> : null}
              {data.portals.map((portal) => (
                <Portal key={portal.id} portal={portal} list={data} made={made} act={act} />
              ))}
              <NewPortal list={data} act={act} />
            </div>
          )}
        </Shown>
      </div>
    </DeskFrame>
  );
}

type Act = (work: Promise<PortalList & { key?: string; secret?: string }>, portal?: string) => Promise<boolean>;

interface PortalProps {
  readonly portal: PortalView;
  readonly list: PortalList;
  readonly made: Made | null;
  readonly act: Act;
}

function Portal({ portal, list, made, act }: PortalProps) {
  const heading = useId();
  const [url, setUrl] = useState(portal.url ?? '');
  const { id, title, keys, secrets, disabled } = portal;
  const titles = portal.projects.map((one) => list.projects.find((each) => each.id === one)?.title ?? one);
  return (
    <section className="boardpart" aria-labelledby={heading}>
      <div className="row">
        <h2 id={heading} className="grow">
          {title} <span className="muted mono">{id}</span>{' '}
          {disabled ? <span className="tag">{say('disabled')}</span> : null}
        </h2>
        <button
          type="button"
          className="btn sm"
          onClick={() => void act(deskApi.changePortal(id, { disabled: !disabled }))}
        >
          {say(disabled ? 'enable' : 'disable')}
        </button>
      </div>
      <p>{titles.join(mark('list'))}</p>
      {made?.portal === id ? (
        <div className="note warn" role="status">
          <span>
            {say('shown')} <code className="mono">{made.text}</code>
          </span>
        </div>
      ) : null}
      <h3>{say('keys')}</h3>
      {keys.length === 0 ? <p className="muted">{say('noKeys')}</p> : null}
      <ul className="plainlist">
        {keys.map((key) => (
          <li key={key.id}>
            <span className="mono">{key.id}…</span>
            <span className="grow muted">{shortDateTime(key.at, now())}</span>
            <button
              type="button"
              className="btn sm"
              aria-label={say('revokeOf', { id: key.id })}
              onClick={() => void act(deskApi.changePortal(id, { revoke: key.id }))}
            >
              {say('revoke')}
            </button>
          </li>
        ))}
      </ul>
      <p>
        <button type="button" className="btn sm" onClick={() => void act(deskApi.newPortalKey(id), id)}>
          {say('newKey')}
        </button>
      </p>
      <Field label={say('url')} hint={say('urlHint')} value={url} maxLength={500} onChange={setUrl} />
      <p>
        <button type="button" className="btn sm" onClick={() => void act(deskApi.changePortal(id, { url }))}>
          {say('saveUrl')}
        </button>
      </p>
      <h3>{say('secrets')}</h3>
      <p className="muted">{secrets.length === 0 ? say('noSecret') : say('secretText')}</p>
      <ul className="plainlist">
        {secrets.map(({ at, until }) => (
          <li key={at}>
            {until === null
              ? say('current', { at: shortDateTime(at, now()) })
              : say('until', { at: shortDateTime(until, now()) })}
          </li>
        ))}
      </ul>
      <p>
        <button type="button" className="btn sm" onClick={() => void act(deskApi.newPortalSecret(id), id)}>
          {say('newSecret')}
        </button>
      </p>
    </section>
  );
}

function NewPortal({ list, act }: { readonly list: PortalList; readonly act: Act }) {
  const empty = { id: '', title: '', projects: [] as readonly string[] };
  const [given, setGiven] = useState(empty);
  const toggle = (id: string) =>
    setGiven({
      ...given,
      projects: given.projects.includes(id) ? given.projects.filter((one) => one !== id) : [...given.projects, id],
    });
  async function create(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (await act(deskApi.createPortal(given))) setGiven(empty);
  }
  return (
    <form className="boardone" onSubmit={(event) => void create(event)} noValidate>
      <h2>{say('add')}</h2>
      <div className="boardfields">
        <Field
          label={say('id')}
          hint={say('idHint')}
          value={given.id}
          maxLength={40}
          onChange={(id) => setGiven({ ...given, id })}
        />
        <Field
          label={say('name')}
          value={given.title}
          maxLength={80}
          onChange={(title) => setGiven({ ...given, title })}
        />
      </div>
      <fieldset>
        <legend>{say('projects')}</legend>
        <div className="boardfields">
          {list.projects.map(({ id, title }) => (
            <label key={id} className="row">
              <input type="checkbox" checked={given.projects.includes(id)} onChange={() => toggle(id)} />
              {title}
            </label>
          ))}
        </div>
      </fieldset>
      <button type="submit" className="btn primary">
        {say('create')}
      </button>
    </form>
  );
}
