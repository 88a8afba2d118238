import { useEffect, useRef, useState } from 'react';
import type { Editable } from '../../../engine/edit/index.ts';
import type { Fault } from '../../api/index.ts';
import { studioPlace } from '../../api/studio-edit.ts';
import { asFault } from '../../app/load.ts';

export interface PlaceState {
  readonly found: Editable | null;
  /** What `found` is about is another text or state than asked for: nothing may be written by it. */
  readonly stale: boolean;
  readonly fault: Fault | null;
}

/** What can be changed at a state of the text; asked again with every text, the last answer stays meanwhile. */
export function usePlace(project: string, text: string, address: string | null): PlaceState {
  const [answer, setAnswer] = useState<{ found: Editable; text: string; address: string } | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  const last = useRef({ text, address });
  last.current = { text, address };
  useEffect(() => {
    if (address === null) return;
    const abort = new AbortController();
    studioPlace(project, text, address, { signal: abort.signal }).then(
      (found) => {
        setFault(null);
        setAnswer({ found, text, address });
      },
      (error: unknown) => {
        if (!abort.signal.aborted) setFault(asFault(error));
      },
    );
    return () => abort.abort();
  }, [project, text, address]);
  const isHere = answer !== null && answer.address === address;
  return { found: isHere ? answer.found : null, stale: !isHere || answer.text !== text, fault };
}
