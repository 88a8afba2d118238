import { useEffect } from 'react';
import './batch.css';
import '../cases/cases.css';
import type { BatchReport } from '../../../engine/contract/routes.ts';
import { api } from '../../api/index.ts';
import { download } from '../../app/download.ts';
import { shortDateTime } from '../../app/format.ts';
import { Icon } from '../../app/icon.tsx';
import { useLoad } from '../../app/load.ts';
import { now } from '../../app/now.ts';
import { PageTitle } from '../../app/parts/page-title.tsx';
import { Failed, Loading } from '../../app/parts/states.tsx';
import { Link, useParams } from '../../app/route/index.ts';
import { useTexts } from '../../app/texts/index.ts';
import { Lines } from './lines.tsx';
import { say } from './texts.ts';

/** How often a page looks while cases begin. */
const LOOK = 2_000;

/** What became of each row of a table; it stays, and the cases in it stand as they are today. */
export default function ReportPage() {
  const t = useTexts();
  const { id = '' } = useParams();
  const { state, reload } = useLoad(`batch ${id}`, () => api.batch(id));
  const isWaiting = state.kind === 'ready' && state.data.waiting > 0;
  useEffect(() => {
    if (!isWaiting) return;
    const timer = setInterval(reload, LOOK);
    return () => clearInterval(timer);
  }, [isWaiting, reload]);

  if (state.kind === 'failed') return <Failed fault={state.fault} onRetry={reload} />;
  if (state.kind === 'loading') return <Loading />;
  const { data } = state;
  return (
    <div className="page wide batch">
      <nav className="crumb noprint" aria-label={t('app.crumb')}>
        <Link to="/batch">{say('title')}</Link> / {say('report.crumb')}
      </nav>
      <PageTitle title={say('report.title')}>{data.name}</PageTitle>
      <p className="muted">{say('report.of', { project: data.project.title, at: shortDateTime(data.at, now()) })}</p>
      <Told report={data} />
      <p className="actions noprint">
        <button type="button" className="btn" onClick={() => void keep(data)}>
          <Icon name="download" />
          {say('report.download')}
        </button>
        {data.wrong > 0 && (
          <Link className="btn" to={`/batch/${data.project.id}`}>
            {say('report.again')}
          </Link>
        )}
      </p>
      <Lines lines={data.lines} sent />
    </div>
  );
}

function Told({ report }: { readonly report: BatchReport }) {
  const { begun, wrong, waiting, total } = report;
  if (waiting > 0) {
    return (
      <p className="note" role="status">
        <Icon name="wait" />
        <span>{say('report.progress', { done: begun + wrong, total })}</span>
      </p>
    );
  }
  return (
    <div className="stack batch-told" role="status">
      {begun > 0 && (
        <p className="note ok">
          <Icon name="check" />
          <span>
            {say('report.done', { begun })} <Link to="/cases">{say('report.cases')}</Link>
          </span>
        </p>
      )}
      {wrong > 0 && (
        <p className="note warn">
          <Icon name="warn" />
          <span>{say('report.wrong', { wrong })}</span>
        </p>
      )}
    </div>
  );
}

async function keep({ id, name }: BatchReport): Promise<void> {
  download(say('report.fileName', { name }), await api.batchCsv(id), 'text/csv;charset=utf-8');
}
