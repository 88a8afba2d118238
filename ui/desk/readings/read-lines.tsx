import type { ComparedValue } from '../../../engine/contract/routes.ts';
import { Icon } from '../../app/icon.tsx';
import { mark } from '../../app/texts/punctuation.ts';
import { differences } from './differences.ts';
import { say } from './texts.ts';

/** Below this the engine itself is not sure, unless a check digit confirmed it. */
const SURE = 0.9;

interface ReadLinesProps {
  readonly values: readonly ComparedValue[];
  /** What stands in the line now: masked, or whole while it is shown. */
  readonly typed: string;
  /** Texts of the pictures, whole, while the value is shown. */
  readonly whole: readonly string[];
  onPaper(file: string): void;
}

/** Below a field: what stands on the pictures, where it is not the same; a tick where it is. */
export function ReadLines({ values, typed, whole, onPaper }: ReadLinesProps) {
  const different = values.filter((one) => !one.same);
  if (values.length === 0) return null;
  if (different.length === 0) {
    const slot = [...new Set(values.map((one) => one.slot))].join(mark('list'));
    return (
      <span className="deskreadok" title={say('same', { slot })}>
        <Icon name="check" />
        <span className="vh">{say('same', { slot })}</span>
      </span>
    );
  }
  return different.map((one, index) => {
    const text = one.masked ? whole[index] : one.read;
    return (
      <span key={`${one.file} ${one.path}`} className="deskread">
        <Icon name="warn" />
        <span>
          {text === undefined ? (
            say('differsMasked', { slot: one.slot })
          ) : (
            <>
              {say('onPaper', { slot: one.slot })}
              {mark('colon')}
              {differences(text, typed).map((part, at) =>
                // biome-ignore lint/suspicious/noArrayIndexKey: stretches have places, no names
                part.differs ? <mark key={at}>{part.text}</mark> : <span key={at}>{part.text}</span>,
              )}
            </>
          )}
          {one.checked || one.score >= SURE ? null : <span className="muted"> {say('unsure')}</span>}
        </span>
        <button type="button" className="linkbtn" onClick={() => onPaper(one.file)}>
          {say('look', { slot: one.slot })}
        </button>
      </span>
    );
  });
}
