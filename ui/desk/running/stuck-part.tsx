import { useEffect, useId, useState } from 'react';
import { type StuckCase, type StuckReason, stuckReasons } from '../../../engine/contract/running.ts';
import { deskApi, type WorkAsked } from '../../api/desk.ts';
import { watchDesk } from '../../api/stream.ts';
import { deadline } from '../../app/format.ts';
import { asFault, useLoad } from '../../app/load.ts';
import { now } from '../../app/now.ts';
import { CaseNumber } from '../../app/parts/case-number.tsx';
import { Loading } from '../../app/parts/states.tsx';
import { Tile } from '../../app/parts/tile.tsx';
import { Link } from '../../app/route/index.ts';
import { useSession } from '../../app/session.tsx';
import { Trouble } from '../../workbench/workbench.tsx';
import { lasted } from '../reports/lasted.ts';
import { BulkDialog } from './bulk-dialog.tsx';
import { say } from './texts.ts';

const reasonWord = {
  late: 'reasonLate',
  silent: 'reasonSilent',
  long: 'reasonLong',
  letter: 'reasonLetter',
  nobody: 'reasonNobody',
} as const satisfies { readonly [reason in StuckReason]: string };

/** What waits longer than it should, with why and for whom. */
export function StuckPart({ onWork }: { readonly onWork: (id: string) => void }) {
  const { state, reload } = useLoad('stuck', deskApi.stuck);
  useEffect(() => watchDesk(reload), [reload]);
  const [filter, setFilter] = useState({ project: '', reason: '' });
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  if (state.kind === 'loading') return <Loading lines={6} />;
  if (state.kind === 'failed') return <Trouble fault={state.fault} onRetry={reload} />;
  const found = state.data.filter(
    ({ project, reason, letters }) =>
      (filter.project === '' || project.id === filter.project) &&
      (filter.reason === '' || reason === filter.reason || (filter.reason === 'letter' && letters.length > 0)),
  );
  const rows = found.filter(({ id }) => chosen.has(id));
  return (
    <section>
      <p className="muted">{say('stuckText')}</p>
      <Filters all={state.data} filter={filter} onChange={setFilter} />
      {found.length === 0 ? <p className="wbempty">{say('noStuck')}</p> : null}
      {found.length > 0 ? (
        <>
          <Actions rows={rows} onWork={onWork} />
          <StuckTable rows={found} chosen={chosen} onChoose={setChosen} />
        </>
      ) : null}
    </section>
  );
}

interface FiltersProps {
  readonly all: readonly StuckCase[];
  readonly filter: { readonly project: string; readonly reason: string };
  onChange(next: { project: string; reason: string }): void;
}

function Filters({ all, filter, onChange }: FiltersProps) {
  const id = useId();
  const projects = new Map(all.map(({ project }) => [project.id, project.title]));
  return (
    <search className="deskfilters row">
      <label htmlFor={`${id}p`}>{say('project')}</label>
      <select
        id={`${id}p`}
        value={filter.project}
        onChange={({ target }) => onChange({ ...filter, project: target.value })}
      >
        <option value="">{say('allProjects')}</option>
        {[...projects].map(([project, title]) => (
          <option key={project} value={project}>
            {title}
          </option>
        ))}
      </select>
      <label htmlFor={`${id}r`}>{say('why')}</label>
      <select
        id={`${id}r`}
        value={filter.reason}
        onChange={({ target }) => onChange({ ...filter, reason: target.value })}
      >
        <option value="">{say('reasonAll')}</option>
        {stuckReasons.map((reason) => (
          <option key={reason} value={reason}>
            {say(reasonWord[reason])}
          </option>
        ))}
      </select>
    </search>
  );
}

/** What can be done with the chosen ones. */
function Actions({ rows, onWork }: { readonly rows: readonly StuckCase[]; readonly onWork: (id: string) => void }) {
  const { session } = useSession();
  const [asking, setAsking] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const none = rows.length === 0;
  const letters = rows.flatMap(({ id, letters: keys }) => keys.map((key) => ({ id, key })));
  async function start(asked: WorkAsked): Promise<void> {
    setTrouble(null);
    try {
      onWork(await deskApi.startWork(asked));
    } catch (error) {
      setTrouble(asFault(error).message);
    }
  }
  return (
    <div className="bulkbar row">
      <b aria-live="polite">{say('chosen', { n: rows.length })}</b>
      <button type="button" className="btn sm" aria-disabled={none} onClick={() => !none && setAsking(true)}>
        {say('press')}
      </button>
      {session.abilities.includes('letters') ? (
        <>
          <button
            type="button"
            className="btn sm"
            aria-disabled={letters.length === 0}
            title={say('replayText')}
            onClick={() => letters.length > 0 && void start({ action: 'replay', rows: letters })}
          >
            {say('replay')}
          </button>
          <button
            type="button"
            className="btn sm"
            aria-disabled={none}
            title={say('askText')}
            onClick={() => !none && void start({ action: 'ask', rows: rows.map(({ id }) => ({ id })) })}
          >
            {say('ask')}
          </button>
        </>
      ) : null}
      {trouble === null ? null : (
        <p className="note err" role="alert">
          {trouble}
        </p>
      )}
      {asking ? <BulkDialog cases={rows.map(({ id }) => id)} onClose={() => setAsking(false)} onStart={start} /> : null}
    </div>
  );
}

interface TableProps {
  readonly rows: readonly StuckCase[];
  readonly chosen: ReadonlySet<string>;
  onChoose(chosen: ReadonlySet<string>): void;
}

function StuckTable({ rows, chosen, onChoose }: TableProps) {
  const at = now();
  const isAll = rows.every(({ id }) => chosen.has(id));
  const toggle = (id: string) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    onChoose(next);
  };
  return (
    <div className="deskscroll">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">
              <input
                type="checkbox"
                aria-label={say('all')}
                checked={isAll}
                onChange={() => onChoose(isAll ? new Set() : new Set(rows.map(({ id }) => id)))}
              />
            </th>
            <th scope="col">{say('number')}</th>
            <th scope="col">{say('subject')}</th>
            <th scope="col">{say('waits')}</th>
            <th scope="col">{say('since')}</th>
            <th scope="col">{say('why')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <td>
                <input
                  type="checkbox"
                  aria-label={say('choose', { number: row.number })}
                  checked={chosen.has(row.id)}
                  onChange={() => toggle(row.id)}
                />
              </td>
              <td>
                <Link to={`/desk/${row.id}`}>
                  <CaseNumber number={row.number} />
                </Link>
              </td>
              <td className="strong">
                {row.subject}
                <small>{row.project.title}</small>
              </td>
              <td>
                <span className="row">
                  <Tile character={row.who.tile} size="sm" />
                  <span>
                    {row.who.title}
                    <small>{row.what}</small>
                  </span>
                </span>
              </td>
              <td className="num">{lasted(at - row.since)}</td>
              <td className={row.reason === 'late' ? 'late' : undefined}>{whyOf(row, at)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function whyOf({ reason, until, usual, letters }: StuckCase, at: number): string {
  switch (reason) {
    case 'late':
      return say('late', { until: until === null ? '' : deadline(until, at) });
    case 'silent':
    case 'long':
      return usual === null ? say(reason) : say(`${reason}Usual`, { usual: lasted(usual) });
    case 'letter':
      return say('letter', { n: letters.length });
    case 'nobody':
      return say('nobody');
  }
}
