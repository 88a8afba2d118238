import { useMemo, useState } from 'react';
import type { Diagram } from '../../engine/contract/routes.ts';
import type { PathMoment } from '../../engine/contract/verdict.ts';
import { mark } from '../app/texts/punctuation.ts';
import { DiagramView } from '../diagram/index.ts';
import { say } from './pane-texts.ts';

interface PathStepsProps {
  readonly diagram: Diagram;
  readonly moments: readonly PathMoment[];
  /** What the way leads to, for the name of the group. */
  readonly title: string;
}

/** A way on the diagram, step by step: where the case stands after each, and where it has been. */
export function PathSteps({ diagram, moments, title }: PathStepsProps) {
  // The end is what matters; the way there can be gone back.
  const [at, setAt] = useState(moments.length - 1);
  const moment = moments[at];
  const seen = useMemo(() => {
    const before = moments.slice(0, at + 1);
    const taken = before.flatMap(({ active }, index) =>
      index === 0 ? [] : active.flatMap((to) => (before[index - 1]?.active ?? []).map((from) => [from, to] as const)),
    );
    return { visited: before.flatMap(({ active }) => active), taken };
  }, [moments, at]);
  if (moment === undefined) return null;
  const titles = moment.active.map((id) => diagram.nodes.find((node) => node.id === id)?.title ?? id);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would say that something is filled in
    <div className="pathsteps" role="group" aria-label={`${say('path')}${mark('colon')}${title}`}>
      <div className="pathbar">
        <button type="button" className="btn sm" aria-disabled={at === 0} onClick={() => setAt(Math.max(0, at - 1))}>
          {say('back2')}
        </button>
        <span aria-live="polite">
          <strong>{say('stepOf', { n: at + 1, all: moments.length })}</strong>{' '}
          {say(`step-${moment.kind}`, { title: moment.title, detail: moment.detail })}
        </span>
        <button
          type="button"
          className="btn sm"
          aria-disabled={at === moments.length - 1}
          onClick={() => setAt(Math.min(moments.length - 1, at + 1))}
        >
          {say('next2')}
        </button>
      </div>
      <p className="muted">{say('standsAt', { titles: titles.join(mark('list')) })}</p>
      <div className="pathdiagram">
        <DiagramView diagram={diagram} active={moment.active} visited={seen.visited} taken={seen.taken} />
      </div>
    </div>
  );
}
