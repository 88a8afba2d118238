import { useEffect, useMemo, useRef, useState } from 'react';
import { api, type LabProject } from '../api/index.ts';
import { Icon } from '../app/icon.tsx';
import { asFault } from '../app/load.ts';
import { Link } from '../app/route/index.ts';
import { mark } from '../app/texts/punctuation.ts';
import { toldFailure } from '../workbench/told-issue.ts';
import { say } from './texts.ts';
import { type Working, work } from './worker/client.ts';
import type { Cell, Source, StoryFile } from './worker/messages.ts';

interface MatrixProps {
  readonly projects: readonly LabProject[];
  /** Only this scenario, which somebody has recorded; else all that the gates play. */
  readonly story: StoryFile | null;
  /** Somebody comes from a draft: drafts are played from the start, as columns of their own. */
  readonly fromDraft: boolean;
}

type State =
  | { readonly kind: 'idle' }
  | { readonly kind: 'playing'; readonly done: number; readonly of: number | null }
  | { readonly kind: 'done'; readonly broken: readonly string[]; readonly drafts: readonly string[] }
  | { readonly kind: 'failed'; readonly message: string };

/** Scenarios x projects, played in a worker: where a project does otherwise than a scenario says, and what. */
export function Matrix({ projects, story, fromDraft }: MatrixProps) {
  const [cells, setCells] = useState<readonly Cell[]>([]);
  const [state, setState] = useState<State>({ kind: 'idle' });
  const [differing, setDiffering] = useState(false);
  const [withDrafts, setWithDrafts] = useState(fromDraft);
  const [ask, setAsk] = useState('');
  const [open, setOpen] = useState<Cell | null>(null);
  const working = useRef<Working | null>(null);
  useEffect(() => () => working.current?.stop(), []);

  const play = async (): Promise<void> => {
    setCells([]);
    setOpen(null);
    setState({ kind: 'playing', done: 0, of: null });
    try {
      const [sources, stories] = await Promise.all([sourcesOf(projects, withDrafts), story ? [story] : allStories()]);
      const found: Cell[] = [];
      const started = work(
        null,
        { kind: 'matrix', sources, stories },
        {
          // Drawn with the progress, and not with every cell.
          progress: (done, of) => {
            if (done % 10 !== 0 && done !== of) return;
            setCells([...found]);
            setState({ kind: 'playing', done, of });
          },
          cell: (cell) => found.push(cell),
        },
      );
      working.current = started;
      const answer = await started.answer;
      setCells(found);
      const { broken, drafts } = answer.kind === 'played' ? answer : { broken: [], drafts: [] };
      setState({ kind: 'done', broken, drafts });
    } catch (error) {
      setState({ kind: 'failed', message: error instanceof Error ? error.message : asFault(error).message });
    }
  };
  const stop = () => {
    working.current?.stop();
    setState({ kind: 'idle' });
  };
  const rows = useMemo(() => rowsOf(cells), [cells]);
  const shown = rows.filter(
    ({ title, path, cells: own }) =>
      `${title} ${path}`.toLowerCase().includes(ask.trim().toLowerCase()) &&
      (!differing || own.some(({ passed }) => !passed)),
  );
  const columns = projects
    .flatMap(({ id, title }) =>
      [false, true].map((draft) => ({ id, title: draft ? say('matrixDraft', { title }) : title, draft })),
    )
    .filter((column) => cells.some((cell) => isIn(cell, column)));
  const failing = cells.filter(({ passed, named }) => named && !passed).length;
  const other = cells.filter(({ passed, named }) => !named && !passed).length;
  return (
    <div className="labmatrix">
      <div className="row wrap">
        {state.kind === 'playing' ? (
          <button type="button" className="btn" onClick={stop}>
            {say('stop')}
          </button>
        ) : (
          <button type="button" className="btn primary" onClick={() => void play()}>
            {say(cells.length === 0 ? 'matrixPlay' : 'matrixAgain')}
          </button>
        )}
        {projects.some(({ draft }) => draft) ? (
          <label className="labauto">
            <input type="checkbox" checked={withDrafts} onChange={(event) => setWithDrafts(event.target.checked)} />
            {say('matrixDrafts')}
          </label>
        ) : null}
        {story ? null : (
          <>
            <label className="vh" htmlFor="matrix-ask">
              {say('matrixFind')}
            </label>
            <input
              id="matrix-ask"
              className="in"
              type="search"
              placeholder={say('matrixFind')}
              value={ask}
              onChange={(event) => setAsk(event.target.value)}
            />
            <label className="labauto">
              <input type="checkbox" checked={differing} onChange={(event) => setDiffering(event.target.checked)} />
              {say('matrixDiffering')}
            </label>
          </>
        )}
        <span role="status" className="muted">
          {state.kind === 'playing' ? say('matrixPlaying', { n: state.done, of: state.of ?? '…' }) : ''}
          {state.kind === 'done' ? say('matrixDone', { n: cells.length, failing, other }) : ''}
        </span>
      </div>
      {state.kind === 'failed' ? (
        <p className="note err" role="alert">
          <Icon name="alert" />
          <span>{say('travelBroken', { message: state.message })}</span>
        </p>
      ) : null}
      {state.kind === 'done' && state.broken.length > 0 ? (
        <p className="note warn">
          <Icon name="warn" />
          <span>{say('matrixBroken', { paths: state.broken.join(mark('list')) })}</span>
        </p>
      ) : null}
      {state.kind === 'done' && state.drafts.length > 0 ? (
        <p className="note warn">
          <Icon name="warn" />
          <span>
            {say('matrixBrokenDrafts', {
              projects: state.drafts.map((id) => titleIn(projects, id)).join(mark('list')),
            })}
          </span>
        </p>
      ) : null}
      {open?.failure ? (
        <Difference cell={open} title={columns.find((column) => isIn(open, column))?.title ?? open.project} />
      ) : null}
      {cells.length === 0 ? null : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, by the keyboard too
        <section className="labgrid" tabIndex={0} aria-label={say('matrixTitle')}>
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{say('matrixStory')}</th>
                {columns.map(({ id, title, draft }) => (
                  <th scope="col" key={`${id} ${draft}`}>
                    {title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {shown.map(({ path, title, cells: own }) => (
                <tr key={path}>
                  <th scope="row">
                    {title}
                    <code>{path.replace('workflows/scenarios/', '')}</code>
                  </th>
                  {columns.map((column) => (
                    <td key={`${column.id} ${column.draft}`}>
                      <CellView cell={own.find((cell) => isIn(cell, column))} open={open} onOpen={setOpen} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
          {shown.length === 0 ? <p className="muted">{say('matrixNone')}</p> : null}
        </section>
      )}
    </div>
  );
}

/** Word and shape: passed, or the step at which it went otherwise; red only where the scenario names the project. */
function CellView(props: {
  readonly cell: Cell | undefined;
  readonly open: Cell | null;
  readonly onOpen: (cell: Cell) => void;
}) {
  const { cell, open, onOpen } = props;
  if (cell === undefined) return <span className="muted">—</span>;
  if (cell.passed)
    return (
      <span className={cell.named ? 'tag ok' : 'tag'}>
        <Icon name="check" />
        {say('matrixPassed')}
      </span>
    );
  return (
    <button
      type="button"
      className={cell.named ? 'tag err' : 'tag warn'}
      aria-pressed={open === cell}
      onClick={() => onOpen(cell)}
    >
      <Icon name={cell.named ? 'alert' : 'warn'} />
      {say('matrixStep', { n: (cell.failure?.step ?? 0) + 1 })}
    </button>
  );
}

function Difference({ cell, title }: { readonly cell: Cell; readonly title: string }) {
  if (cell.failure === null) return null;
  const { expected, found, step } = toldFailure(cell.failure);
  return (
    <div className="note warn" role="status">
      <Icon name="warn" />
      <span className="grow">
        <span className="strong">
          {cell.title}
          {mark('comma')}
          {title}
          {mark('comma')}
          {say('matrixStep', { n: step + 1 })}
        </span>
        <span className="block">{say('openExpected', { text: expected })}</span>
        <span className="block">{say('openFound', { text: found })}</span>
        {cell.named ? null : <span className="block muted">{say('matrixOther')}</span>}
        <Link className="block" to={`/lab?project=${cell.project}${cell.draft ? '&of=draft' : ''}`}>
          {say('matrixGo')}
        </Link>
      </span>
    </div>
  );
}

const isIn = (cell: Cell, column: { readonly id: string; readonly draft: boolean }): boolean =>
  cell.project === column.id && cell.draft === column.draft;

function rowsOf(cells: readonly Cell[]) {
  const rows = new Map<string, { path: string; title: string; cells: Cell[] }>();
  for (const cell of cells) {
    const row = rows.get(cell.path) ?? { path: cell.path, title: cell.title, cells: [] };
    row.cells.push(cell);
    rows.set(cell.path, row);
  }
  return [...rows.values()];
}

function titleIn(projects: readonly LabProject[], id: string): string {
  return projects.find((one) => one.id === id)?.title ?? id;
}

/** The releases in force, and the drafts beside them where they are asked for. */
async function sourcesOf(projects: readonly LabProject[], withDrafts: boolean): Promise<readonly Source[]> {
  const releases = projects.map(async ({ hash }): Promise<Source> => {
    return { ...(await api.labRelease(hash)), validators: api.validatorsUrl(hash), released: true };
  });
  const drafts = projects
    .filter(({ draft }) => draft && withDrafts)
    .map(async ({ id }): Promise<Source> => {
      return { ...(await api.labDraft(id)), validators: api.draftValidatorsUrl(id, Date.now()), released: false };
    });
  return Promise.all([...releases, ...drafts]);
}

async function allStories(): Promise<readonly StoryFile[]> {
  const { files } = await api.labScenarios();
  return Object.entries(files)
    .map(([path, text]) => ({ path, text }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}
