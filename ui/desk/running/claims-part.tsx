import { useEffect, useId, useState } from 'react';
import type { ClaimsOfPerson } from '../../../engine/contract/running.ts';
import { deskApi } from '../../api/desk.ts';
import { watchDesk } from '../../api/stream.ts';
import { deadline } from '../../app/format.ts';
import { asFault, useLoad } from '../../app/load.ts';
import { now } from '../../app/now.ts';
import { CaseNumber } from '../../app/parts/case-number.tsx';
import { Loading } from '../../app/parts/states.tsx';
import { Tile } from '../../app/parts/tile.tsx';
import { Link } from '../../app/route/index.ts';
import { Trouble } from '../../workbench/workbench.tsx';
import { lasted } from '../reports/lasted.ts';
import { say } from './texts.ts';

/** Who has claimed what; put back, or handed to somebody else. */
export function ClaimsPart({ onWork }: { readonly onWork: (id: string) => void }) {
  const { state, reload } = useLoad('claims', deskApi.claims);
  useEffect(() => watchDesk(reload), [reload]);
  if (state.kind === 'loading') return <Loading lines={6} />;
  if (state.kind === 'failed') return <Trouble fault={state.fault} onRetry={reload} />;
  const { people, more } = state.data;
  const shown = people.reduce((sum, { tasks }) => sum + tasks.length, 0);
  return (
    <section>
      <p className="muted">{say('claimsText')}</p>
      {more ? <p className="note claimsmore">{say('moreClaims', { n: shown })}</p> : null}
      {people.length === 0 ? <p className="wbempty">{say('noClaims')}</p> : null}
      {people.map((claims) => (
        <PersonClaims key={`${claims.person.id} ${claims.role.id}`} {...{ claims, more, onWork }} />
      ))}
    </section>
  );
}

interface PersonClaimsProps {
  readonly claims: ClaimsOfPerson;
  /** They may have claimed more than is told of. */
  readonly more: boolean;
  onWork(id: string): void;
}

function PersonClaims({ claims, more, onWork }: PersonClaimsProps) {
  const id = useId();
  const { person, role, tasks, others } = claims;
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [to, setTo] = useState(others[0]?.id ?? '');
  const [trouble, setTrouble] = useState<string | null>(null);
  const keyOf = (task: ClaimsOfPerson['tasks'][number]) => `${task.id} ${task.state}`;
  const picked = tasks.filter((task) => chosen.has(keyOf(task)));
  const rows = (picked.length > 0 ? picked : tasks).map((task) => ({ id: task.id, key: task.state }));
  const isAll = tasks.every((task) => chosen.has(keyOf(task)));
  const toggle = (key: string) => {
    const next = new Set(chosen);
    if (!next.delete(key)) next.add(key);
    setChosen(next);
  };
  async function hand(taker: string): Promise<void> {
    setTrouble(null);
    try {
      onWork(await deskApi.startWork({ action: 'hand', rows, ...(taker !== '' && { to: taker }) }));
    } catch (error) {
      setTrouble(asFault(error).message);
    }
  }
  return (
    <section className="claims" aria-labelledby={id}>
      <header className="row">
        <Tile character={role.tile} size="sm" />
        <h2 id={id} className="grow">
          {say(more ? 'hasAtLeast' : 'has', { name: person.name, n: tasks.length })}
        </h2>
        <span className="muted">{picked.length > 0 ? say('chosen', { n: picked.length }) : null}</span>
        <button type="button" className="btn sm" onClick={() => void hand('')}>
          {say(picked.length > 0 ? 'back' : 'backAll')}
        </button>
        {others.length > 0 ? (
          <>
            <label className="vh" htmlFor={`${id}o`}>
              {say('hand')}
            </label>
            <select id={`${id}o`} value={to} onChange={({ target }) => setTo(target.value)}>
              {others.map((other) => (
                <option key={other.id} value={other.id}>
                  {say(more ? 'tasksAtLeast' : 'tasks', { name: other.name, n: other.tasks })}
                </option>
              ))}
            </select>
            <button type="button" className="btn sm" onClick={() => void hand(to)}>
              {say('handDo')}
            </button>
          </>
        ) : null}
      </header>
      {trouble === null ? null : (
        <p className="note err" role="alert">
          {trouble}
        </p>
      )}
      <div className="deskscroll">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">
                <input
                  type="checkbox"
                  aria-label={say('all')}
                  checked={isAll}
                  onChange={() => setChosen(isAll ? new Set() : new Set(tasks.map(keyOf)))}
                />
              </th>
              <th scope="col">{say('number')}</th>
              <th scope="col">{say('subject')}</th>
              <th scope="col">{say('task')}</th>
              <th scope="col">{say('since')}</th>
              <th scope="col">{say('until')}</th>
            </tr>
          </thead>
          <tbody>
            {tasks.map((task) => (
              <tr key={keyOf(task)}>
                <td>
                  <input
                    type="checkbox"
                    aria-label={say('choose', { number: task.number })}
                    checked={chosen.has(keyOf(task))}
                    onChange={() => toggle(keyOf(task))}
                  />
                </td>
                <td>
                  <Link to={`/desk/${task.id}`}>
                    <CaseNumber number={task.number} />
                  </Link>
                </td>
                <td>
                  {task.subject}
                  <small>{task.project}</small>
                </td>
                <td>{task.title}</td>
                <td className="num">{lasted(now() - task.since)}</td>
                <td className={task.until !== null && task.until < now() ? 'num late' : 'num'}>
                  {task.until === null ? '—' : deadline(task.until, now())}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
