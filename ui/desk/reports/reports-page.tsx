import { useId } from 'react';
import type { Counts, ReportView, StateReport } from '../../../engine/contract/reports.ts';
import { deskApi, type ReportAsked } from '../../api/desk.ts';
import { isoDate } from '../../app/format.ts';
import { useLoad } from '../../app/load.ts';
import { now } from '../../app/now.ts';
import { Tile } from '../../app/parts/tile.tsx';
import { useQuery } from '../../app/route/index.ts';
import { Shown } from '../../workbench/shown.tsx';

import { DeskFrame } from '../desk-frame.tsx';
import { Chart } from './chart.tsx';
import { lasted } from './lasted.ts';
import { ReportPart } from './part.tsx';
import { Reasons } from './reasons.tsx';
import { type Column, Rows } from './rows.tsx';
import { share } from './share.ts';
import { type Sum, Sums } from './sums.tsx';
import { say } from './texts.ts';
import '../desk.css';
import '../money.css';
import './reports.css';

const DAY = 86_400_000;
/** More columns than this cannot be told apart: days become weeks. */
const MOST_COLUMNS = 46;

/** What came in and went out, how well, how fast, and why not; for whoever leads. */
export default function ReportsPage() {
  const [search, setSearch] = useQuery();
  const asked: ReportAsked = {
    project: search.get('project') ?? '',
    from: search.get('from') || isoDate(now() - 29 * DAY),
    to: search.get('to') || isoDate(now()),
  };
  const load = useLoad(`report ${asked.project} ${asked.from} ${asked.to}`, () => deskApi.report(asked));
  return (
    <DeskFrame current="reports" page={say('title')}>
      <div className="reports">
        <header>
          <h1>{say('title')}</h1>
          <p className="muted">{say('explained')}</p>
          <Asking
            asked={asked}
            projects={load.state.kind === 'ready' ? load.state.data.projects : []}
            onChange={setSearch}
          />
        </header>
        <Shown of={load} lines={8}>
          {(data) => <Report report={data} asked={asked} />}
        </Shown>
      </div>
    </DeskFrame>
  );
}

interface AskingProps {
  readonly asked: ReportAsked;
  readonly projects: ReportView['projects'];
  onChange(next: { readonly [name: string]: string }): void;
}

function Asking({ asked, projects, onChange }: AskingProps) {
  const id = useId();
  const change = (next: Partial<ReportAsked>) => onChange({ ...asked, ...next });
  return (
    <search className="reportask">
      <label htmlFor={`${id}p`}>{say('project')}</label>
      <select id={`${id}p`} value={asked.project} onChange={({ target }) => change({ project: target.value })}>
        <option value="">{say('allProjects')}</option>
        {projects.map((project) => (
          <option key={project.id} value={project.id}>
            {project.title}
          </option>
        ))}
      </select>
      <label htmlFor={`${id}f`}>{say('from')}</label>
      <input
        id={`${id}f`}
        type="date"
        required
        max={asked.to}
        value={asked.from}
        onChange={({ target }) => target.value && change({ from: target.value })}
      />
      <label htmlFor={`${id}t`}>{say('to')}</label>
      <input
        id={`${id}t`}
        type="date"
        required
        min={asked.from}
        value={asked.to}
        onChange={({ target }) => target.value && change({ to: target.value })}
      />
      {([7, 30, 90] as const).map((days) => (
        <button
          key={days}
          type="button"
          className="btn sm"
          onClick={() => change({ from: isoDate(now() - (days - 1) * DAY), to: isoDate(now()) })}
        >
          {say(`days${days}`)}
        </button>
      ))}
    </search>
  );
}

function Report({ report, asked }: { readonly report: ReportView; readonly asked: ReportAsked }) {
  const days = columnsOf(report);
  const labels = days.map(({ day }) => day);
  const of = (name: keyof Counts) => days.map((day) => day[name]);
  const { sums } = report;
  const first = sums.firstRight + sums.firstBack;
  const promised = sums.kept + sums.warned + sums.late;
  return (
    <>
      <Sums sums={sumsOf(report)} />
      <div className="reportgrid">
        <ReportPart title={say('throughput')} text={say('throughputText')} table="days" asked={asked}>
          <Chart
            title={say('throughput')}
            labels={labels}
            series={[
              { name: say('begun'), look: 'plain', values: of('begun') },
              { name: say('reached'), look: 'brand', values: of('reached') },
              { name: say('ended'), look: 'warn', values: of('ended') },
            ]}
          />
          <DayTable days={days} names={['begun', 'reached', 'ended', 'right', 'back']} />
        </ReportPart>
        <ReportPart
          title={`${say('quality')} ${share(sums.firstRight, first)}`}
          text={say('qualityText')}
          table="days"
          asked={asked}
        >
          <Chart
            stacked
            title={say('quality')}
            labels={labels}
            series={[
              { name: say('firstRight'), look: 'brand', values: of('firstRight') },
              { name: say('firstBack'), look: 'err', values: of('firstBack') },
            ]}
          />
          <DayTable days={days} names={['firstRight', 'firstBack']} />
        </ReportPart>
        <ReportPart
          title={`${say('sla')} ${share(sums.kept + sums.warned, promised)}`}
          text={say('slaText')}
          table="promises"
          asked={asked}
        >
          <Chart
            stacked
            title={say('sla')}
            labels={labels}
            series={[
              { name: say('kept'), look: 'ok', values: of('kept') },
              { name: say('warned'), look: 'warn', values: of('warned') },
              { name: say('lateEnd'), look: 'err', values: of('late') },
            ]}
          />
          <details>
            <summary>{say('table')}</summary>
            <Rows
              caption={say('sla')}
              rows={report.promises}
              keyOf={(row) => `${row.project} ${row.state}`}
              columns={[
                { title: say('project'), cell: ({ project }) => titleOf(report, project) },
                { title: say('stage'), cell: ({ title }) => title },
                { title: say('kept'), num: true, cell: ({ kept }) => kept },
                { title: say('warned'), num: true, cell: ({ warned }) => warned },
                { title: say('lateEnd'), num: true, cell: ({ late }) => late },
              ]}
            />
          </details>
        </ReportPart>
        <ReportPart title={say('byProject')} text={say('throughputText')} table="projects" asked={asked}>
          <Rows
            caption={say('byProject')}
            rows={busiest(report.byProject)}
            keyOf={({ id }) => id}
            columns={[{ title: say('project'), cell: ({ title }) => title }, ...countColumns(projectNames)]}
          />
        </ReportPart>
        <Reasons report={report} asked={asked} />
        <States report={report} asked={asked} />
      </div>
    </>
  );
}

