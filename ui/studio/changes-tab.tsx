import { type ReactNode, useState } from 'react';
import { api } from '../api/index.ts';
import { useLoad } from '../app/load.ts';
import { Link } from '../app/route/index.ts';
import { Shown } from '../workbench/shown.tsx';
import { ApplicantPane } from './applicant-pane.tsx';
import { say } from './change-texts.ts';
import { DiagramPane } from './diagram-pane.tsx';
import { DifferenceList } from './difference-list.tsx';
import { EffectivePane } from './effective-pane.tsx';
import { ImpactTable } from './impact-table.tsx';
import { KeptScenarios } from './kept-scenarios.tsx';
import { say as sayPane } from './pane-texts.ts';
import type { TabProps } from './tab.ts';
import { useCompared } from './use-compared.ts';

/**
 * Before publishing: the effective definition with who wrote each line, what the diagram shows, what cases do and what
 * applicants see otherwise; then what it means for every open case, and the scenarios that are played.
 */
export function ChangesTab({ page }: TabProps) {
  const { project } = page.editing;
  const { id, history, draft, base } = project;
  const hasDraft = draft !== null;
  const older = hasDraft ? history : history.slice(1);
  const [from, setFrom] = useState(older[0]?.hash);
  const [kept, setKept] = useState(0);
  const chosen = older.find(({ hash }) => hash === from);
  const differs = useLoad(chosen ? `difference ${id} ${base} ${chosen.hash}` : null, () =>
    api.studioDifference(id, chosen?.hash ?? ''),
  );
  const compared = useCompared(id, base, chosen?.hash ?? null);
  const of = hasDraft ? 'draft' : 'release';
  const tried = useLoad(`impact ${id} ${base} ${of}`, () => api.studioImpact(id, of));
  const alone = <p className="muted">{history.length === 0 ? sayPane('firstRelease') : say('alike')}</p>;
  const side = (draw: (data: Parameters<typeof DiagramPane>[0]['compared']) => ReactNode) => (
    <Shown of={compared} lines={4} waiting={sayPane('loadingSides')}>
      {draw}
    </Shown>
  );
  return (
    <div className="panes">
      <div className="panesbar">
        <p className="muted">
          {chosen ? say(hasDraft ? 'behaviourHint' : 'fromHint', { number: chosen.number }) : null}
        </p>
        {older.length > 1 ? (
          <label>
            {say('against')}{' '}
            <select className="in" value={from} onChange={(event) => setFrom(event.target.value)}>
              {older.map(({ hash, number }) => (
                <option key={number} value={hash}>
                  {say('version', { number })}
                </option>
              ))}
            </select>
          </label>
        ) : null}
      </div>
      <Pane id="changes-effective" title={sayPane('effective')} hint={sayPane('effectiveHint')}>
        {side(({ effective }) => (
          <EffectivePane
            lines={effective}
            file={page.file}
            onGo={(line, column) =>
              page.go({ code: '', severity: 'warning', message: '', file: page.file, line, column })
            }
          />
        ))}
      </Pane>
      <Pane id="changes-diagram" title={sayPane('diagramPane')}>
        {chosen ? side((data) => <DiagramPane compared={data} />) : alone}
      </Pane>
      <Pane id="changes-behaviour" title={say('behaviour')}>
        {chosen ? (
          <Shown of={differs} lines={4} waiting={say('comparing')}>
            {(differences) => (
              <DifferenceList
                project={id}
                hasDraft={hasDraft}
                differences={differences}
                onKept={() => setKept((now) => now + 1)}
              />
            )}
          </Shown>
        ) : (
          alone
        )}
      </Pane>
      <Pane id="changes-applicant" title={sayPane('applicantPane')}>
        {chosen ? side((data) => <ApplicantPane compared={data} settingsSchema={project.settingsSchema} />) : alone}
      </Pane>
      <Pane
        id="changes-impact"
        title={say('impact')}
        hint={say('impactHint')}
        tools={
          <>
            <button type="button" className="btn sm" onClick={tried.reload}>
              {say('again')}
            </button>
            <Link className="btn sm" to={`/studio/${id}/cases`}>
              {say('toCases')}
            </Link>
          </>
        }
      >
        <Shown of={tried} lines={4} waiting={say('trying')}>
          {(impact) => <ImpactTable impact={impact} />}
        </Shown>
      </Pane>
      <Pane id="changes-scenarios" title={sayPane('scenarios')} hint={sayPane('scenariosHint')}>
        <KeptScenarios project={id} hasDraft={hasDraft} round={kept} />
      </Pane>
    </div>
  );
}

interface PaneProps {
  readonly id: string;
  readonly title: string;
  readonly hint?: string;
  readonly tools?: ReactNode;
  readonly children: ReactNode;
}

/** One of the panes; each can take the whole width. */
function Pane({ id, title, hint, tools, children }: PaneProps) {
  const [wide, setWide] = useState(false);
  return (
    <section className={wide ? 'pane wide' : 'pane'} aria-labelledby={id}>
      <div className="ph">
        <h2 id={id}>{title}</h2>
        {tools}
        <button type="button" className="btn sm panewide" aria-pressed={wide} onClick={() => setWide(!wide)}>
          {sayPane(wide ? 'narrow' : 'wide')}
          <span className="vh"> {title}</span>
        </button>
      </div>
      {hint === undefined ? null : <p className="muted">{hint}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard */}
      <section className="panebody" tabIndex={0} aria-labelledby={id}>
        {children}
      </section>
    </section>
  );
}
