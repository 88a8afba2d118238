import { useEffect, useMemo, useRef, useState } from 'react';
import type { Diagram, StudioProject } from '../../engine/contract/routes.ts';
import type { Issue } from '../../engine/model/issue.ts';
import type { JsonObject } from '../../engine/model/json.ts';
import { api, type Fault } from '../api/index.ts';
import { asFault } from '../app/load.ts';
import { withNewHashes } from './change-hashes.ts';
import type { KeptDraft } from './kept-drafts.ts';
import { publishOnce } from './publish-once.ts';
import { settingsIn } from './settings-text.ts';
import { amended, begun, type History, redone, undone, written } from './undo-history.ts';
import { useCheck } from './use-check.ts';
import { useKeptDraft } from './use-kept-draft.ts';
import type { Vocabulary } from './worker/vocabulary.ts';

/** Somebody else saved first: what both began with, and what the other one made of it. */
export interface Clash {
  readonly before: string;
  readonly mine: string;
  readonly newest: StudioProject;
}

export interface Editing {
  readonly project: StudioProject;
  /** The one truth: settings form, diagram and editor all read and write it. */
  readonly text: string;
  readonly dirty: boolean;
  readonly settings: JsonObject;
  /** False while the text is no YAML: the settings are then those of the last good text. */
  readonly readable: boolean;
  readonly issues: readonly Issue[];
  readonly diagram: Diagram;
  /** The text that issues and diagram are about. */
  readonly checked: string;
  readonly checking: boolean;
  /** Names of the definition, for the editor; null until they are known. */
  readonly vocabulary: Vocabulary | null;
  readonly checkFault: Fault | null;
  readonly saving: boolean;
  /** No answer came to publishing: it is being found out whether it was done. */
  readonly asking: boolean;
  readonly fault: Fault | null;
  readonly clash: Clash | null;
  /** What was written before the window was closed; null when nothing was, or it is decided. */
  readonly left: KeptDraft | null;
  /** @param how 'typed': letters that follow each other quickly are one step of undo */
  setText(text: string, how?: 'typed'): void;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  undo(): void;
  redo(): void;
  /** True when it was done; a refusal is in `fault`, or somebody else was first: `clash`. */
  save(): Promise<boolean>;
  /** @param stories 'changed': scenarios may come out otherwise than they say */
  publish(note: string, stories?: 'changed'): Promise<boolean>;
  discard(): void;
  /** With the newest draft as what was saved, and this text on top of it. */
  settle(clash: Clash, text: string): void;
  putOff(): void;
  takeLeft(): void;
  dropLeft(): void;
}

export function useEditing(initial: StudioProject): Editing {
  const [project, setProject] = useState(initial);
  const [history, setHistory] = useState<History>(() => begun(initial.yaml));
  const { text } = history;
  const check = useCheck(initial, text);
  const [saving, setSaving] = useState(false);
  const [asking, setAsking] = useState(false);
  const [fault, setFault] = useState<Fault | null>(null);
  const [clash, setClash] = useState<Clash | null>(null);
  const dirty = text !== project.yaml;
  const kept = useKeptDraft(project, text);

  const parsed = useMemo(() => settingsIn(text), [text]);
  const good = useRef(parsed.settings);
  if (parsed.readable) good.current = parsed.settings;

  // Changes that stood on one that was edited or taken back are written against what stands there now.
  const sound = useRef(initial.issues);
  useEffect(() => {
    if (check.of !== text) return;
    const next = history.typed === null ? withNewHashes(text, sound.current, check.issues) : text;
    if (next === text) sound.current = check.issues;
    else setHistory((now) => (now.text === text ? amended(now, next) : now));
  }, [check, text, history.typed]);

  useEffect(() => {
    if (!dirty) return;
    const stay = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', stay);
    return () => window.removeEventListener('beforeunload', stay);
  }, [dirty]);

  const take = (next: StudioProject) => {
    setProject(next);
    check.take(next);
  };
  const clashed = async (error: unknown): Promise<void> => {
    const found = asFault(error);
    setFault(found);
    if (found.code !== 'draft-changed') return;
    const newest = await api.studioProject(project.id);
    setFault(null);
    // The other one published, or wrote the same: there is nothing to decide.
    if (newest.yaml === project.yaml || newest.yaml === text) setProject(newest);
    else setClash({ before: project.yaml, mine: text, newest });
  };
  const attempt = async (act: () => Promise<StudioProject>): Promise<boolean> => {
    setSaving(true);
    setFault(null);
    try {
      take(await act());
      return true;
    } catch (error) {
      await clashed(error).catch((again: unknown) => setFault(asFault(again)));
      return false;
    } finally {
      setSaving(false);
    }
  };
  const write = (next: string, how?: 'typed') =>
    setHistory((now) => written(now, next, how === 'typed' ? Date.now() : null));
  return {
    project,
    text,
    dirty,
    settings: good.current,
    readable: parsed.readable,
    issues: check.issues,
    diagram: check.diagram,
    checked: check.of,
    checking: check.running,
    vocabulary: check.vocabulary,
    checkFault: check.fault,
    saving,
    asking,
    fault,
    clash,
    left: kept.left,
    setText: write,
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
    undo: () => setHistory(undone),
    redo: () => setHistory(redone),
    save: () => attempt(() => api.studioSave(project.id, text, project.base)),
    publish: (note, stories) => attempt(() => publishOnce(project, note, stories, setAsking)),
    discard: () => {
      write(project.yaml);
      setFault(null);
    },
    settle: ({ newest }, next) => {
      setClash(null);
      setFault(null);
      setProject(newest);
      write(next);
    },
    putOff: () => setClash(null),
    takeLeft: () => {
      const { left } = kept;
      if (left === null) return;
      kept.close();
      if (left.saved === project.yaml) write(left.text);
      else setClash({ before: left.saved, mine: left.text, newest: project });
    },
    dropLeft: kept.drop,
  };
}
