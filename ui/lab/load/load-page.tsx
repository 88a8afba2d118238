import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Definition } from '../../../engine/index.ts';
import { type Assumptions, unplayable } from '../../../engine/simulate/load/index.ts';
import { Icon } from '../../app/icon.tsx';
import { Loading } from '../../app/parts/states.tsx';
import { Link, useQuery } from '../../app/route/index.ts';
import { Workbench } from '../../workbench/workbench.tsx';
import { say as sayLab } from '../texts.ts';
import type { Source } from '../worker/messages.ts';
import { Compare } from './compare.tsx';
import { FillingContext } from './fields.tsx';
import { LoadForm } from './form.tsx';
import { countOf, type Kept, namesOf, otherOf } from './kept.ts';
import { differences, laidOver, readPatch, withValue } from './patch.ts';
import { Results } from './results.tsx';
import { say } from './texts.ts';
import { type Played, useLoadRun, useSuggested } from './use-load.ts';
import '../../desk/reports/reports.css';
import './load.css';

interface LoadPageProps {
  readonly definition: Definition;
  readonly source: Source;
  readonly project: { readonly id: string; readonly title: string; readonly hash: string; readonly draft: boolean };
  readonly isDraft: boolean;
}

/**
 * A crowd through a project's process, by assumptions that can all be changed. What is assumed otherwise than the process
 * suggests stands in the address, with what it is compared with, so that a link repeats both.
 */
export function LoadPage({ definition, source, project, isDraft }: LoadPageProps) {
  const suggested = useSuggested(source);
  return (
    <Workbench
      home="/lab"
      mark={sayLab('mark')}
      title={sayLab('room')}
      page={`${say('title')} ${project.title}`}
      context={
        <>
          <span className="strong">{project.title}</span>
          <span className="muted"> {say(isDraft ? 'draft' : 'release')}</span>
        </>
      }
    >
      <div className="labwide loadpage">
        <div className="ph">
          <h1>{say('title')}</h1>
          <span className="row wrap">
            <Other project={project} isDraft={isDraft} />
            <Link className="btn sm" to={`/lab?project=${project.id}${isDraft ? '&of=draft' : ''}`}>
              {say('back')}
            </Link>
          </span>
        </div>
        <p className="muted read">{say('text')}</p>
        {suggested.failed !== null ? (
          <p className="note err" role="alert">
            <Icon name="alert" />
            <span>{say('suggestFailed', { message: suggested.failed })}</span>
          </p>
        ) : suggested.given === null ? (
          <>
            <p role="status">{say('suggesting')}</p>
            <Loading lines={6} />
          </>
        ) : (
          <Crowd
            key={definition.hash}
            definition={definition}
            source={source}
            suggested={suggested.given}
            project={project}
            isDraft={isDraft}
          />
        )}
      </div>
    </Workbench>
  );
}

/** The same assumptions over the other of draft and release. */
function Other({ project, isDraft }: Pick<LoadPageProps, 'project' | 'isDraft'>) {
  const [search] = useQuery();
  if (!project.draft && !isDraft) return null;
  const next = new URLSearchParams(search);
  next.delete('run');
  if (isDraft) next.delete('of');
  else next.set('of', 'draft');
  return (
    <Link className="btn sm" to={`/lab?${next}`}>
      {say(isDraft ? 'onRelease' : 'onDraft')}
    </Link>
  );
}

