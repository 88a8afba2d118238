import { useEffect, useMemo, useRef, useState } from 'react';
import { kinds } from '../../engine/coverage/index.ts';
import { type Definition, diagram } from '../../engine/index.ts';
import { api } from '../api/index.ts';
import { download } from '../app/download.ts';
import { Icon } from '../app/icon.tsx';
import { asFault } from '../app/load.ts';
import { navigate } from '../app/route/index.ts';
import { mark } from '../app/texts/punctuation.ts';
import { DiagramView } from '../diagram/index.ts';
import { leaveStory } from '../workbench/story.ts';
import { gapsOf, placeOf, type ShownReport } from './shown.ts';
import { say } from './texts.ts';
import { type Working, work } from './worker/client.ts';
import type { Answer, Source } from './worker/messages.ts';

interface CoverageProps {
  readonly definition: Definition;
  readonly source: Source;
  readonly isDraft: boolean;
}

type State =
  | { readonly kind: 'idle' }
  | { readonly kind: 'working'; readonly done: number; readonly of: number | null }
  | { readonly kind: 'failed'; readonly message: string };

/** What the scenarios of a project show of it, laid over its diagram; what none shows, and the scenario that would. */
export function CoverageView({ definition, source, isDraft }: CoverageProps) {
  const [state, setState] = useState<State>({ kind: 'idle' });
  const [report, setReport] = useState<ShownReport | null>(null);
  const [written, setWritten] = useState<{ readonly key: string; readonly text: string | null } | null>(null);
  const working = useRef<Working | null>(null);
  useEffect(() => () => working.current?.stop(), []);
  const picture = useMemo(() => diagram(definition), [definition]);
  const gaps = useMemo(() => (report ? gapsOf(definition, report.coverage) : new Map()), [definition, report]);

  const ask = async (job: Parameters<typeof work>[1]): Promise<Answer | null> => {
    setState({ kind: 'working', done: 0, of: null });
    try {
      const started = work(source, job, { progress: (done, of) => setState({ kind: 'working', done, of }) });
      working.current = started;
      const answer = await started.answer;
      setState({ kind: 'idle' });
      return answer;
    } catch (error) {
      setState({ kind: 'failed', message: error instanceof Error ? error.message : asFault(error).message });
      return null;
    }
  };
  const count = async () => {
    setWritten(null);
    const { files } = await api.labScenarios();
    const stories = Object.entries(files).map(([path, text]) => ({ path, text }));
    const answer = await ask({ kind: 'coverage', stories });
    if (answer?.kind === 'shown') setReport(answer.report);
  };
  const write = async (key: string, target: string) => {
    setWritten(null);
    const answer = await ask({ kind: 'missing', target });
    if (answer?.kind === 'written') setWritten({ key, text: answer.text });
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
          {isWorking
            ? state.of === null
              ? say('coverWorking')
              : say('matrixPlaying', { n: state.done, of: state.of })
            : ''}
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
                const { target } = placeOf(definition, key);
                return (
                  <li key={key}>
                    <span className="tag">{say(`cover.${kind}`)}</span>
                    <code className="grow">{key}</code>
                    {target === null ? (
                      <span className="muted">{say('coverByHand')}</span>
                    ) : (
                      <button
                        type="button"
                        className="btn sm"
                        aria-disabled={isWorking}
                        onClick={() => isWorking || void write(key, target)}
                      >
                        {say('coverWrite')}
                        <span className="vh"> {key}</span>
                      </button>
                    )}
                    {written?.key === key ? (
                      <Written text={written.text} project={definition.project.id} isDraft={isDraft} />
                    ) : null}
                  </li>
                );
              }),
            )}
          </ul>
          <ExcludedList report={report} />
        </section>
      ) : null}
    </div>
  );
}

/** The scenario that was found, to be looked at, played and kept. */
function Written(props: { readonly text: string | null; readonly project: string; readonly isDraft: boolean }) {
  const { text, project, isDraft } = props;
  if (text === null)
    return (
      <p className="note warn" role="alert">
        <Icon name="warn" />
        <span>{say('coverNone')}</span>
      </p>
    );
  return (
    <div className="labwritten">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard */}
      <pre className="labyaml" data-scenario tabIndex={0}>
        {text}
      </pre>
      <div className="row wrap">
        <button
          type="button"
          className="btn primary"
          onClick={() => {
            leaveStory({ project, text });
            navigate(`/lab?project=${project}${isDraft ? '&of=draft' : ''}&play=story`);
          }}
        >
          {say('coverPlay')}
        </button>
        <button
          type="button"
          className="btn"
          onClick={() => download('missing.scenario.yaml', text, 'application/yaml')}
        >
          {say('download')}
        </button>
      </div>
    </div>
  );
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
