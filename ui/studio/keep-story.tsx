import { useState } from 'react';
import { asFault } from '../app/load.ts';
import { say } from './pane-texts.ts';
import { studioApi } from './studio-api.ts';

interface KeepStoryProps {
  readonly project: string;
  /** Text of the scenario. */
  readonly text: string;
  /** What it is a way to, for whoever does not see where the button stands. */
  readonly title: string;
  readonly small?: boolean;
  onKept?(): void;
}

/** Keeps a way as a scenario of the project. The same one twice is one: pressing again does no harm. */
export function KeepStory({ project, text, title, small = false, onKept }: KeepStoryProps) {
  const [state, setState] = useState<'idle' | 'busy' | 'kept' | { readonly message: string }>('idle');
  const keep = async () => {
    setState('busy');
    try {
      await studioApi.keep(project, text);
      setState('kept');
      onKept?.();
    } catch (error) {
      setState({ message: asFault(error).message });
    }
  };
  if (state === 'kept')
    return (
      <span className="keptstory" role="status">
        {say('keptStory')}
      </span>
    );
  return (
    <>
      <button
        type="button"
        className={small ? 'btn sm' : 'btn'}
        aria-busy={state === 'busy'}
        onClick={() => state !== 'busy' && void keep()}
      >
        {say('keepStory')}
        <span className="vh"> {title}</span>
      </button>
      {typeof state === 'object' ? (
        <span className="err" role="alert">
          {say('keepFailed', { message: state.message })}
        </span>
      ) : null}
    </>
  );
}
