import { type ChangeEvent, type DragEvent, type ReactNode, useState } from 'react';
import type { FileReference } from '../../../engine/contract/routes.ts';
import { readableBytes } from '../../../engine/forms/live.ts';
import { Dialog, Paragraphs } from '../dialog.tsx';
import { FieldTexts, FieldTitle, fieldClass } from '../field-frame.tsx';
import { Icon } from '../icons.tsx';
import type { Example } from '../services.ts';
import { useSay } from '../texts.ts';
import { type Done, type Upload, useUpload } from '../upload.ts';
import { Viewer } from '../viewer.tsx';
import type { ControlProps, KindOfField } from './field-kind.ts';

export function fileOf(value: unknown): FileReference | null {
  const file = value as Partial<FileReference> | null | undefined;
  return file && typeof file === 'object' && typeof file.id === 'string' ? (file as FileReference) : null;
}

/** A slot for one file: title and status, what to do, the file or the way to choose one, and what became of it. */
function Control(props: ControlProps) {
  const { store, state, ids, services } = props;
  const { field } = state;
  const say = useSay();
  const { upload, done, send, cancel, remove } = useUpload(store, field.name, services);
  const [over, setOver] = useState(false);
  const file = fileOf(state.value);
  const slot = field.file;
  const example = slot?.example ? (services.example?.(slot.example) ?? null) : null;
  const template = slot?.template ? (services.documentUrl?.(slot.template) ?? null) : null;
  const take = (list: FileList | null) => {
    const one = list?.[0];
    if (one) void send(one);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files);
  };

  return (
    <section
      className={fieldClass(state, `fv-slot${field.ocr ? ' is-compact' : ''}${over ? ' is-over' : ''}`)}
      aria-labelledby={ids.label}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <header>
        <h3 className="fv-label" id={ids.label}>
          <FieldTitle state={state} />
        </h3>
        <SlotTag file={file} upload={upload} doubtful={state.warning !== null} />
      </header>
      <FieldTexts state={state} ids={ids} />
      {(template || example) && (
        <p className="fv-slot-links">
          {template && (
            <a href={template} target="_blank" rel="noreferrer">
              <Icon name="download" />
              {say('fileTemplate')}
            </a>
          )}
          {example && <ExampleLink example={example} />}
        </p>
      )}
      <Progress upload={upload} onCancel={cancel} onRetry={(again) => void send(again)} />
      {file && upload.kind === 'idle' && (
        <ChosenFile
          file={file}
          title={field.title}
          done={done}
          {...(services.fileUrl ? { url: services.fileUrl(file) } : {})}
        >
          <Choose {...props} label={say('fileAgain')} onChoose={take} />
          <button
            type="button"
            className="fv-link"
            onClick={() => {
              remove();
              // The button that was pressed is gone: the way to choose a file takes the focus.
              requestAnimationFrame(() => document.getElementById(ids.control)?.focus());
            }}
          >
            {say('fileRemove')}
          </button>
        </ChosenFile>
      )}
      {!file && (upload.kind === 'idle' || upload.kind === 'refused') && (
        <div className="fv-drop">
          <Icon name={slot?.capture ? 'camera' : 'file'} />
          <Choose {...props} label={say(slot?.capture ? 'filePhoto' : 'fileChoose')} onChoose={take} first />
          <p className="fv-drop-text">{say('fileDrop')}</p>
        </div>
      )}
      {slot && (
        <p className="fv-limit" id={`${ids.control}-limit`}>
          {say('fileLimit', { types: slot.types.join('、'), size: readableBytes(slot.maxBytes) })}
          {slot.types.includes('jpg') && `；${say('filePhotoNote')}`}
        </p>
      )}
      {state.warning !== null && (
        <p className="fv-note is-warning" id={`${ids.control}-warning`}>
          <Icon name="warn" />
          <span>{state.warning}</span>
        </p>
      )}
    </section>
  );
}

/** The file input itself, styled as a button; on a phone the camera stands first where the slot asks for a photo. */
function Choose(
  props: ControlProps & {
    readonly label: string;
    readonly onChoose: (files: FileList | null) => void;
    /** The first file of the slot: a whole button, and the camera. Else a link. */
    readonly first?: boolean;
  },
) {
  const { state, ids, label, first = false } = props;
  const say = useSay();
  const slot = state.field.file;
  const accept = slot && slot.types.length > 0 ? slot.types.map((type) => `.${type}`).join(',') : undefined;
  const describedBy = [ids.describedBy, `${ids.control}-limit`].filter(Boolean).join(' ');
  const change = (event: ChangeEvent<HTMLInputElement>) => {
    props.onChoose(event.target.files);
    // The same file may be chosen again after a refusal.
    event.target.value = '';
  };
  const input = (id: string, text: ReactNode, style: string, camera: boolean) => (
    <span className={style}>
      <input
        id={id}
        type="file"
        accept={accept}
        aria-labelledby={`${id}-text ${ids.label}`}
        aria-describedby={describedBy}
        aria-invalid={state.error !== null || undefined}
        onChange={change}
        {...(camera ? { capture: 'environment' as const } : {})}
      />
      <span id={`${id}-text`}>{text}</span>
    </span>
  );
  if (!first) return input(ids.control, label, 'fv-choose is-quiet', false);
  if (!slot?.capture) return input(ids.control, label, 'fv-choose', false);
  const album = (
    <>
      <span className="fv-mouse">{label}</span>
      <span className="fv-touch">{say('fileAlbum')}</span>
    </>
  );
  return (
    <>
      {input(`${ids.control}-camera`, say('fileCamera'), 'fv-choose is-camera', true)}
      {input(ids.control, album, 'fv-choose', false)}
    </>
  );
}