/** Projects in which something happened, the busiest first. */
function busiest(projects: ReportView['byProject']): ReportView['byProject'] {
  const weight = (one: Counts) => one.begun + one.reached + one.ended + one.right + one.back;
  return projects.filter((one) => weight(one) > 0).sort((a, b) => weight(b) - weight(a));
}

const projectNames = ['begun', 'reached', 'ended', 'firstRight', 'firstBack', 'late'] as const;

type CountName = Exclude<keyof Counts, never>;
const wordOf = (name: CountName): string => say(name === 'late' ? 'lateEnd' : name);

function countColumns(names: readonly CountName[]): readonly Column<Counts>[] {
  return names.map((name) => ({ title: wordOf(name), num: true, cell: (row: Counts) => row[name] }));
}

function DayTable(props: {
  readonly days: readonly ({ day: string } & Counts)[];
  readonly names: readonly CountName[];
}) {
  return (
    <details>
      <summary>{say('table')}</summary>
      <Rows
        caption={say('table')}
        rows={props.days}
        keyOf={({ day }) => day}
        columns={[{ title: say('day'), cell: ({ day }) => day }, ...countColumns(props.names)]}
      />
    </details>
  );
}

/** Days, or weeks when there are too many of them. */
function columnsOf({ days }: ReportView): readonly ({ day: string } & Counts)[] {
  if (days.length <= MOST_COLUMNS) return days;
  const weeks: ({ day: string } & Counts)[] = [];
  for (let at = 0; at < days.length; at += 7)
    weeks.push(days.slice(at, at + 7).reduce((sum, day) => ({ ...added(sum, day), day: sum.day })));
  return weeks;
}

function added(one: Counts, other: Counts): Counts {
  const names = Object.keys(one).filter((name) => name !== 'day') as CountName[];
  return Object.fromEntries(names.map((name) => [name, one[name] + other[name]])) as unknown as Counts;
}

const titleOf = (report: ReportView, id: string): string =>
  report.projects.find((project) => project.id === id)?.title ?? id;

function sumsOf({ now: open, sums }: ReportView): readonly Sum[] {
  return [
    { name: say('open'), value: open.open },
    { name: say('warn'), value: open.warn, look: open.warn > 0 ? 'warn' : '' },
    { name: say('late'), value: open.late, look: open.late > 0 ? 'late' : '' },
    { name: say('begun'), value: sums.begun },
    { name: say('reached'), value: sums.reached },
    { name: say('right'), value: sums.right },
    { name: say('back'), value: sums.back },
  ];
}

function States({ report, asked }: { readonly report: ReportView; readonly asked: ReportAsked }) {
  const longest = Math.max(1, ...report.states.map(({ most }) => most));
  const columns: readonly Column<StateReport>[] = [
    { title: say('project'), cell: ({ project }) => titleOf(report, project) },
    { title: say('stage'), cell: ({ title }) => title },
    {
      title: say('who'),
      cell: ({ who }) => (
        <span className="row">
          <Tile character={who.tile} size="sm" /> {who.title}
        </span>
      ),
    },
    { title: say('n'), num: true, cell: ({ n }) => n },
    { title: say('average'), num: true, cell: ({ average }) => lasted(average) },
    { title: say('half'), num: true, cell: ({ half }) => lasted(half) },
    { title: say('most'), num: true, cell: ({ most }) => lasted(most) },
    {
      title: `${say('half')} / ${say('most')}`,
      cell: ({ half, most }) => (
        <span className="meters" aria-hidden="true">
          <span className="meter" style={{ width: `${(100 * half) / longest}%` }} />
          <span className="meter more" style={{ width: `${(100 * most) / longest}%` }} />
        </span>
      ),
    },
  ];
  return (
    <ReportPart wide title={say('states')} text={say('statesText')} table="states" asked={asked}>
      {report.states.length === 0 ? (
        <p className="muted">{say('none')}</p>
      ) : (
        <Rows
          caption={say('states')}
          rows={report.states}
          keyOf={({ project, state }) => `${project} ${state}`}
          columns={columns}
        />
      )}
    </ReportPart>
  );
}