function Crowd({
  definition,
  source,
  suggested,
  project,
  isDraft,
}: LoadPageProps & { readonly suggested: Assumptions }) {
  const [search, setSearch] = useQuery();
  const [given, setGiven] = useState<Assumptions>(() => laidOver(suggested, readPatch(search.get('assume'))));
  const [played, setPlayed] = useState<Played | null>(null);
  const [comparedWith, setComparedWith] = useState<Played | null>(null);
  const [asked, setAsked] = useState(false);
  const { state, play, stop } = useLoadRun();
  const results = useRef<HTMLHeadingElement>(null);
  const wrong = useMemo(() => unplayable(given), [given]);
  const patch = useMemo(() => differences(suggested, given), [suggested, given]);
  const keptText = search.get('kept');
  const kept: Kept | null = useMemo(
    () => (keptText === null ? null : { patch: readPatch(keptText), isDraft: search.get('keptOf') === 'draft' }),
    [keptText, search],
  );
  const set = useCallback<(path: readonly (string | number)[], value: Parameters<typeof withValue>[2]) => void>(
    (path, value) => setGiven((now) => withValue(now, path, value)),
    [],
  );
  const filling = useMemo(() => ({ given, wrong: asked ? wrong : [], set }), [given, wrong, asked, set]);

  const address = useCallback(
    (more: { readonly [name: string]: string }): { readonly [name: string]: string } => ({
      view: 'load',
      project: project.id,
      ...(isDraft ? { of: 'draft' } : {}),
      ...(Object.keys(patch).length > 0 ? { assume: JSON.stringify(patch) } : {}),
      ...(kept ? { kept: JSON.stringify(kept.patch), ...(kept.isDraft ? { keptOf: 'draft' } : {}) } : {}),
      ...more,
    }),
    [patch, kept, project.id, isDraft],
  );

  const begin = useCallback(async (): Promise<void> => {
    setAsked(true);
    if (wrong.length > 0) return;
    setSearch(address({ run: '1' }), { replace: true });
    if (kept) {
      const here = { source, hash: definition.hash };
      const other = kept.isDraft === isDraft ? here : await otherOf(project, kept.isDraft);
      const run = { isDraft: kept.isDraft, given: laidOver(suggested, kept.patch) };
      const before = other === null ? null : await play(other.source, { ...run, hash: other.hash });
      if (before === null) return;
      setComparedWith(before);
    }
    const done = await play(source, { hash: definition.hash, isDraft, given });
    if (done === null) return;
    setPlayed(done);
    requestAnimationFrame(() => results.current?.focus());
  }, [wrong, setSearch, address, kept, isDraft, source, project, suggested, play, definition.hash, given]);

  // A link to a run plays it.
  const isLinked = useRef(search.get('run') === '1');
  useEffect(() => {
    if (!isLinked.current) return;
    isLinked.current = false;
    void begin();
  }, [begin]);

  const isWorking = state.kind === 'working';
  const isStale = played !== null && JSON.stringify(played.given) !== JSON.stringify(given);
  const changed = countOf(patch);
  return (
    <FillingContext value={filling}>
      <div className="loadbody">
        <form
          className="loadform"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void begin();
          }}
        >
          <LoadForm definition={definition} />
          <div className="loadrun">
            {isWorking ? (
              // Another element than the one that begins: a click that stops must not submit what has taken its place.
              <button key="stop" type="button" className="btn" onClick={stop}>
                {say('stop')}
              </button>
            ) : (
              <button key="run" type="submit" className="btn primary">
                {say(played ? 'again' : 'run')}
              </button>
            )}
            {changed > 0 ? (
              <button type="button" className="linkbtn" onClick={() => setGiven(suggested)}>
                {say('reset')}
              </button>
            ) : null}
            <span className="muted xs">{changed > 0 ? say('changed', { n: changed }) : ''}</span>
            {asked && wrong.length > 0 ? (
              <p className="loaderror" role="alert">
                {say('wrong', { n: wrong.length })}
              </p>
            ) : null}
          </div>
        </form>
        <section className="loadresults" aria-labelledby="h-load">
          <div className="ph">
            <h2 id="h-load" ref={results} tabIndex={-1}>
              {say('results')}
            </h2>
            <span className="row wrap">
              {played && !isWorking ? (
                <button
                  type="button"
                  className="btn sm"
                  onClick={() => {
                    const now = JSON.stringify(differences(suggested, played.given));
                    setComparedWith(played);
                    setSearch(address({ run: '1', kept: now, keptOf: played.isDraft ? 'draft' : '' }), {
                      replace: true,
                    });
                  }}
                >
                  {say('keep')}
                </button>
              ) : null}
              {kept ? (
                <button
                  type="button"
                  className="btn sm"
                  onClick={() => {
                    setComparedWith(null);
                    const { kept: _, keptOf: __, ...rest } = address({});
                    setSearch(rest, { replace: true });
                  }}
                >
                  {say('drop')}
                </button>
              ) : null}
            </span>
          </div>
          {kept ? <p className="muted xs loadkept">{say('comparing', { what: namesOf(definition, kept) })}</p> : null}
          <div role="status">
            {isWorking ? (
              <p className="loadprogress">
                <progress max={state.of} value={state.done} aria-label={say('results')} />
                {state.done === 0 ? say('preparing') : say('playing', { n: state.done, of: state.of })}
              </p>
            ) : null}
            {state.kind === 'stopped' ? <p className="muted">{say('stopped')}</p> : null}
          </div>
          {state.kind === 'failed' ? (
            <p className="note err" role="alert">
              <Icon name="alert" />
              <span>{say('failed', { message: state.message })}</span>
            </p>
          ) : null}
          {played === null && state.kind === 'idle' ? <p className="read muted">{say('none')}</p> : null}
          {isStale && !isWorking ? (
            <p className="note warn">
              <Icon name="warn" />
              <span>{say('stale')}</span>
            </p>
          ) : null}
          {played && comparedWith && comparedWith !== played ? <Compare kept={comparedWith} played={played} /> : null}
          {played ? <Results played={played} /> : null}
        </section>
      </div>
    </FillingContext>
  );
}
