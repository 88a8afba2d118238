import { mark } from '../app/texts/punctuation.ts';
import './styles.ts';
import { type ReactNode, useState } from 'react';
import type { FileReference } from '../../engine/contract/routes.ts';
import { readableBytes } from '../../engine/forms/live.ts';
import { isoDate } from '../app/format.ts';
import { Icon } from './icons.tsx';
import { useSay } from './texts.ts';
import type { Done } from './upload.ts';
import { Viewer } from './viewer.tsx';

export function fileOf(value: unknown): FileReference | null {
  const file = value as Partial<FileReference> | null | undefined;
  return file && typeof file === 'object' && typeof file.id === 'string' ? (file as FileReference) : null;
}

/** A file that is there: thumbnail, name, size, what can be done with it. */
export function ChosenFile(props: {
  readonly file: FileReference;
  readonly title: string;
  readonly url?: string;
  readonly done?: Done | null;
  readonly children?: ReactNode;
}) {
  const { file, url, done } = props;
  const say = useSay();
  const [zoomed, setZoomed] = useState(false);
  const picture = file.type.startsWith('image/');
  if (file.erasedAt !== undefined)
    return <span className="fv-none">{say('fileErased', { date: isoDate(file.erasedAt) })}</span>;
  return (
    <div className="fv-chosen">
      {url && picture && (
        <button type="button" className="fv-thumb" onClick={() => setZoomed(true)}>
          <img src={url} alt="" />
          <span>{say('fileView')}</span>
        </button>
      )}
      <div className="fv-chosen-text">
        <p>
          {/* A name that is masked tells nothing. */}
          {!/^\*+$/.test(file.name) && <b>{file.name} </b>}
          <span className="fv-meta fv-num">{readableBytes(file.size)}</span>
        </p>
        {done && done.notes.length > 0 && <p className="fv-hint">{done.notes.join(mark('semicolon'))}</p>}
        {done?.doubts.map((doubt) => (
          <p key={doubt} className="fv-note is-warning" role="status">
            <Icon name="warn" />
            <span>{say(doubt === 'blurred' ? 'fileBlurred' : 'fileNoSeal')}</span>
          </p>
        ))}
        {done?.reading && <Reading reading={done.reading} from={props.title} />}
        <p className="fv-slot-links">
          {url && !picture && (
            <a href={url} target="_blank" rel="noreferrer">
              {say('fileOpen')}
            </a>
          )}
          {props.children}
        </p>
      </div>
      {zoomed && url && (
        <Viewer
          src={url}
          title={/^\*+$/.test(file.name) ? props.title : `${props.title}${mark('comma')}${file.name}`}
          onClose={() => setZoomed(false)}
        />
      )}
    </div>
  );
}

/** That the picture is being read, and what came of it. */
function Reading({ reading, from }: { readonly reading: NonNullable<Done['reading']>; readonly from: string }) {
  const say = useSay();
  const filled = reading.kind === 'ended' ? reading.filled : 0;
  return (
    <p className={filled > 0 ? 'fv-note is-ok' : 'fv-note'} role="status">
      <Icon name={reading.kind === 'running' ? 'wait' : filled > 0 ? 'check' : 'file'} />
      <span>
        {reading.kind === 'running'
          ? say('reading', { from })
          : filled > 0
            ? say('filled', { from, n: filled })
            : say('filledNone', { from })}
        {filled > 0 && <small>{say('filledHint')}</small>}
      </span>
    </p>
  );
}
