import type { LoadReport } from '../../../engine/simulate/load/index.ts';
import { Chart, type Series } from '../../desk/reports/chart.tsx';
import { Rows } from '../../desk/reports/rows.tsx';
import { ResultPart } from './result-part.tsx';
import { say } from './texts.ts';
import { percent } from './told.ts';

/** More columns than this cannot be told apart: days become weeks. */
const mostColumns = 46;

interface Span {
  readonly day: string;
  readonly begun: number;
  readonly reached: number;
  readonly ended: number;
  /** At its end. */
  readonly open: number;
  readonly late: number;
  /** The same of each promise. */
  readonly promises: readonly number[];
}

/** Days, or weeks when there are too many of them. */
function spansOf({ days, promises }: LoadReport): readonly Span[] {
  const all = days.map((day, index) => ({
    ...day,
    late: promises.reduce((sum, promise) => sum + (promise.days[index] ?? 0), 0),
    promises: promises.map(({ days: on }) => on[index] ?? 0),
  }));
  if (all.length <= mostColumns) return all;
  const weeks: Span[] = [];
  for (let at = 0; at < all.length; at += 7) {
    const week = all.slice(at, at + 7);
    const sum = (name: 'begun' | 'reached' | 'ended' | 'late') => week.reduce((total, day) => total + day[name], 0);
    const [first, last] = [week[0], week.at(-1)];
    if (first === undefined || last === undefined) continue;
    weeks.push({
      day: first.day,
      begun: sum('begun'),
      reached: sum('reached'),
      ended: sum('ended'),
      late: sum('late'),
      open: last.open,
      promises: promises.map((_, index) => week.reduce((total, day) => total + (day.promises[index] ?? 0), 0)),
    });
  }
  return weeks;
}

/** What came and went, and what was open. */
export function Flow({ report }: { readonly report: LoadReport }) {
  const spans = spansOf(report);
  const names = ['begun', 'reached', 'ended', 'open'] as const;
  const make = () => ({
    head: [say('day'), ...names.map((name) => say(name))],
    rows: report.days.map((day) => [day.day, ...names.map((name) => day[name])]),
  });
  const table = (
    <details>
      <summary>{say('table')}</summary>
      <Rows
        caption={say('throughput')}
        rows={spans}
        keyOf={({ day }) => day}
        columns={[
          { title: say('day'), cell: ({ day }) => (report.days.length > mostColumns ? say('weekFrom', { day }) : day) },
          ...names.map((name) => ({ title: say(name), num: true, cell: (span: Span) => span[name] })),
        ]}
      />
    </details>
  );
  return (
    <>
      <ResultPart title={say('throughput')} text={say('throughputText')} table={{ name: 'days', make }}>
        <Chart title={say('throughput')} labels={spans.map(({ day }) => day)} series={series(spans)} />
        {table}
      </ResultPart>
      <ResultPart title={say('openTitle')} text={say('openText')}>
        <Chart
          title={say('openTitle')}
          labels={spans.map(({ day }) => day)}
          series={[{ name: say('open'), look: 'brand', values: spans.map(({ open }) => open) }]}
        />
        {table}
      </ResultPart>
    </>
  );
}

function series(spans: readonly Span[]): readonly Series[] {
  return [
    { name: say('begun'), look: 'brand', values: spans.map(({ begun }) => begun) },
    { name: say('reached'), look: 'ok', values: spans.map(({ reached }) => reached) },
    { name: say('ended'), look: 'plain', values: spans.map(({ ended }) => ended) },
  ];
}

/** Promised times: how many were broken, and on which days. */
export function Promises({ report }: { readonly report: LoadReport }) {
  const { promises } = report;
  const spans = spansOf(report);
  const make = () => ({
    head: [say('day'), ...promises.map(({ title }) => title)],
    rows: report.days.map(({ day }, index) => [day, ...promises.map(({ days }) => days[index] ?? 0)]),
  });
  if (promises.length === 0)
    return (
      <ResultPart title={say('sla')} text={say('slaText')}>
        <p className="muted">{say('slaNone')}</p>
      </ResultPart>
    );
  return (
    <ResultPart title={say('sla')} text={say('slaText')} table={{ name: 'promises', make }}>
      <Chart
        title={say('sla')}
        labels={spans.map(({ day }) => day)}
        series={[{ name: say('late'), look: 'err', values: spans.map(({ late }) => late) }]}
      />
      <Rows
        caption={say('sla')}
        rows={promises}
        keyOf={({ state }) => state}
        columns={[
          { title: say('state'), cell: ({ title }) => title },
          { title: say('given'), num: true, cell: ({ given }) => given },
          { title: say('late'), num: true, cell: ({ late }) => late },
          { title: say('lateShare'), num: true, cell: ({ late, given }) => percent(given === 0 ? 0 : late / given) },
        ]}
      />
      <details>
        <summary>{say('table')}</summary>
        <Rows
          caption={say('sla')}
          rows={spans}
          keyOf={({ day }) => day}
          columns={[
            {
              title: say('day'),
              cell: ({ day }) => (report.days.length > mostColumns ? say('weekFrom', { day }) : day),
            },
            ...promises.map(({ title }, index) => ({
              title,
              num: true,
              cell: (span: Span) => span.promises[index] ?? 0,
            })),
          ]}
        />
      </details>
    </ResultPart>
  );
}
