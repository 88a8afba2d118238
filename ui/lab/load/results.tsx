import { moneyText } from '../../../engine/forms/money.ts';
import type { DeadlineLoad, EndLoad, LoadReport, StateLoad } from '../../../engine/simulate/load/index.ts';
import { Icon } from '../../app/icon.tsx';
import { Tile } from '../../app/parts/tile.tsx';
import { locale } from '../../app/texts/index.ts';
import { lasted } from '../../desk/reports/lasted.ts';
import { type Column, Rows } from '../../desk/reports/rows.tsx';
import { type Sum, Sums } from '../../desk/reports/sums.tsx';
import { ResultPart } from './result-part.tsx';
import { Roles } from './roles.tsx';
import { say } from './texts.ts';
import { Flow, Promises } from './through-time.tsx';
import { percent, shortages } from './told.ts';
import type { Played } from './use-load.ts';

/** How many sentences about missing people stand at the top; the tables have them all. */
const mostSentences = 8;

/** What a crowd came to: where they waited, what was late, who was missing, how it ended. */
export function Results({ played }: { readonly played: Played }) {
  const { report, took } = played;
  return (
    <>
      <Sums sums={sumsOf(report)} />
      {report.cases < played.given.cases ? (
        <p className="note warn">
          <Icon name="warn" />
          <span>{say('fewer', { n: report.cases })}</span>
        </p>
      ) : null}
      {report.circling > 0 ? (
        <p className="note warn">
          <Icon name="warn" />
          <span>{say('circling', { n: report.circling })}</span>
        </p>
      ) : null}
      <div className="reportgrid">
        <Shortages report={report} />
        <States report={report} />
        <Promises report={report} />
        <Deadlines report={report} />
        <Roles report={report} />
        <Flow report={report} />
        <Ends report={report} />
      </div>
      <details className="loadhow">
        <summary>{say('how')}</summary>
        <p className="read">
          {say('howText', {
            played: report.played,
            shapes: report.shapes,
            n: report.cases,
            acts: report.acts,
            took: Math.max(0.1, Math.round(took / 100) / 10),
          })}
        </p>
      </details>
    </>
  );
}

function sumsOf(report: LoadReport): readonly Sum[] {
  const late = report.promises.reduce((sum, one) => sum + one.late, 0);
  return [
    { name: say('begun'), value: report.cases },
    { name: say('reached'), value: report.reached },
    { name: say('ended'), value: report.ended },
    { name: say('open'), value: report.open },
    { name: say('half'), value: lasted(report.lasted.median) },
    { name: say('most90'), value: lasted(report.lasted.most) },
    { name: say('late'), value: late, look: late > 0 ? 'late' : '' },
  ];
}

function Shortages({ report }: { readonly report: LoadReport }) {
  const told = shortages(report);
  return (
    <ResultPart wide title={say('shortTitle')} text={say('shortText')}>
      {told.length === 0 ? <p className="muted">{say('shortNone')}</p> : null}
      <ul className="loadshort">
        {told.slice(0, mostSentences).map((sentence) => (
          <li key={sentence}>
            <Icon name="warn" />
            {sentence}
          </li>
        ))}
      </ul>
      {told.length > mostSentences ? (
        <p className="muted">{say('shortMore', { n: told.length - mostSentences })}</p>
      ) : null}
    </ResultPart>
  );
}

