import { useId } from 'react';
import { deskApi } from '../../api/desk.ts';
import { useLoad } from '../../app/load.ts';
import { useQuery } from '../../app/route/index.ts';
import { Shown } from '../../workbench/shown.tsx';
import { Trouble } from '../../workbench/workbench.tsx';
import { DeskFrame } from '../desk-frame.tsx';
import { BoardEditor } from './board-editor.tsx';
import { say } from './texts.ts';
import '../desk.css';
import './board.css';

/** What a project tells people, and when it takes new cases: said here, beside its release. */
export default function BoardPage() {
  const id = useId();
  const [search, setSearch] = useQuery();
  const list = useLoad('boards', deskApi.boards);
  const projects = list.state.kind === 'ready' ? list.state.data : [];
  const project = search.get('project') ?? projects[0]?.id ?? null;
  const load = useLoad(project === null ? null : `board ${project}`, () => deskApi.board(project ?? ''));
  return (
    <DeskFrame current="board" page={say('title')}>
      <div className="board">
        <header>
          <h1>{say('title')}</h1>
          <p className="muted">{say('explained')}</p>
          {list.state.kind === 'failed' ? <Trouble fault={list.state.fault} onRetry={list.reload} /> : null}
          <p className="row">
            <label htmlFor={id}>{say('project')}</label>
            <select id={id} value={project ?? ''} onChange={({ target }) => setSearch({ project: target.value })}>
              {projects.map((one) => (
                <option key={one.id} value={one.id}>
                  {one.changed ? say('changed', { title: one.title }) : one.title}
                </option>
              ))}
            </select>
          </p>
        </header>
        <Shown of={load} lines={6}>
          {(data) => (
            <BoardEditor
              key={`${data.project.id} ${data.version}`}
              view={data}
              onSaved={(next) => {
                load.set(next);
                list.reload();
              }}
            />
          )}
        </Shown>
      </div>
    </DeskFrame>
  );
}
