import { useState } from 'react';
import type { StudioProjectRow } from '../../engine/contract/routes.ts';
import { api } from '../api/index.ts';
import { shortDateTime } from '../app/format.ts';
import { Icon } from '../app/icon.tsx';
import { useLoad } from '../app/load.ts';
import { Loading } from '../app/parts/states.tsx';
import { Link } from '../app/route/index.ts';
import { useSession } from '../app/session.tsx';
import { mark } from '../app/texts/punctuation.ts';
import { Trouble, Workbench } from '../workbench/workbench.tsx';
import { say as sayChange } from './change-texts.ts';
import { NewProjectDialog } from './new-project-dialog.tsx';
import { say as sayPane } from './pane-texts.ts';
import { noteOf, whoOf } from './release.ts';
import { say } from './texts.ts';
import './studio.css';

export function ProjectsPage() {
  const { state, reload } = useLoad('studio', api.studioProjects);
  const { session } = useSession();
  const [making, setMaking] = useState(false);
  const sources = state.kind === 'ready' ? state.data.filter(({ release, opens }) => release !== null && opens) : [];
  return (
    <Workbench
      home="/studio"
      mark={say('mark')}
      title={say('room')}
      page={say('projects')}
      tools={
        session.abilities.includes('edit') && sources.length > 0 ? (
          <button type="button" className="btn sm primary" onClick={() => setMaking(true)}>
            {say('newProject')}
          </button>
        ) : null
      }
    >
      {making ? <NewProjectDialog projects={sources} onClose={() => setMaking(false)} /> : null}
      <h1 className="vh">{say('listTitle')}</h1>
      {state.kind === 'loading' ? <Loading lines={6} /> : null}
      {state.kind === 'failed' ? <Trouble fault={state.fault} onRetry={reload} /> : null}
      {state.kind === 'ready' && state.data.length === 0 ? <p className="wbempty">{say('none')}</p> : null}
      {state.kind === 'ready' && state.data.length > 0 ? (
        <div className="studiolist">
          <table className="table cards">
            <thead>
              <tr>
                <th scope="col">{say('project')}</th>
                <th scope="col">{say('base')}</th>
                <th scope="col">{say('release')}</th>
                <th scope="col">{say('draft')}</th>
                <th scope="col" className="r">
                  {say('cases')}
                </th>
                <th scope="col">
                  <span className="vh">{say('open')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {state.data.map((row) => (
                <ProjectRow key={row.id} row={row} />
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
    </Workbench>
  );
}

/** So many are named; the rest is counted. */
const NAMED = 4;

/** What the draft changes, in a line. */
function changedWords(changed: readonly string[]): string {
  const titles = changed.slice(0, NAMED).join(mark('list'));
  return changed.length > NAMED
    ? sayPane('draftMore', { titles, n: changed.length })
    : sayPane('draftChanges', { titles });
}

/** How many open cases stand where. */
function States({ states }: { readonly states: StudioProjectRow['states'] }) {
  if (states.length === 0) return null;
  const rest = states.slice(NAMED).reduce((sum, { count }) => sum + count, 0);
  return (
    <small>
      {states
        .slice(0, NAMED)
        .map(({ label, count }) => sayPane('stateCount', { label, n: count }))
        .join(mark('list'))}
      {rest > 0 ? mark('list') + sayPane('stateCount', { label: sayPane('otherStates'), n: rest }) : ''}
    </small>
  );
}

function ProjectRow({ row }: { readonly row: StudioProjectRow }) {
  const now = Date.now();
  // Whoever only moves cases sees those.
  const home = row.opens ? `/studio/${row.id}` : `/studio/${row.id}/cases`;
  return (
    <tr>
      <td>
        <Link className="strong" to={home}>
          {row.title}
        </Link>
        <small>{row.id}</small>
      </td>
      <td data-label={say('base')}>{row.workflow.title}</td>
      <td data-label={say('release')}>
        {row.release ? (
          <>
            {say('releaseLine', {
              number: row.release.number,
              at: shortDateTime(row.release.at, now),
              by: whoOf(row.release),
            })}
            <small>{noteOf(row.release)}</small>
          </>
        ) : (
          <span className="tag warn">
            <Icon name="warn" />
            {say('noRelease')}
          </span>
        )}
      </td>
      <td data-label={say('draft')}>
        {row.draft ? (
          <>
            {say('draftLine', { at: shortDateTime(row.draft.at, now), by: row.draft.by })}
            <small className={row.draft.errors > 0 ? 'err' : undefined}>
              {row.draft.errors > 0 ? say('errors', { n: row.draft.errors }) : say('clean')}
            </small>
            {row.draft.changed.length > 0 ? <small>{changedWords(row.draft.changed)}</small> : null}
          </>
        ) : (
          <span className="muted">{say('noDraft')}</span>
        )}
      </td>
      <td className="r num" data-label={say('cases')}>
        {say('caseCount', { n: row.openCases })}
        <States states={row.states} />
        {row.olderCases > 0 ? (
          <small>
            <Link to={`/studio/${row.id}/cases`}>{sayChange('older', { n: row.olderCases })}</Link>
          </small>
        ) : null}
      </td>
      <td className="r">
        <Link className="btn sm" to={home}>
          {say('open')}
          <span className="vh"> {row.title}</span>
        </Link>
      </td>
    </tr>
  );
}