function SlotTag({
  file,
  upload,
  doubtful,
}: {
  readonly file: FileReference | null;
  readonly upload: Upload;
  readonly doubtful: boolean;
}) {
  const say = useSay();
  if (upload.kind === 'preparing' || upload.kind === 'sending') {
    return (
      <span className="fv-tag is-busy">
        <Icon name="wait" />
        {say('fileBusy')}
      </span>
    );
  }
  if (upload.kind === 'refused') {
    return (
      <span className="fv-tag is-wrong">
        <Icon name="alert" />
        {say('fileRefused')}
      </span>
    );
  }
  if (!file) return <span className="fv-tag">{say('fileNone')}</span>;
  return (
    <span className={doubtful ? 'fv-tag is-doubtful' : 'fv-tag is-ok'}>
      <Icon name={doubtful ? 'warn' : 'check'} />
      {say('fileDone')}
    </span>
  );
}

function Progress(props: {
  readonly upload: Upload;
  readonly onCancel: () => void;
  readonly onRetry: (file: File) => void;
}) {
  const { upload } = props;
  const say = useSay();
  switch (upload.kind) {
    case 'idle':
      return null;
    case 'refused':
      return (
        <p className="fv-note is-wrong" role="alert">
          <Icon name="alert" />
          <span>
            <b>{upload.name}</b> {upload.reason}
            {upload.retry && (
              <button type="button" className="fv-link" onClick={() => upload.retry && props.onRetry(upload.retry)}>
                {say('retry')}
              </button>
            )}
          </span>
        </p>
      );
    default: {
      const percent = upload.kind === 'sending' ? Math.round(upload.share * 100) : 0;
      const left = upload.kind === 'sending' ? upload.left : null;
      return (
        <div className="fv-progress">
          <p>
            <b>{upload.name}</b>
            <span className="fv-num">
              {upload.kind === 'preparing' ? say('filePreparing') : say('fileProgress', { percent })}
              {left !== null && `，${say('fileLeft', { seconds: left })}`}
            </span>
          </p>
          <progress max={100} value={percent} aria-label={say('fileBusy')} />
          <p className="fv-hint">
            {upload.kind === 'sending' && upload.shrunk}
            <button type="button" className="fv-link" onClick={props.onCancel}>
              {say('fileCancel')}
            </button>
          </p>
        </div>
      );
    }
  }
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
          <b>{file.name}</b> <span className="fv-meta fv-num">{readableBytes(file.size)}</span>
        </p>
        {done?.shrunk && <p className="fv-hint">{done.shrunk}</p>}
        {done && done.filled !== null && (
          <p className={done.filled > 0 ? 'fv-note is-ok' : 'fv-note'} role="status">
            <Icon name={done.filled > 0 ? 'check' : 'file'} />
            <span>
              {done.filled > 0
                ? say('filled', { from: props.title, n: done.filled })
                : say('filledNone', { from: props.title })}
              {done.filled > 0 && <small>{say('filledHint')}</small>}
            </span>
          </p>
        )}
        <p className="fv-slot-links">
          {url && !picture && (
            <a href={url} target="_blank" rel="noreferrer">
              {say('fileOpen')}
            </a>
          )}
          {props.children}
        </p>
      </div>
      {zoomed && url && <Viewer src={url} title={`${props.title}，${file.name}`} onClose={() => setZoomed(false)} />}
    </div>
  );
}

function ExampleLink({ example }: { readonly example: Example }) {
  const say = useSay();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="fv-link" onClick={() => setOpen(true)}>
        {say('fileExample')}
      </button>
      {open && (
        <Dialog title={example.title} onClose={() => setOpen(false)} reading>
          {example.src && <img className="fv-example" src={example.src} alt={example.title} />}
          {example.text && <Paragraphs text={example.text} />}
        </Dialog>
      )}
    </>
  );
}

function Fixed({ state, services }: ControlProps) {
  const file = fileOf(state.value);
  const say = useSay();
  if (!file) return <span className="fv-none">{say('notFilled')}</span>;
  return (
    <ChosenFile file={file} title={state.field.title} {...(services.fileUrl ? { url: services.fileUrl(file) } : {})} />
  );
}

export const file: KindOfField = { kind: 'file', frame: 'own', Control, Fixed };
