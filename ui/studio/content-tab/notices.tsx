import { useId, useMemo, useRef, useState } from 'react';
import type { EditableNotice } from '../../../engine/contract/editable.ts';
import { now } from '../../app/now.ts';
import { mark } from '../../app/texts/punctuation.ts';
import { changeAt, withSaid } from '../forms-tab/said.ts';
import { say as sayForms } from '../forms-tab/texts.ts';
import { TextWord } from '../forms-tab/word-inputs.tsx';
import { Problems, type SectionProps } from './content-tab.tsx';
import {
  filledPieces,
  filledText,
  nameOf,
  ofTheCase,
  placesIn,
  type Sample,
  sampleOf,
  sayableFields,
} from './places.ts';
import { say } from './texts.ts';

/** The messages that the process sends: text, what can be inserted, and how one arrives. */
export function Notices({ page: { editing }, parts, problems }: SectionProps) {
  const { text, project, diagram, settings } = editing;
  const sample = useMemo(
    () =>
      sampleOf(
        parts.forms,
        parts.base,
        { ...project.settings, ...settings },
        {
          settingsSchema: project.settingsSchema,
          now: now(),
          number: say('sampleNumber'),
          diagram,
          content: parts.content,
        },
      ),
    [parts, project, settings, diagram],
  );
  const fields = useMemo(() => sayableFields(parts.forms), [parts.forms]);
  const all = Object.entries(parts.base.notices);
  if (all.length === 0) return <p className="muted">{say('noticesNone')}</p>;
  return all.map(([id, notice]) => (
    <Notice
      key={id}
      id={id}
      notice={notice}
      role={parts.base.roles[notice.role ?? '']?.title ?? say('everybody')}
      text={text}
      sample={sample}
      fields={fields}
      problems={problems.get(`notices.${id}`)}
      mayEdit={project.may.edit}
      onText={editing.setText}
    />
  ));
}

interface NoticeProps {
  readonly id: string;
  readonly notice: EditableNotice;
  readonly role: string;
  readonly text: string;
  readonly sample: Sample;
  readonly fields: ReturnType<typeof sayableFields>;
  readonly problems: readonly string[] | undefined;
  readonly mayEdit: boolean;
  onText(text: string): void;
}

function Notice(props: NoticeProps) {
  const { id, notice, role, text, problems } = props;
  const [open, setOpen] = useState(false);
  const said = (part: 'text' | 'inbox') => {
    const is = changeAt(text, `notices.${id}.${part}`)?.change.is;
    return typeof is === 'string' ? is : (notice[part] ?? '');
  };
  const changed = said('text') !== notice.text || said('inbox') !== (notice.inbox ?? '');
  const title = `${say(`by-${notice.by}`, { role })}${mark('colon')}${notice.when[0] ?? id}`;
  return (
    <section className={changed ? 'contentpart ch' : 'contentpart'} aria-label={title} data-notice={id}>
      <div className="ph">
        <h3>{title}</h3>
        <span className="noticetools">
          {changed ? (
            <span className="tag warn">
              <span aria-hidden="true">~</span> {sayForms('changed')}
            </span>
          ) : null}
          <button
            type="button"
            className="btn sm"
            aria-expanded={open}
            aria-label={sayForms(open ? 'closeName' : props.mayEdit ? 'editName' : 'lookName', { title })}
            onClick={() => setOpen(!open)}
          >
            {sayForms(open ? 'close' : props.mayEdit ? 'edit' : 'look')}
          </button>
        </span>
      </div>
      {notice.when.length > 1 ? (
        <p className="muted">{say('noticeWhen', { when: notice.when.join(mark('list')) })}</p>
      ) : null}
      <Problems of={problems} />
      {open ? (
        <>
          <NoticeText {...props} part="text" value={said('text')} />
          {notice.inbox === undefined ? null : <NoticeText {...props} part="inbox" value={said('inbox')} />}
        </>
      ) : (
        <p className="noticeline">
          <Filled text={said('text')} sample={props.sample} />
        </p>
      )}
    </section>
  );
}

function NoticeText(props: NoticeProps & { readonly part: 'text' | 'inbox'; readonly value: string }) {
  const { id, notice, text, sample, fields, mayEdit, part, value, onText } = props;
  const chooser = useId();
  const box = useRef<HTMLDivElement>(null);
  const base = notice[part];
  const address = `notices.${id}.${part}`;
  const set = (next: string) => onText(withSaid(text, address, base, next));
  const insert = (source: string) => {
    const area = box.current?.querySelector('textarea');
    const at = area?.selectionStart ?? value.length;
    const place = `{${source}}`;
    set(value.slice(0, at) + place + value.slice(area?.selectionEnd ?? at));
    requestAnimationFrame(() => {
      area?.focus();
      area?.setSelectionRange(at + place.length, at + place.length);
    });
  };
  // What the process says of the case is what one wants again when it is worded otherwise.
  const chips = [...new Set([...placesIn(base ?? ''), ...ofTheCase])].filter((one) => nameOf(one, sample) !== one);
  return (
    <div className="noticetext" ref={box}>
      <div className="words">
        <TextWord
          label={say(part === 'text' ? 'noticeText' : 'noticeInbox')}
          value={value}
          base={base}
          own={false}
          mayEdit={mayEdit}
          rows={3}
          needed
          onSet={(next) => typeof next === 'string' && set(next)}
        />
      </div>
      {mayEdit ? (
        <div className="chips">
          <span className="muted">{say('insert')}</span>
          {chips.map((source) => (
            <button key={source} type="button" className="chip" title={`{${source}}`} onClick={() => insert(source)}>
              {nameOf(source, sample)}
            </button>
          ))}
          <label htmlFor={chooser} className="vh">
            {say('insertOther')}
          </label>
          <select id={chooser} className="in" value="" onChange={(event) => insert(event.target.value)}>
            <option value="">{say('insertOther')}</option>
            {fields.map((group) => (
              <optgroup key={group.form} label={group.title}>
                {group.fields.map((one) => (
                  <option key={one.source} value={one.source}>
                    {one.title}
                  </option>
                ))}
              </optgroup>
            ))}
          </select>
        </div>
      ) : null}
      <figure className="arrives">
        <figcaption className="muted">
          {say('noticePreview')}
          {notice.by === 'sms' && part === 'text'
            ? ` · ${say('length', { n: [...filledText(value, sample)].length })}`
            : ''}
        </figcaption>
        <blockquote>
          <Filled text={value} sample={sample} />
        </blockquote>
      </figure>
    </div>
  );
}

/** What comes from the case can be told from the words. */
function Filled({ text, sample }: { readonly text: string; readonly sample: Sample }) {
  return filledPieces(text, sample).map((piece, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no name, and are drawn anew together
    <span key={index} className={piece.filled ? 'fromcase' : undefined}>
      {piece.text}
    </span>
  ));
}
