import { useState } from 'react';
import type { Diagram } from '../../engine/contract/routes.ts';
import type { FailedScenario, PathMoment, RefusedBy, Verdict } from '../../engine/contract/verdict.ts';
import type { Fault } from '../api/index.ts';
import { download } from '../app/download.ts';
import { Icon } from '../app/icon.tsx';
import { Link } from '../app/route/index.ts';
import { locale } from '../app/texts/index.ts';
import { leaveStory } from '../workbench/story.ts';
import { toldFailure } from '../workbench/told-issue.ts';
import { KeepStory } from './keep-story.tsx';
import { say as sayPane } from './pane-texts.ts';
import { PathSteps } from './path-steps.tsx';
import { say } from './texts.ts';

interface RefusalProps {
  readonly project: string;
  readonly fault: Fault;
  /** Of the draft that was refused. */
  readonly diagram: Diagram;
}

/** Why nothing was published: what went wrong, and where the gate refused, the way to what must not be. */
export function Refusal({ project, fault, diagram }: RefusalProps) {
  const verdict = fault.extra.verdict as Verdict | undefined;
  if (verdict === undefined)
    return (
      <p className="note err" role="alert">
        {fault.status === 0 ? sayPane('notPublished') : say('failed', { message: fault.message })}
      </p>
    );
  const { violations, scenarios } = verdict;
  return (
    <div className="refusal" role="alert">
      <p className={violations.length > 0 ? 'note err' : 'note warn'}>
        <Icon name={violations.length > 0 ? 'alert' : 'warn'} /> <span>{fault.message}</span>
      </p>
      {violations.length > 0 ? (
        <Violations project={project} violations={violations} diagram={diagram} />
      ) : (
        <>
          <ul>
            {scenarios.map(({ path, title, moments, ...failure }) => (
              <li key={path}>
                <strong>{title}</strong>
                <br />
                <small className="muted">{say('storyStep', wordsOf(failure))}</small>
                <Way diagram={diagram} moments={moments} title={title} />
              </li>
            ))}
          </ul>
          <p className="muted">{say('storiesHint')}</p>
        </>
      )}
    </div>
  );
}

/** What stands in the sentence of a failed scenario. */
function wordsOf(failure: Omit<FailedScenario, 'path' | 'title' | 'moments'>) {
  const { step, written, expected, found } = toldFailure(failure);
  return { step, written, expected, found };
}

interface ViolationsProps {
  readonly project: string;
  readonly violations: readonly RefusedBy[];
  readonly diagram: Diagram;
}

/** On the diagram when somebody wants to see it: most are told enough by their sentence. */
function Way({ diagram, moments, title, open = false }: WayProps) {
  const [shown, setShown] = useState(open);
  if (moments.length < 2) return null;
  return (
    <details open={shown} onToggle={(event) => setShown(event.currentTarget.open)}>
      <summary>{sayPane('path')}</summary>
      {shown ? <PathSteps diagram={diagram} moments={moments} title={title} /> : null}
    </details>
  );
}

interface WayProps {
  readonly diagram: Diagram;
  readonly moments: readonly PathMoment[];
  readonly title: string;
  readonly open?: boolean;
}

function Violations({ project, violations, diagram }: ViolationsProps) {
  return (
    <>
      <ul>
        {violations.map(({ message, english, scenario, played, moments }, index) => (
          <li key={message}>
            <strong>{locale() === 'en' ? english : message}</strong>
            {played ? null : <p className="muted">{say('suspected')}</p>}
            <Way diagram={diagram} moments={moments} title={locale() === 'en' ? english : message} open={index === 0} />
            <details>
              <summary>{say('refusedSteps')}</summary>
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard */}
              <pre tabIndex={0}>{scenario}</pre>
            </details>
            <div className="refusaldo">
              <Link
                className={index === 0 ? 'btn primary' : 'btn'}
                to={`/lab?project=${encodeURIComponent(project)}&of=draft&play=story`}
                onClick={() => leaveStory({ project, text: scenario })}
              >
                {say('refusedPlay')}
                <span className="vh"> {locale() === 'en' ? english : message}</span>
              </Link>
              <button
                type="button"
                className="btn"
                onClick={() => download(`${project}-${index + 1}.scenario.yaml`, scenario, 'application/yaml')}
              >
                {say('refusedFile')}
              </button>
              <KeepStory project={project} text={scenario} title={locale() === 'en' ? english : message} />
            </div>
          </li>
        ))}
      </ul>
      <p className="muted">{say('refusedHint')}</p>
    </>
  );
}
