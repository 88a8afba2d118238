import { useCallback, useEffect, useRef, useState } from 'react';
import type { Diagram, StudioProject } from '../../engine/contract/routes.ts';
import type { Issue } from '../../engine/model/issue.ts';
import { api, type Fault } from '../api/index.ts';
import { asFault } from '../app/load.ts';
import { studioApi } from './studio-api.ts';
import { CheckClient } from './worker/client.ts';
import type { Vocabulary } from './worker/vocabulary.ts';

/** How long nobody types before the server is asked, where the worker cannot be had. */
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
  /** Names of the definition, for the editor; null until the worker has told them. */
  readonly vocabulary: Vocabulary | null;
  /** The server has told what it found in a text. */
  take(project: StudioProject): void;
}

/** The text is checked at every keystroke in a worker, by the checks of the command line; by the server where there is none. */
export function useCheck(initial: StudioProject, text: string): Checking {
  const { id } = initial;
  const [check, setCheck] = useState<Check>({ issues: initial.issues, diagram: initial.diagram, of: initial.yaml });
  const [vocabulary, setVocabulary] = useState<Vocabulary | null>(null);
  const [running, setRunning] = useState(false);
  const [fault, setFault] = useState<Fault | null>(null);
  const [where, setWhere] = useState<'starting' | 'worker' | 'server'>('starting');
  const client = useRef<CheckClient | null>(null);
  const base = useRef(initial.base);
  const sent = useRef(initial.yaml);
  const checked = useRef(initial.yaml);
  // A text that does not compose has no diagram: the last one stays, its errors are listed below.
  const draw = useCallback((diagram: Diagram | null) => {
    if (diagram !== null && diagram.nodes.length > 0) setCheck((last) => ({ ...last, diagram }));
  }, []);
  const found = useCallback((issues: readonly Issue[], of: string) => {
    checked.current = of;
    setCheck((last) => ({ ...last, issues, of }));
    setFault(null);
    setRunning(false);
  }, []);

  useEffect(() => {
    const worker = new CheckClient({
      issues: (issues) => found(issues, sent.current),
      rest(rest) {
        draw(rest.diagram);
        if (rest.vocabulary !== null) setVocabulary(rest.vocabulary);
      },
      lost: () => setWhere('server'),
    });
    client.current = worker;
    let isHere = true;
    studioApi.files(id).then(
      ({ project, files }) => {
        if (!isHere) return;
        worker.open(project, files);
        // What is remembered of the other files makes the first keystroke as quick as the next.
        worker.check(sent.current);
        setWhere('worker');
      },
      () => {
        if (isHere) setWhere('server');
      },
    );
    return () => {
      isHere = false;
      client.current = null;
      worker.close();
    };
  }, [id, draw, found]);

  useEffect(() => {
    if (where !== 'worker' || sent.current === text) return;
    sent.current = text;
    setRunning(true);
    client.current?.check(text);
  }, [text, where]);

  useEffect(() => {
    if (where !== 'server' || checked.current === text) return;
    const abort = new AbortController();
    setRunning(true);
    const timer = setTimeout(() => {
      api.studioCheck(id, text, { signal: abort.signal }).then(
        (answer) => {
          found(answer.issues, text);
          draw(answer.diagram);
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
  }, [text, id, where, draw, found]);

  const take = (project: StudioProject) => {
    found(project.issues, project.yaml);
    draw(project.diagram);
    // Somebody else has been there: the other files may be others, too.
    const isOthers = project.base !== base.current + 1;
    base.current = project.base;
    if (!isOthers || where !== 'worker') return;
    studioApi.files(id).then(
      ({ files }) => {
        client.current?.open(id, files);
        client.current?.check(sent.current);
      },
      () => setWhere('server'),
    );
  };
  return { ...check, running, fault, vocabulary, take };
}
