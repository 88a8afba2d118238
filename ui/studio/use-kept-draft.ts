import { useEffect, useRef, useState } from 'react';
import type { StudioProject } from '../../engine/contract/routes.ts';
import { useSession } from '../app/session.tsx';
import { dropDraft, type KeptDraft, keepDraft, keptDrafts } from './kept-drafts.ts';

/** Keeps what is not saved yet in this browser, and tells what an earlier window has left. */
export function useKeptDraft(
  project: StudioProject,
  text: string,
): {
  readonly left: KeptDraft | null;
  /** It is being gone on with. */
  close(): void;
  /** It is not wanted any more. */
  drop(): void;
} {
  const { session } = useSession();
  const person = session.person?.id ?? '';
  const window = useRef(`${Date.now()} ${Math.random()}`);
  const [left, setLeft] = useState<KeptDraft | null>(() => {
    const drafts = project.may.edit ? keptDrafts(person, project.id) : [];
    return drafts.find((one) => one.text !== project.yaml) ?? null;
  });
  const saved = project.yaml;
  const { base, id } = project;
  useEffect(() => {
    if (!project.may.edit) return;
    if (text === saved) dropDraft(person, id, window.current);
    else keepDraft(person, id, { id: window.current, text, saved, base, at: Date.now() });
  }, [person, id, text, saved, base, project.may.edit]);
  const drop = () => {
    if (left !== null) dropDraft(person, id, left.id);
    setLeft(null);
  };
  // Its text is this window's from now on, and is kept as such.
  return { left, close: drop, drop };
}
