import { Link, useParams, useQuery } from '../../app/route/index.ts';
import './cases.css';
import type { CaseList } from '../../../engine/contract/routes.ts';
import { api, type CaseFilter } from '../../api/index.ts';
import { useHall } from '../../app/hall-info.tsx';
import { useLoad } from '../../app/load.ts';
import { PageTitle } from '../../app/parts/page-title.tsx';
import { Failed, Loading } from '../../app/parts/states.tsx';
import { useTexts } from '../../app/texts/index.ts';
import { Centre } from '../centre.tsx';
import { say } from '../centre-texts.ts';
import { CaseCards, CaseTable } from './case-rows.tsx';
import { Filters } from './filters.tsx';
import { Paging } from './paging.tsx';
import { TurnCards } from './turn-cards.tsx';

const FILTERS = ['q', 'number', 'workflow', 'subject', 'status', 'from', 'to'] as const;

/** 我的业务单, newest first: what waits for the person, then all of it. The filter stands in the address. */
export default function CasesPage() {
  useTexts();
  const [params, change] = useQuery();
  const listed = useListed();
  const only = listed && { list: listed.id };
  const filter: CaseFilter = { ...filterOf(params), ...only };
  const filtered = FILTERS.some((name) => filter[name] !== undefined);
  const { state, reload } = useLoad(`cases ${listed?.id ?? ''} ${params}`, () => api.cases(filter));
  // The cards show what waits on any page of the list and whatever the filter.
  const all = useLoad(`cases ${listed?.id ?? ''}`, () => api.cases(only ?? {}));
  const title = listed?.title ?? say('cases.title');

  if (state.kind === 'failed') return <Failed fault={state.fault} onRetry={reload} />;
  const mine =
    all.state.kind === 'ready' ? all.state.data.rows.filter((row) => row.waiting.some((one) => one.mine)) : [];
  return (
    <Centre>
      <PageTitle title={title}>{title}</PageTitle>
      {mine.length > 0 && (
        <section aria-labelledby="h-turn">
          <h2 id="h-turn" className="vh">
            {say('cases.yours', { n: mine.length })}
          </h2>
          <TurnCards rows={mine} />
        </section>
      )}
      {state.kind === 'loading' ? (
        <Loading />
      ) : state.data.total === 0 && !filtered ? (
        <p className="emptylist">
          {say(listed ? 'cases.emptyList' : 'cases.empty')} <Link to="/">{say('cases.start')}</Link>
        </p>
      ) : (
        <>
          <Filters
            key={params.toString()}
            filter={filter}
            list={all.state.kind === 'ready' ? all.state.data : state.data}
            onChange={change}
          />
          <List
            list={state.data}
            listed={listed?.id ?? null}
            onPage={(page) => change({ ...asStrings(filterOf(params)), page: String(page) })}
            onReset={() => change({})}
          />
        </>
      )}
    </Centre>
  );
}

/** The declared list that the address names; null = every case, also when no process declares it any more. */
function useListed(): { readonly id: string; readonly title: string } | null {
  const { list } = useParams();
  const { state } = useHall();
  return (state.kind === 'ready' && state.data.lists.find(({ id }) => id === list)) || null;
}

function List(props: {
  readonly list: CaseList;
  readonly listed: string | null;
  readonly onPage: (page: number) => void;
  readonly onReset: () => void;
}) {
  useTexts();
  const { list } = props;
  if (list.total === 0) {
    return (
      <p className="emptylist" role="status">
        {say('cases.noMatch')}{' '}
        <button type="button" className="linkbtn" onClick={props.onReset}>
          {say('cases.filter.reset')}
        </button>
      </p>
    );
  }
  return (
    <>
      <CaseTable list={list} listed={props.listed} />
      <CaseCards rows={list.rows} listed={props.listed} />
      <Paging page={list.page} pages={list.pages} total={list.total} onPage={props.onPage} />
    </>
  );
}

/** Only the parameters that are ours, only with a value. */
export function filterOf(params: URLSearchParams): CaseFilter {
  const filter: { [name: string]: string | number } = {};
  for (const name of FILTERS) {
    const value = params.get(name)?.trim();
    if (value) filter[name] = value;
  }
  const page = Number(params.get('page'));
  if (Number.isInteger(page) && page > 1) filter.page = page;
  return filter;
}

function asStrings(filter: CaseFilter): { [name: string]: string } {
  return Object.fromEntries(Object.entries(filter).map(([name, value]) => [name, String(value)]));
}
