import { useEffect, useMemo, useRef, useState } from 'react';
import type { Diagram, StudioProject } from '../../engine/contract/routes.ts';
import type { Issue } from '../../engine/model/issue.ts';
import type { JsonObject } from '../../engine/model/json.ts';
import { api, type Fault } from '../api/index.ts';
import { asFault } from '../app/load.ts';
import { settingsIn } from './settings-text.ts';

/** How long nobody types before the text is checked. */
const PAUSE = 350;

export interface Editing {
  readonly project: StudioProject;
  /** The one truth: settings form and editor both read and write it. */
  readonly text: string;
  readonly dirty: boolean;
  readonly settings: JsonObject;
  /** False while the text is no YAML: the settings are then those of the last good text. */
  readonly readable: boolean;
  readonly issues: readonly Issue[];
  readonly diagram: Diagram;
  readonly checking: boolean;
  readonly checkFault: Fault | null;
  readonly saving: boolean;
  readonly fault: Fault | null;
  setText(text: string): void;
  /** True when it was done; a refusal is in `fault`. */
  save(): Promise<boolean>;
  /** @param stories 'changed': scenarios may come out otherwise than they say */
  publish(note: string, stories?: 'changed'): Promise<boolean>;
  discard(): void;
}

export function useEditing(initial: StudioProject): Editing {
  const [project, setProject] = useState(initial);
  const [text, setText] = useState(initial.yaml);
  const [check, setCheck] = useState({ issues: initial.issues, diagram: initial.diagram });
  const [checking, setChecking] = useState(false);
  const [checkFault, setCheckFault] = useState<Fault | null>(null);
  const [saving, setSaving] = useState(false);
  const [fault, setFault] = useState<Fault | null>(null);
  const dirty = text !== project.yaml;

  const parsed = useMemo(() => settingsIn(text), [text]);
  const good = useRef(parsed.settings);
  if (parsed.readable) good.current = parsed.settings;

  const checked = useRef(initial.yaml);
  useEffect(() => {
    if (checked.current === text) return;
    const abort = new AbortController();
    setChecking(true);
    const timer = setTimeout(() => {
      api.studioCheck(project.id, text, { signal: abort.signal }).then(
        (answer) => {
          checked.current = text;
          // A text that does not compose has no diagram: the last one stays, its errors are listed below.
          setCheck((last) => ({
            issues: answer.issues,
            diagram: answer.diagram.nodes.length > 0 ? answer.diagram : last.diagram,
          }));
          setCheckFault(null);
          setChecking(false);
        },
        (error: unknown) => {
          if (abort.signal.aborted) return;
          setCheckFault(asFault(error));
          setChecking(false);
        },
      );
    }, PAUSE);
    return () => {
      clearTimeout(timer);
      abort.abort();
      setChecking(false);
    };
  }, [text, project.id]);

  useEffect(() => {
    if (!dirty) return;
    const stay = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', stay);
    return () => window.removeEventListener('beforeunload', stay);
  }, [dirty]);

  const take = (next: StudioProject) => {
    setProject(next);
    setCheck({ issues: next.issues, diagram: next.diagram.nodes.length > 0 ? next.diagram : check.diagram });
    checked.current = next.yaml;
  };
  const attempt = async (act: () => Promise<StudioProject>): Promise<boolean> => {
    setSaving(true);
    setFault(null);
    try {
      take(await act());
      return true;
    } catch (error) {
      setFault(asFault(error));
      return false;
    } finally {
      setSaving(false);
    }
  };
  return {
    project,
    text,
    dirty,
    settings: good.current,
    readable: parsed.readable,
    issues: check.issues,
    diagram: check.diagram,
    checking,
    checkFault,
    saving,
    fault,
    setText,
    save: () => attempt(() => api.studioSave(project.id, text, project.base)),
    publish: (note, stories) => attempt(() => api.studioPublish(project.id, note, project.base, stories)),
    discard: () => {
      setText(project.yaml);
      setFault(null);
    },
  };
}
