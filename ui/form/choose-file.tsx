import type { ChangeEvent, ReactNode } from 'react';
import type { ControlProps } from './fields/field-kind.ts';
import { useSay } from './texts.ts';

/** The file input itself, styled as a button; on a phone the camera stands first where the slot asks for a photo. */
export function ChooseFile(
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
