import { useEffect, useRef, useState } from 'react';
import type { Diagram, StudioProject } from '../../engine/contract/routes.ts';
import type { Issue } from '../../engine/model/issue.ts';
import { api, type Fault } from '../api/index.ts';
import { asFault } from '../app/load.ts';

/** How long nobody types before the text is checked. */
const PAUSE = 350;

export interface Check {
  readonly issues: readonly Issue[];
  /** Of the last text that composed. */
  readonly diagram: Diagram;
  /** The text that `issues` are about. */
  readonly of: string;
}

export interface Checking extends Check {
  readonly running: boolean;
  readonly fault: Fault | null;
  /** The server has told what it found in a text. */
  take(project: StudioProject): void;
}

/** The text is checked when nobody has typed for a moment. */
export function useCheck(initial: StudioProject, text: string): Checking {
  const { id } = initial;
  const [check, setCheck] = useState<Check>({ issues: initial.issues, diagram: initial.diagram, of: initial.yaml });
  const [running, setRunning] = useState(false);
  const [fault, setFault] = useState<Fault | null>(null);
  const checked = useRef(initial.yaml);
  const take = (issues: readonly Issue[], diagram: Diagram, of: string) => {
    checked.current = of;
    // A text that does not compose has no diagram: the last one stays, its errors are listed below.
    setCheck((last) => ({ issues, diagram: diagram.nodes.length > 0 ? diagram : last.diagram, of }));
  };
  const taken = useRef(take);
  taken.current = take;

  useEffect(() => {
    if (checked.current === text) return;
    const abort = new AbortController();
    setRunning(true);
    const timer = setTimeout(() => {
      api.studioCheck(id, text, { signal: abort.signal }).then(
        (answer) => {
          taken.current(answer.issues, answer.diagram, text);
          setFault(null);
          setRunning(false);
        },
        (error: unknown) => {
          if (abort.signal.aborted) return;
          setFault(asFault(error));
          setRunning(false);
        },
      );
    }, PAUSE);
    return () => {
      clearTimeout(timer);
      abort.abort();
      setRunning(false);
    };
  }, [text, id]);

  return { ...check, running, fault, take: ({ issues, diagram, yaml }) => take(issues, diagram, yaml) };
}