function States({ report }: { readonly report: LoadReport }) {
  // What only a few come to (whoever stopped, and waits for a deadline) does not make the others invisible.
  const many = report.states.filter(({ stay }) => stay.n >= report.cases / 50);
  const longest = Math.max(1, ...many.map(({ stay }) => stay.most));
  const width = (ms: number): string => `${Math.min(100, (100 * ms) / longest)}%`;
  const whoOf = ({ who }: StateLoad): string => (who.kind === 'clock' ? say('clock') : who.title);
  const columns: readonly Column<StateLoad>[] = [
    { title: say('state'), cell: ({ title }) => title },
    {
      title: say('who'),
      cell: (row) => (
        <span className="row">
          {row.who.kind === 'clock' ? null : <Tile character={row.who.tile} size="sm" />} {whoOf(row)}
        </span>
      ),
    },
    { title: say('n'), num: true, cell: ({ stay }) => stay.n },
    { title: say('half'), num: true, cell: ({ stay }) => lasted(stay.median) },
    { title: say('most90'), num: true, cell: ({ stay }) => lasted(stay.most) },
    { title: say('worst'), num: true, cell: ({ stay }) => lasted(stay.worst) },
    { title: say('queued'), num: true, cell: ({ queued }) => (queued === null ? '—' : lasted(queued.median)) },
    { title: say('now'), num: true, cell: ({ now }) => now },
    {
      title: `${say('half')} / ${say('most90')}`,
      cell: ({ stay }) => (
        <span className="meters" aria-hidden="true">
          <span className="meter" style={{ width: width(stay.median) }} />
          <span className="meter more" style={{ width: width(stay.most) }} />
        </span>
      ),
    },
  ];
  const make = () => ({
    head: [
      say('state'),
      say('who'),
      say('n'),
      ...['half', 'most90', 'worst', 'queued'].map((name) => `${say(name as 'half')} (min)`),
      say('now'),
    ],
    rows: report.states.map((row) => [
      row.title,
      whoOf(row),
      row.stay.n,
      ...[row.stay.median, row.stay.most, row.stay.worst].map((ms) => ms / 60_000),
      row.queued === null ? '' : row.queued.median / 60_000,
      row.now,
    ]),
  });
  return (
    <ResultPart wide title={say('states')} text={say('statesText')} table={{ name: 'states', make }}>
      <Rows caption={say('states')} rows={report.states} keyOf={({ state }) => state} columns={columns} />
    </ResultPart>
  );
}

function Deadlines({ report }: { readonly report: LoadReport }) {
  const rows = report.deadlines.filter(({ fell }) => fell > 0).sort((one, two) => two.fell - one.fell);
  const after = (row: DeadlineLoad): string => (locale() === 'en' ? row.after.en : row.after.zh);
  if (rows.length === 0) return null;
  const make = () => ({
    head: [say('state'), say('deadline'), say('ran'), say('fell')],
    rows: rows.map((row) => [row.title, after(row), row.ran, row.fell]),
  });
  return (
    <ResultPart title={say('deadlines')} text={say('deadlinesText')} table={{ name: 'deadlines', make }}>
      <Rows
        caption={say('deadlines')}
        rows={rows}
        keyOf={({ timer }) => timer}
        columns={[
          { title: say('state'), cell: ({ title }) => title },
          { title: say('deadline'), cell: after },
          { title: say('ran'), num: true, cell: ({ ran }) => ran },
          { title: say('fell'), num: true, cell: ({ fell }) => fell },
        ]}
      />
    </ResultPart>
  );
}

function Ends({ report }: { readonly report: LoadReport }) {
  const open: EndLoad = { state: '', title: say('stillOpen'), goal: false, n: report.open, amount: 0 };
  const rows = [...report.ends, ...(report.open > 0 ? [open] : [])].sort((one, two) => two.n - one.n);
  const money = (row: EndLoad): string => (row.state === '' ? '—' : moneyText(row.amount, locale()));
  const columns: readonly Column<EndLoad>[] = [
    { title: say('end'), cell: ({ title }) => title },
    { title: say('n'), num: true, cell: ({ n }) => n },
    { title: say('share'), num: true, cell: ({ n }) => percent(n / Math.max(1, report.cases)) },
    ...(report.hasMoney ? [{ title: say('amount'), num: true, cell: money }] : []),
  ];
  const make = () => ({
    head: [say('end'), say('n'), say('share'), ...(report.hasMoney ? [say('amount')] : [])],
    rows: rows.map((row) => [
      row.title,
      row.n,
      percent(row.n / Math.max(1, report.cases)),
      ...(report.hasMoney ? [row.amount / 100] : []),
    ]),
  });
  return (
    <ResultPart title={say('ends')} text={report.hasMoney ? say('endsText') : ''} table={{ name: 'ends', make }}>
      <Rows caption={say('ends')} rows={rows} keyOf={({ state }) => state} columns={columns} />
    </ResultPart>
  );
}
