import type { FailedScenario, RefusedBy, Verdict } from '../../engine/contract/verdict.ts';
import type { Fault } from '../api/index.ts';
import { download } from '../app/download.ts';
import { Icon } from '../app/icon.tsx';
import { Link } from '../app/route/index.ts';
import { locale } from '../app/texts/index.ts';
import { leaveStory } from '../workbench/story.ts';
import { toldFailure } from '../workbench/told-issue.ts';
import { say } from './texts.ts';

interface RefusalProps {
  readonly project: string;
  readonly fault: Fault;
}

/** Why nothing was published: what went wrong, and where the gate refused, the way to what must not be. */
export function Refusal({ project, fault }: RefusalProps) {
  const verdict = fault.extra.verdict as Verdict | undefined;
  if (verdict === undefined)
    return (
      <p className="note err" role="alert">
        {say('failed', { message: fault.message })}
      </p>
    );
  const { violations, scenarios } = verdict;
  return (
    <div className="refusal" role="alert">
      <p className={violations.length > 0 ? 'note err' : 'note warn'}>
        <Icon name={violations.length > 0 ? 'alert' : 'warn'} /> <span>{fault.message}</span>
      </p>
      {violations.length > 0 ? (
        <Violations project={project} violations={violations} />
      ) : (
        <>
          <ul>
            {scenarios.map(({ path, title, ...failure }) => (
              <li key={path}>
                <strong>{title}</strong>
                <br />
                <small className="muted">{say('storyStep', wordsOf(failure))}</small>
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
function wordsOf(failure: Omit<FailedScenario, 'path' | 'title'>) {
  const { step, written, expected, found } = toldFailure(failure);
  return { step, written, expected, found };
}

function Violations({ project, violations }: { readonly project: string; readonly violations: readonly RefusedBy[] }) {
  return (
    <>
      <ul>
        {violations.map(({ message, english, scenario, played }, index) => (
          <li key={message}>
            <strong>{locale() === 'en' ? english : message}</strong>
            {played ? null : <p className="muted">{say('suspected')}</p>}
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
            </div>
          </li>
        ))}
      </ul>
      <p className="muted">{say('refusedHint')}</p>
    </>
  );
}
