import { type DragEvent, useState } from 'react';
import type { FileReference } from '../../../engine/contract/routes.ts';
import { readableBytes } from '../../../engine/forms/live.ts';
import { mark } from '../../app/texts/punctuation.ts';
import { ChooseFile } from '../choose-file.tsx';
import { ChosenFile, fileOf } from '../chosen-file.tsx';
import { Dialog, Paragraphs } from '../dialog.tsx';
import { FieldTexts, FieldTitle, fieldClass } from '../field-frame.tsx';
import { Icon } from '../icons.tsx';
import type { Example } from '../services.ts';
import { useSay } from '../texts.ts';
import { type Upload, useUpload } from '../upload.ts';
import type { ControlProps, KindOfField } from './field-kind.ts';

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
      className={fieldClass(
        state,
        `fv-slot${field.ocr && Object.keys(field.ocr.fills).length > 0 ? ' is-compact' : ''}${over ? ' is-over' : ''}`,
      )}
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
          <ChooseFile {...props} label={say('fileAgain')} onChoose={take} />
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
          <ChooseFile {...props} label={say(slot?.capture ? 'filePhoto' : 'fileChoose')} onChoose={take} first />
          <p className="fv-drop-text">{say('fileDrop')}</p>
        </div>
      )}
      {slot && (
        <p className="fv-limit" id={`${ids.control}-limit`}>
          {say('fileLimit', { types: slot.types.join(mark('list')), size: readableBytes(slot.maxBytes) })}
          {slot.types.includes('jpg') && `${mark('semicolon')}${say('filePhotoNote')}`}
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
              {left !== null && `${mark('comma')}${say('fileLeft', { seconds: left })}`}
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
