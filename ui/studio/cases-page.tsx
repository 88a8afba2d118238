import { useState } from 'react';
import type { Impact } from '../../engine/contract/impact.ts';
import type { StudioProjectRow } from '../../engine/contract/routes.ts';
import { api } from '../api/index.ts';
import { useLoad } from '../app/load.ts';
import { Link, useParams } from '../app/route/index.ts';
import { mark } from '../app/texts/punctuation.ts';
import { Shown } from '../workbench/shown.tsx';
import { Trouble, Workbench } from '../workbench/workbench.tsx';
import { say } from './change-texts.ts';
import { ImpactTable } from './impact-table.tsx';
import { say as sayStudio } from './texts.ts';
import { useMoving } from './use-moving.ts';
import './studio.css';

const DROPPED = '-';
const WAVE = 20;

/** Open cases that go by older releases: what the release in force means for each, and the moving of them. */
export function CasesPage() {
  const { id = '' } = useParams();
  const [plan, setPlan] = useState<{ readonly [address: string]: string }>({});
  const states = Object.fromEntries(
    Object.entries(plan).flatMap(([from, to]) => (to === '' ? [] : [[from, to === DROPPED ? null : to]])),
  );
  const rows = useLoad('studio', api.studioProjects);
  const tried = useLoad(`impact ${id} ${JSON.stringify(states)}`, () => api.studioImpact(id, 'release', { states }));
  // What the plan has to name is known from the trial without one.
  const bare = useLoad(`impact ${id} {}`, () => api.studioImpact(id, 'release'));
  const row = rows.state.kind === 'ready' ? rows.state.data.find((one) => one.id === id) : undefined;
  const again = (): void => {
    tried.reload();
    bare.reload();
    rows.reload();
  };
  return (
    <Workbench
      home="/studio"
      mark={sayStudio('mark')}
      title={sayStudio('room')}
      page={say('casesPage')}
      context={
        <h1 className="strong">
          {row?.opens ? <Link to={`/studio/${id}`}>{row.title}</Link> : (row?.title ?? id)} {say('casesPage')}
        </h1>
      }
    >
      <div className="changes one">
        <section className="pane" aria-label={say('impact')}>
          <p className="muted">{say('impactHint')}</p>
          <Shown of={tried} lines={4} waiting={say('trying')}>
            {(impact) => <ImpactTable impact={impact} />}
          </Shown>
        </section>
        {bare.state.kind === 'ready' && row?.moves ? (
          <Mover row={row} impact={bare.state.data} plan={plan} states={states} onPlan={setPlan} onMoved={again} />
        ) : null}
        {row && !row.moves ? <p className="note">{say('mayNot')}</p> : null}
      </div>
    </Workbench>
  );
}

interface MoverProps {
  readonly row: StudioProjectRow;
  readonly impact: Impact;
  readonly plan: { readonly [address: string]: string };
  readonly states: { readonly [address: string]: string | null };
  onPlan(plan: { readonly [address: string]: string }): void;
  onMoved(): void;
}

function Mover({ row, impact, plan, states, onPlan, onMoved }: MoverProps) {
  const [wave, setWave] = useState(WAVE);
  const moving = useMoving(row.id);
  const isMoving = moving.phase === 'moving';
  const titles = new Map(impact.cases.flatMap(({ gone }) => gone.map(({ id, title }) => [id, title] as const)));
  const refused = moving.lines.filter(({ outcome }) => outcome === 'refused');
  const counts = { moved: moving.lines.length - refused.length, refused: refused.length };
  const open = impact.counts.same + impact.counts.moved + impact.counts.person;
  return (
    <section className="pane mover" aria-labelledby="mover">
      <h2 id="mover">{say('toCases')}</h2>
      {titles.size > 0 ? (
        <>
          <h3>{say('plan')}</h3>
          <p className="muted">{say('planHint')}</p>
          {[...titles].map(([address, title]) => (
            <label key={address} className="planline">
              {say('movesTo', { title })} <code>{address}</code>
              <select
                className="in"
                value={plan[address] ?? ''}
                disabled={isMoving}
                onChange={(event) => onPlan({ ...plan, [address]: event.target.value })}
              >
                <option value="">{say('leave')}</option>
                <option value={DROPPED}>{say('drop')}</option>
                {impact.states.map((there) => (
                  <option key={there.id} value={there.id}>
                    {there.title} {there.id}
                  </option>
                ))}
              </select>
            </label>
          ))}
        </>
      ) : null}
      <p className="moverdo">
        <label>
          {say('wave')}{' '}
          <input
            className="in"
            type="number"
            min={1}
            max={500}
            value={wave}
            disabled={isMoving}
            onChange={(event) => setWave(Math.max(1, Math.min(500, Number(event.target.value) || 1)))}
          />
        </label>
        {isMoving ? (
          <button type="button" className="btn" onClick={moving.stop}>
            {say('stop')}
          </button>
        ) : (
          <button
            type="button"
            className="btn primary"
            aria-disabled={open === 0}
            onClick={() => open > 0 && void moving.move({ states }, wave).then(onMoved)}
          >
            {say('move')}
          </button>
        )}
      </p>
      <p role="status">
        {moving.phase === 'moving' ? say('moving', counts) : null}
        {moving.phase === 'done' ? say('done', counts) : null}
        {moving.phase === 'stopped' ? `${say('stopped')} ${say('done', counts)}` : null}
      </p>
      {moving.fault ? <Trouble fault={moving.fault} onRetry={onMoved} /> : null}
      {refused.length > 0 ? (
        <details>
          <summary>{say('refusedList')}</summary>
          <ul>
            {refused.map(({ number, blockers }) => (
              <li key={number}>
                <code>{number}</code> {blockers.join(mark('list'))}
              </li>
            ))}
          </ul>
        </details>
      ) : null}
      {row.earlier.length > 0 ? (
        <>
          <h3>{say('way')}</h3>
          <p className="muted">{say('wayHint')}</p>
          <p className="moverdo">
            {row.earlier.map(({ hash, number }) => (
              <button
                key={number}
                type="button"
                className="btn sm"
                aria-disabled={isMoving}
                onClick={() => !isMoving && void moving.move({}, wave, hash).then(onMoved)}
              >
                {say('back', { number })}
              </button>
            ))}
          </p>
        </>
      ) : null}
    </section>
  );
}
