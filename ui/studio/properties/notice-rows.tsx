import { useId } from 'react';
import type { EditNotice, EditPlace, EditText } from '../../../engine/contract/edit.ts';
import { useQuery } from '../../app/route/index.ts';
import { locale } from '../../app/texts/index.ts';
import { mark } from '../../app/texts/punctuation.ts';
import type { Page } from '../tab.ts';
import { withoutNotice, withWord } from './edits.ts';
import { say } from './piece-texts.ts';
import { shortText } from './short-text.ts';
import { say as sayStep } from './texts.ts';
import { Typed } from './typed.tsx';
import { isOwnStep, Where } from './where.tsx';
import { Wrong } from './wrong.tsx';

/** As much as the language lets a notice say. */
const MOST = 1000;

interface NoticeRowsProps {
  readonly page: Page;
  readonly place: EditPlace;
}

/** What a state sends, to whom and when; the texts, and whether the project sends it at all. */
export function NoticeRows({ page, place }: NoticeRowsProps) {
  const [, setSearch] = useQuery();
  if (place.notices.length === 0) return null;
  return (
    <section className="props" aria-labelledby="props-notices">
      <h3 id="props-notices">{say('notices')}</h3>
      <p className="propline muted">
        {say('noticePlaces')}
        <button
          type="button"
          className="linkbtn"
          onClick={() => setSearch({ tab: 'content', section: 'notices' }, { replace: true })}
        >
          {say('noticeContent')}
        </button>
      </p>
      {place.notices.map((notice) => (
        <Row key={notice.id} page={page} notice={notice} isGone={place.gone !== null} />
      ))}
    </section>
  );
}

interface RowProps {
  readonly page: Page;
  readonly notice: EditNotice;
  readonly isGone: boolean;
}

function Row({ page, notice, isGone }: RowProps) {
  const { editing } = page;
  const { id, also, text, inbox, removal } = notice;
  const title = noticeTitle(notice);
  const open = editing.project.may.edit && !isGone;
  const isChanged = text.change !== null || (inbox !== null && inbox.change !== null);
  return (
    <div className={isChanged ? 'prop ch' : 'prop'} data-notice={id}>
      <p>
        <span className="strong">{title}</span>
        <span className="muted"> {notice.when.map(whenSaid).join(mark('list'))}</span>
      </p>
      <Said page={page} text={text} name={say('noticeText')} title={title} open={open} />
      {inbox === null ? null : <Said page={page} text={inbox} name={say('noticeInbox')} title={title} open={open} />}
      <Wrong page={page} of={[...changesOf(text), ...(inbox === null ? [] : changesOf(inbox)), `notices.${id}`]} />
      {also.length > 0 ? <small>{say('noticeAlso', { titles: also.join(mark('list')) })}</small> : null}
      {open && removal.kind !== 'no' ? (
        <p className="propdo">
          <button
            type="button"
            className="btn sm"
            aria-label={`${say('noticeNot')}${mark('colon')}${title}`}
            onClick={() =>
              editing.setText(withoutNotice(editing.text, removal, say('noticeGone', { text: shortText(text.value) })))
            }
          >
            {removal.kind === 'remove' ? say('noticeNot') : sayStep('takeBack')}
          </button>
        </p>
      ) : null}
    </div>
  );
}

interface SaidProps {
  readonly page: Page;
  readonly text: EditText;
  readonly name: string;
  readonly title: string;
  readonly open: boolean;
}

function Said({ page, text, name, title, open }: SaidProps) {
  const id = useId();
  const { editing } = page;
  return (
    <>
      <label htmlFor={id} className="muted">
        {name}
        <span className="vh"> {title}</span>
      </label>
      {open ? (
        <Typed
          id={id}
          value={text.value}
          rows={rowsOf(text.value)}
          most={MOST}
          onSet={(next) => editing.setText(withWord(editing.text, text.can, next))}
        />
      ) : (
        <output id={id}>{text.value}</output>
      )}
      <Where
        page={page}
        from={text.from}
        change={text.change}
        name={`${title} ${name}`}
        isWhole={isOwnStep(text.can)}
      />
    </>
  );
}

function noticeTitle({ by, role }: EditNotice): string {
  return by === 'desk' ? say('by-desk', { role: role ?? say('everybody') }) : say(`by-${by}`);
}

function whenSaid({ kind, said }: EditNotice['when'][number]): string {
  return say(`when-${kind}`, { what: locale() === 'en' ? said.en : said.zh });
}

/** A long text is read as a whole. */
const rowsOf = (text: string): number => Math.min(8, Math.max(2, Math.ceil([...text].length / 26)));

const changesOf = ({ change }: EditText): readonly string[] => (change === null ? [] : [`changes.${change}`]);
