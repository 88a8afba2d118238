import { useEffect, useId, useState } from 'react';
import type { HealthPart, HealthView } from '../../../engine/contract/health.ts';
import { deskApi } from '../../api/desk.ts';
import { clockTime } from '../../app/format.ts';
import { asFault, useLoad } from '../../app/load.ts';
import { Link } from '../../app/route/index.ts';
import { Shown } from '../../workbench/shown.tsx';

import { DeskFrame } from '../desk-frame.tsx';
import { say as page } from '../nav-texts.ts';
import { lasted } from '../reports/lasted.ts';
import { countOf, linesOf, type PartLine } from './parts.ts';
import { Queues } from './queues.tsx';
import { say } from './texts.ts';
import '../desk.css';
import './health.css';

const EVERY = 10_000;

/** Pages of the desk on which something can be done about it. */
const DOORS: { readonly [part in HealthPart]?: 'letters' | 'running' } = {
  letters: 'letters',
  circuits: 'letters',
  queues: 'running',
};

const MARKS = { good: 'tag ok', look: 'tag warn', act: 'tag err' } as const;

/** How this server does, for whoever keeps it running. */
export default function HealthPage() {
  const load = useLoad('health', deskApi.health);
  const { reload, set } = load;
  const [isStale, setStale] = useState(false);
  const heading = useId();
  const queues = useId();

  useEffect(() => {
    let isGone = false;
    const look = async (): Promise<void> => {
      // Nobody looks: nothing is asked.
      if (document.visibilityState === 'hidden') return;
      try {
        const view = await deskApi.health();
        if (isGone) return;
        set(view);
        setStale(false);
      } catch (error) {
        // What is known stays; whoever may not look any more is told so.
        if (!isGone && asFault(error).status === 403) reload();
        else if (!isGone) setStale(true);
      }
    };
    const timer = setInterval(() => void look(), EVERY);
    const onShown = () => void look();
    document.addEventListener('visibilitychange', onShown);
    return () => {
      isGone = true;
      clearInterval(timer);
      document.removeEventListener('visibilitychange', onShown);
    };
  }, [set, reload]);

  return (
    <DeskFrame current="health" page={say('title')}>
      <div className="health">
        <header>
          <h1>{say('title')}</h1>
          <p className="muted">{say('explained')}</p>
        </header>
        <Shown of={load} lines={8}>
          {(view) => (
            <>
              <Verdict view={view} isStale={isStale} />
              <section aria-labelledby={heading}>
                <h2 id={heading} className="vh">
                  {say('parts')}
                </h2>
                <ul className="healthparts">
                  {linesOf(view).map((line) => (
                    <Part key={line.part} line={line} />
                  ))}
                </ul>
              </section>
              <Queues view={view} heading={queues} />
            </>
          )}
        </Shown>
      </div>
    </DeskFrame>
  );
}

/** In a sentence, and of when it is. Read aloud when it changes, not every time that it is looked at. */
function Verdict({ view, isStale }: { readonly view: HealthView; readonly isStale: boolean }) {
  const { node, version, up, sessions, at } = view;
  const cases = view.estimated ? say('about', { n: view.cases }) : view.cases;
  const [acts, looks] = [countOf(view, 'act'), countOf(view, 'look')];
  const time = clockTime(at);
  return (
    <div className="healthverdict">
      <div role="status">
        {acts > 0 ? <p className="note err">{say('someAct', { n: acts })}</p> : null}
        {looks > 0 ? <p className="note warn">{say('someLook', { n: looks })}</p> : null}
        {acts + looks === 0 && !isStale ? <p className="note ok">{say('allGood')}</p> : null}
        {isStale ? <p className="note warn">{say('stale', { time })}</p> : null}
      </div>
      <p className="muted">{say('meta', { node, version, up: lasted(up), cases, sessions, time })}</p>
    </div>
  );
}

function Part({ line: { part, level, sentence, todo } }: { readonly line: PartLine }) {
  const door = todo === null ? undefined : DOORS[part];
  return (
    <li data-part={part} data-level={level}>
      <span className={MARKS[level]}>{say(level)}</span>
      <strong>{say(part)}</strong>
      <div>
        <p>{sentence}</p>
        {todo === null ? null : (
          <>
            <p>{todo.text}</p>
            <p className="healthmore">
              {door === undefined ? null : <Link to={`/desk/${door}`}>{say('open', { page: page(door) })}</Link>}
              <span className="muted">{say('runbook', { name: todo.runbook })}</span>
            </p>
          </>
        )}
      </div>
    </li>
  );
}
