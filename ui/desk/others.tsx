import { api } from '../api/index.ts';
import { isoDate } from '../app/format.ts';
import { useLoad } from '../app/load.ts';
import { CaseNumber } from '../app/parts/case-number.tsx';
import { StatusTag } from '../app/parts/status-tag.tsx';
import { Link } from '../app/route/index.ts';
import { say } from './texts.ts';

/** What else the same company has asked for, as far as this person may see it. Nothing where there is nothing. */
export function Others({ id }: { readonly id: string }) {
  const { state } = useLoad(`others ${id}`, () => api.others(id));
  if (state.kind !== 'ready' || state.data.rows.length === 0) return null;
  return (
    <div className="deskgroup">
      <h3>
        {say('others')} <span className="muted num">{state.data.total}</span>
      </h3>
      <ul className="deskothers">
        {state.data.rows.map((row) => (
          <li key={row.id}>
            <Link to={`/desk/${row.id}`}>
              <CaseNumber number={row.number} />
            </Link>
            <StatusTag status={row.status} />
            <span className="muted">
              {row.workflow.title} {isoDate(row.createdAt)}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
