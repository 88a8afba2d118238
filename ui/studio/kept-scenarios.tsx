import { useState } from 'react';
import { shortDateTime } from '../app/format.ts';
import { asFault, useLoad } from '../app/load.ts';
import { Link } from '../app/route/index.ts';
import { Shown } from '../workbench/shown.tsx';
import { leaveStory } from '../workbench/story.ts';
import { say as sayChange } from './change-texts.ts';
import { say } from './pane-texts.ts';
import { studioApi } from './studio-api.ts';

interface KeptScenariosProps {
  readonly project: string;
  readonly hasDraft: boolean;
  /** Rises when one was kept elsewhere on the page. */
  readonly round: number;
}

/** Scenarios that were kept for the project: the gate plays them before every release. */
export function KeptScenarios({ project, hasDraft, round }: KeptScenariosProps) {
  const { state, reload } = useLoad(`scenarios ${project} ${round}`, () => studioApi.scenarios(project));
  const [problem, setProblem] = useState('');
  const drop = async (path: string, title: string) => {
    if (!window.confirm(say('dropConfirm', { title }))) return;
    try {
      await studioApi.drop(project, path);
      setProblem('');
      reload();
    } catch (error) {
      setProblem(asFault(error).message);
    }
  };
  return (
    <Shown of={{ state, reload }} lines={4}>
      {(scenarios) =>
        scenarios.length === 0 ? (
          <p className="muted">{say('scenariosNone')}</p>
        ) : (
          <>
            <ul className="difflist">
              {scenarios.map(({ path, title, text, at, by }) => (
                <li key={path}>
                  <p>
                    <strong>{title}</strong>{' '}
                    <span className="muted">{say('keptLine', { by, at: shortDateTime(at, Date.now()) })}</span>
                  </p>
                  <p className="diffway">
                    <Link
                      className="btn sm"
                      to={`/lab?project=${encodeURIComponent(project)}${hasDraft ? '&of=draft' : ''}&play=story`}
                      onClick={() => leaveStory({ project, text })}
                    >
                      {sayChange('play')}
                      <span className="vh"> {title}</span>
                    </Link>
                    <button type="button" className="btn sm" onClick={() => void drop(path, title)}>
                      {say('dropStory')}
                      <span className="vh"> {title}</span>
                    </button>
                  </p>
                </li>
              ))}
            </ul>
            {problem === '' ? null : (
              <p className="note err" role="alert">
                {problem}
              </p>
            )}
          </>
        )
      }
    </Shown>
  );
}
