import { useEffect, useMemo, useRef, useState } from 'react';
import { kinds } from '../../engine/coverage/index.ts';
import { type Definition, diagram } from '../../engine/index.ts';
import { api } from '../api/index.ts';
import { Icon } from '../app/icon.tsx';
import { asFault } from '../app/load.ts';
import { mark } from '../app/texts/punctuation.ts';
import { DiagramView } from '../diagram/index.ts';
import { mutantSay } from './mutant-texts.ts';
import type { Unnoticed } from './mutants.ts';
import { keyOfMutant, MutantsList } from './mutants-list.tsx';
import { gapsOf, type ShownReport, type Written } from './shown.ts';
import { say } from './texts.ts';
import { type Working, work } from './worker/client.ts';
import type { Answer, Job, Source } from './worker/messages.ts';
import { WrittenScenario } from './written-scenario.tsx';

interface CoverageProps {
  readonly definition: Definition;
  readonly source: Source;
  readonly isDraft: boolean;
}

type State =
  | { readonly kind: 'idle' }
  | { readonly kind: 'working'; readonly job: Job['kind']; readonly done: number; readonly of: number | null }
  | { readonly kind: 'failed'; readonly message: string };

/** What the scenarios of a project show of it, laid over its diagram; what none shows, and the scenario that would. */
export function CoverageView({ definition, source, isDraft }: CoverageProps) {
  const [state, setState] = useState<State>({ kind: 'idle' });
  const [report, setReport] = useState<ShownReport | null>(null);
  const [written, setWritten] = useState<{ readonly key: string; readonly written: Written } | null>(null);
  const [unnoticed, setUnnoticed] = useState<readonly Unnoticed[]>([]);
  const [judged, setJudged] = useState<number | null>(null);
  const [at, setAt] = useState('');
  const working = useRef<Working | null>(null);
  useEffect(() => () => working.current?.stop(), []);
  const picture = useMemo(() => diagram(definition), [definition]);
  const gaps = useMemo(() => {
    const found = new Map(report ? gapsOf(definition, report.coverage) : []);
    for (const { state, reason } of unnoticed)
      if (reason === null && state !== '') found.set(state, (found.get(state) ?? 0) + 1);
    return found;
  }, [definition, report, unnoticed]);

  const ask = async (job: Job): Promise<Answer | null> => {
    setState({ kind: 'working', job: job.kind, done: 0, of: null });
    try {
      const started = work(source, job, {
        progress: (done, of) => setState({ kind: 'working', job: job.kind, done, of }),
        unnoticed: (one) => setUnnoticed((known) => [...known, one]),
      });
      working.current = started;
      const answer = await started.answer;
      setState({ kind: 'idle' });
      return answer;
    } catch (error) {
      setState({ kind: 'failed', message: error instanceof Error ? error.message : asFault(error).message });
      return null;
    }
  };
  const stories = async () => {
    const { files } = await api.labScenarios();
    return Object.entries(files).map(([path, text]) => ({ path, text }));
  };
  const count = async () => {
    setWritten(null);
    const answer = await ask({ kind: 'coverage', stories: await stories() });
    if (answer?.kind === 'shown') setReport(answer.report);
  };
  const judge = async () => {
    setWritten(null);
    setUnnoticed([]);
    setJudged(null);
    const answer = await ask({ kind: 'mutants', stories: await stories(), at });
    if (answer?.kind !== 'judged') return;
    setUnnoticed(answer.unnoticed);
    setJudged(answer.judged);
  };
  const write = async (key: string, job: Job) => {
    setWritten(null);
    const answer = await ask(job);
    if (answer?.kind === 'written') setWritten({ key, written: answer.written });
  };
  const stop = () => {
    working.current?.stop();
    setState({ kind: 'idle' });
  };
  const isWorking = state.kind === 'working';
  return (
    <div className="labmatrix">
      <div className="row wrap">
        {isWorking ? (
          <button type="button" className="btn" onClick={stop}>
            {say('stop')}
          </button>
        ) : (
          <button type="button" className="btn primary" onClick={() => void count()}>
            {say(report ? 'matrixAgain' : 'coverCount')}
          </button>
        )}
        <span role="status" className="muted">
          {isWorking ? progressOf(state) : ''}
        </span>
      </div>
      {state.kind === 'failed' ? (
        <p className="note err" role="alert">
          <Icon name="alert" />
          <span>{say('travelBroken', { message: state.message })}</span>
        </p>
      ) : null}
      {report ? (
        <dl className="labcounts">
          {kinds.map((kind) => (
            <div key={kind}>
              <dt>{say(`cover.${kind}`)}</dt>
              <dd>
                {report.coverage.counts[kind].covered} / {report.coverage.counts[kind].total}
              </dd>
            </div>
          ))}
        </dl>
      ) : null}
      {report && report.failing.length > 0 ? (
        <p className="note warn">
          <Icon name="warn" />
          <span>{say('coverFailing', { paths: report.failing.join(mark('list')) })}</span>
        </p>
      ) : null}
      <DiagramView diagram={picture} visited={report?.entered ?? []} problems={gaps} />
      {report ? (
        <section>
          <h2>{say('coverMissing')}</h2>
          {kinds.every((kind) => report.coverage.counts[kind].missing.length === 0) ? (
            <p className="muted">{say('coverAll')}</p>
          ) : null}
          <ul className="labgaps">
            {kinds.flatMap((kind) =>
              report.coverage.counts[kind].missing.map((key) => {
                return (
                  <li key={key}>
                    <span className="tag">{say(`cover.${kind}`)}</span>
                    <code className="grow">{key}</code>
                    <button
                      type="button"
                      className="btn sm"
                      aria-disabled={isWorking}
                      onClick={() => isWorking || void write(key, { kind: 'missing', key })}
                    >
                      {say('coverWrite')}
                      <span className="vh"> {key}</span>
                    </button>
                    {written?.key === key ? (
                      <WrittenScenario written={written.written} project={definition.project.id} isDraft={isDraft} />
                    ) : null}
                  </li>
                );
              }),
            )}
          </ul>
          <ExcludedList report={report} />
        </section>
      ) : null}
      <section>
        <h2>{mutantSay('title')}</h2>
        <p className="muted read">{mutantSay('text')}</p>
        <div className="row wrap labjudge">
          <label htmlFor="mutants-at">{mutantSay('where')}</label>
          <select id="mutants-at" className="in" value={at} onChange={(event) => setAt(event.target.value)}>
            <option value="">{mutantSay('everywhere')}</option>
            {Object.values(definition.states).map(({ address, label, title }) => (
              <option key={address} value={address}>
                {`${label ?? title} ${address}`}
              </option>
            ))}
          </select>
          <button type="button" className="btn" aria-disabled={isWorking} onClick={() => isWorking || void judge()}>
            {mutantSay('judge')}
          </button>
          {judged === null ? null : (
            <span className="muted" data-judged>
              {mutantSay('judged', { n: judged, open: unnoticed.filter(({ reason }) => reason === null).length })}
            </span>
          )}
        </div>
        {judged === null && unnoticed.length === 0 ? null : (
          <MutantsList
            definition={definition}
            unnoticed={unnoticed}
            written={written}
            isDraft={isDraft}
            isWorking={isWorking}
            onWrite={(mutant) => void write(keyOfMutant(mutant), { kind: 'noticing', index: mutant.index })}
          />
        )}
      </section>
    </div>
  );
}

function progressOf({ job, done, of }: Extract<State, { kind: 'working' }>): string {
  if (of === null) return done === 0 ? say('coverWorking') : say('coverTrying', { n: done });
  return job === 'mutants' ? mutantSay('judging', { n: done, of }) : say('matrixPlaying', { n: done, of });
}

function ExcludedList({ report }: { readonly report: ShownReport }) {
  const excluded = kinds.flatMap((kind) => report.coverage.counts[kind].excluded);
  if (excluded.length === 0) return null;
  return (
    <details className="labmore">
      <summary>{say('coverExcluded', { n: excluded.length })}</summary>
      <ul className="labgaps">
        {excluded.map(({ key, reason }) => (
          <li key={key}>
            <code className="grow">{key}</code>
            <span className="muted">{reason}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
