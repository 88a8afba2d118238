import { useState } from 'react';
import type { StudioProject } from '../../engine/contract/routes.ts';
import { api } from '../api/index.ts';
import { shortDateTime } from '../app/format.ts';
import { say as sayChange } from './change-texts.ts';
import { GoBackDialog } from './go-back-dialog.tsx';
import { noteOf, whoOf } from './release.ts';
import type { TabProps } from './tab.ts';
import { say } from './texts.ts';

/** Every release that was in force: who published it when and why; its files, and the way back to it. */
export function ReleaseHistory({ page }: TabProps) {
  const { project } = page.editing;
  const [back, setBack] = useState<Released | null>(null);
  if (project.history.length === 0) return <p className="wbempty">{say('historyEmpty')}</p>;
  const now = Date.now();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: on a narrow screen it scrolls sideways, by the keyboard too
    <section className="studiolist" tabIndex={0} aria-label={say('history')}>
      <table className="table cards">
        <thead>
          <tr>
            <th scope="col">{say('number')}</th>
            <th scope="col">{say('when')}</th>
            <th scope="col">{say('who')}</th>
            <th scope="col">{say('note')}</th>
            <th scope="col">{say('scenarios')}</th>
            <th scope="col">{say('hash')}</th>
            <th scope="col">
              <span className="vh">{say('open')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {project.history.map((release) => (
            <tr key={`${release.number} ${release.hash}`}>
              <td className="num">
                {release.number}
                {release.number === project.release?.number ? <span className="tag">{say('current')}</span> : null}
              </td>
              <td className="num" data-label={say('when')}>
                {shortDateTime(release.at, now)}
              </td>
              <td data-label={say('who')}>{whoOf(release)}</td>
              <td data-label={say('note')}>{noteOf(release)}</td>
              <td data-label={say('scenarios')}>
                {release.scenarios ? say('scenarioCount', { n: release.scenarios.count }) : '—'}
              </td>
              <td data-label={say('hash')}>
                <code title={release.hash}>{release.hash.slice(0, 12)}</code>
              </td>
              <td className="r historydo">
                <a className="btn sm" href={api.studioFilesUrl(project.id, release.hash)} download>
                  {sayChange('files')}
                  <span className="vh"> {sayChange('version', { number: release.number })}</span>
                </a>
                {project.may.goBack && release.hash !== project.release?.hash ? (
                  <button type="button" className="btn sm" onClick={() => setBack(release)}>
                    {sayChange('goBack')}
                    <span className="vh"> {sayChange('version', { number: release.number })}</span>
                  </button>
                ) : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {back ? (
        <GoBackDialog project={project} release={back} onClose={() => setBack(null)} onDone={page.reload} />
      ) : null}
    </section>
  );
}

export type Released = StudioProject['history'][number];
