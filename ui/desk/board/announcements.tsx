import { useId } from 'react';
import type { Board } from '../../../engine/explain/board.ts';
import type { Announcement } from '../../../engine/model/definition.ts';
import { isoDate } from '../../app/format.ts';
import { now } from '../../app/now.ts';
import { Field } from './field.tsx';
import { say } from './texts.ts';

type Own = Board['announcements'];
type Text = Omit<Announcement, 'id'>;

interface AnnouncementsProps {
  readonly released: readonly Announcement[];
  readonly announcements: Own;
  onChange(announcements: Own): void;
}

/** The release's announcements, which can be taken down or rewritten, and one's own. */
export function Announcements({ released, announcements, onChange }: AnnouncementsProps) {
  const heading = useId();
  const put = (id: string, one: Text | null) => onChange({ ...announcements, [id]: one });
  const drop = (id: string) => {
    const { [id]: _, ...rest } = announcements;
    onChange(rest);
  };
  const own = Object.entries(announcements).filter(([, one]) => one !== null) as [string, Text][];
  const add = () => {
    let n = own.length + 1;
    while (Object.hasOwn(announcements, `desk${n}`)) n += 1;
    put(`desk${n}`, { title: '', text: '', from: isoDate(now()) });
  };
  return (
    <section className="boardpart" aria-labelledby={heading}>
      <h2 id={heading}>{say('announcements')}</h2>
      {released
        .filter(({ id }) => announcements[id] === undefined || announcements[id] === null)
        .map(({ id, ...one }) => (
          <div key={id} className="boardreleased row">
            <span className="grow">
              <b>{one.title}</b>{' '}
              <span className="muted">{announcements[id] === null ? say('hidden') : say('fromRelease')}</span>
            </span>
            {announcements[id] === null ? (
              <button type="button" className="btn sm" onClick={() => drop(id)}>
                {say('show')}
              </button>
            ) : (
              <>
                <button type="button" className="btn sm" onClick={() => put(id, one)}>
                  {say('edit')}
                </button>
                <button type="button" className="btn sm" onClick={() => put(id, null)}>
                  {say('hide')}
                </button>
              </>
            )}
          </div>
        ))}
      {own.map(([id, one], place) => (
        <fieldset key={id} className="boardone">
          <legend>
            {place + 1}. {one.title}
          </legend>
          <Field
            label={say('heading')}
            value={one.title}
            maxLength={80}
            onChange={(title) => put(id, { ...one, title })}
          />
          <div className="boardfields">
            <Field type="date" label={say('from')} value={one.from} onChange={(from) => put(id, { ...one, from })} />
            <Field
              type="date"
              label={say('until')}
              hint={say('untilHint')}
              value={one.until ?? ''}
              onChange={(until) => {
                const { until: _, ...rest } = one;
                put(id, until === '' ? rest : { ...rest, until });
              }}
            />
          </div>
          <Field
            type="multiline"
            label={say('text')}
            hint={say('textHint')}
            value={one.text}
            maxLength={4000}
            onChange={(text) => put(id, { ...one, text })}
          />
          <button type="button" className="btn sm" onClick={() => drop(id)}>
            {say('remove')}
          </button>
        </fieldset>
      ))}
      <p>
        <button type="button" className="btn" onClick={add}>
          {say('add')}
        </button>
      </p>
    </section>
  );
}
