import { useEffect, useRef, useState } from 'react';
import type { ReasonReport, ReportView } from '../../../engine/contract/reports.ts';
import type { ReportAsked } from '../../api/desk.ts';
import { CaseNumber } from '../../app/parts/case-number.tsx';
import { Link } from '../../app/route/index.ts';
import { mark } from '../../app/texts/punctuation.ts';
import { ReportPart } from './part.tsx';
import { Rows } from './rows.tsx';
import { share } from './share.ts';
import { say } from './texts.ts';

const keyOf = ({ field, reason }: ReasonReport): string => `${field} ${reason}`;

/** Why cases were sent back; each reason leads to its field and its cases. */
export function Reasons({ report, asked }: { readonly report: ReportView; readonly asked: ReportAsked }) {
  const [chosen, setChosen] = useState<string | null>(null);
  const { reasons } = report;
  const all = reasons.reduce((sum, { n }) => sum + n, 0);
  const most = Math.max(1, ...reasons.map(({ n }) => n));
  const followed = reasons.find((one) => keyOf(one) === chosen);
  return (
    <ReportPart wide title={say('reasons')} text={say('reasonsText')} table="reasons" asked={asked}>
      {reasons.length === 0 ? <p className="muted">{say('none')}</p> : null}
      {reasons.length > 0 ? (
        <Rows
          caption={say('reasons')}
          rows={reasons}
          keyOf={keyOf}
          columns={[
            { title: say('reason'), cell: (row) => row.reason || <i className="muted">{say('own')}</i> },
            { title: say('field'), cell: (row) => `${row.form}${mark('comma')}${row.title}` },
            { title: say('n'), num: true, cell: (row) => row.n },
            {
              title: say('share'),
              cell: (row) => (
                <span className="meters">
                  <span className="meter" style={{ width: `${(100 * row.n) / most}%` }} />
                  <span className="xs muted">{share(row.n, all)}</span>
                </span>
              ),
            },
            {
              title: say('follow'),
              cell: (row) => (
                <button
                  type="button"
                  className="btn sm"
                  aria-expanded={chosen === keyOf(row)}
                  onClick={() => setChosen(chosen === keyOf(row) ? null : keyOf(row))}
                >
                  {say('follow')}
                  <span className="vh"> {row.reason || say('own')}</span>
                </button>
              ),
            },
          ]}
        />
      ) : null}
      {followed ? <Source key={chosen} reason={followed} report={report} all={all} /> : null}
    </ReportPart>
  );
}

function Source(props: { readonly reason: ReasonReport; readonly report: ReportView; readonly all: number }) {
  const { reason, form, title, hint, field, cases } = props.reason;
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => head.current?.focus(), []);
  const same = props.report.reasons.filter((one) => one.field === field).reduce((sum, { n }) => sum + n, 0);
  return (
    <div className="reportsource">
      <h3 ref={head} tabIndex={-1}>
        {say('following', { reason: reason || say('own') })}
      </h3>
      <p>{say('where', { form, field: title })}</p>
      <blockquote>{hint || say('noHint')}</blockquote>
      <p>{say('sameField', { n: same, share: share(same, props.all) })}</p>
      <h4>{say('cases')}</h4>
      {cases.length === 0 ? <p className="muted">{say('noCases')}</p> : null}
      <ul>
        {cases.map(({ id, number }) => (
          <li key={id}>
            <Link to={`/desk/${id}`}>
              <CaseNumber number={number} />
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
