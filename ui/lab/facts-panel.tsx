import type { CaseView, Session } from '../../engine/index.ts';
import { shortDateTime } from '../app/format.ts';
import { Icon } from '../app/icon.tsx';
import { Tile } from '../app/parts/tile.tsx';
import { say } from './texts.ts';

export function FactsPanel({ session, view }: { readonly session: Session; readonly view: CaseView }) {
  const counters = Object.entries(session.definition.declared.counters);
  return (
    <section>
      <h2>{say('facts')}</h2>
      <div className="labtags">
        {view.facts.map((fact) => (
          <span key={fact.id} className={fact.provenAt === null ? 'tag' : 'tag ok'} title={fact.id}>
            <Icon name={fact.provenAt === null ? 'dot' : 'check'} />
            {fact.title}
          </span>
        ))}
        {counters.map(([id, counter]) => (
          <span key={id} className="tag" title={id}>
            {counter.title} {session.state.counters[id]?.count ?? 0}
          </span>
        ))}
      </div>
    </section>
  );
}

/** The waiting sentence of everybody that the case waits for. */
export function WaitingPanel({ view }: { readonly view: CaseView }) {
  return (
    <section>
      <h2>{say('waiting')}</h2>
      {view.waiting.length === 0 ? <p className="muted">{say('over')}</p> : null}
      {view.waiting.map((waiting) => (
        <p key={`${waiting.state} ${waiting.who.id}`} className="labwait">
          <Tile character={waiting.who.tile} size="sm" />
          <span>
            {waiting.sentence.split('**').map((part, index) =>
              // biome-ignore lint/suspicious/noArrayIndexKey: parts have places, no names
              index % 2 === 1 ? <b key={index}>{part}</b> : part,
            )}
          </span>
        </p>
      ))}
    </section>
  );
}

export function NoticesPanel({ session }: { readonly session: Session }) {
  const newest = [...session.notices].reverse();
  return (
    <section>
      <h2>{say('notices')}</h2>
      {newest.length === 0 ? <p className="muted">{say('noticesNone')}</p> : null}
      <ul className="labnotices">
        {newest.map((notice) => (
          <li key={notice.key}>
            <span className="muted xs">
              {notice.by} {notice.to ?? ''}
              {say('comma')}
              {shortDateTime(notice.at, session.now)}
            </span>
            <p>{notice.text}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
