import type { StudioProject } from '../../engine/contract/routes.ts';
import { shortDateTime } from '../app/format.ts';
import { noteOf, whoOf } from './release.ts';
import { say } from './texts.ts';

export function ReleaseHistory({ project }: { readonly project: StudioProject }) {
  if (project.history.length === 0) return <p className="wbempty">{say('historyEmpty')}</p>;
  const now = Date.now();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: on a narrow screen it scrolls sideways, by the keyboard too
    <section className="studiolist" tabIndex={0} aria-label={say('history')}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{say('number')}</th>
            <th scope="col">{say('when')}</th>
            <th scope="col">{say('who')}</th>
            <th scope="col">{say('note')}</th>
            <th scope="col">{say('hash')}</th>
          </tr>
        </thead>
        <tbody>
          {project.history.map((release) => (
            <tr key={`${release.number} ${release.hash}`}>
              <td className="num">
                {release.number}
                {release.number === project.release?.number ? <span className="tag">{say('current')}</span> : null}
              </td>
              <td className="num">{shortDateTime(release.at, now)}</td>
              <td>{whoOf(release)}</td>
              <td>{noteOf(release)}</td>
              <td>
                <code title={release.hash}>{release.hash.slice(0, 12)}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
