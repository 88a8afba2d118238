import { useActorRef, useSelector } from '@xstate/react';
import { useEffect, useMemo, useState } from 'react';
import { readScenario, resume } from '../../engine/index.ts';
import { api, type LabCase } from '../api/index.ts';
import { useLoad } from '../app/load.ts';
import { Loading } from '../app/parts/states.tsx';
import { Link, useQuery } from '../app/route/index.ts';
import { useSession } from '../app/session.tsx';
import { storyFor } from '../workbench/story.ts';
import { toldIssue } from '../workbench/told-issue.ts';
import { Trouble, Workbench } from '../workbench/workbench.tsx';
import { CoverageView } from './coverage-view.tsx';
import { LoadPage } from './load/load-page.tsx';
import { Matrix } from './matrix-view.tsx';
import { PlayPage } from './play-page.tsx';
import { openDraft, openRelease } from './release.ts';
import { replayed } from './replay.ts';
import { SampleDialog } from './sample-dialog.tsx';
import { labMachine } from './session.ts';
import { say } from './texts.ts';
import './lab.css';

export function LabPage() {
  const [search, setSearch] = useQuery();
  const wanted = search.get('project');
  const isDraft = search.get('of') === 'draft';
  const playsSample = search.get('of') === 'case';
  const { session } = useSession();
  const [asking, setAsking] = useState(false);
  // It lives as long as the page: what is wanted again is asked for again, and written down again.
  const [had, setHad] = useState<LabCase | null>(null);
  const sample = playsSample && had?.project === wanted ? had : null;
  const playsStory = search.get('play') === 'story';
  const isMatrix = search.get('view') === 'matrix';
  const story = isMatrix && wanted ? storyFor(wanted) : null;
  const projects = useLoad('lab', api.labProjects);
  const list = projects.state.kind === 'ready' ? projects.state.data : [];
  const isLost = playsSample && sample === null;
  const project = isMatrix || isLost ? null : (list.find((one) => one.id === wanted) ?? null);
  const hash = sample?.hash ?? project?.hash ?? '';
  const release = useLoad(project && (isDraft ? `lab draft ${project.id}` : `lab ${hash}`), () =>
    isDraft ? openDraft(project?.id ?? '') : openRelease(hash),
  );
  const lab = useActorRef(labMachine);
  const playing = useSelector(lab, (state) => state.matches('playing') && state.context.definition);
  const opened = release.state.kind === 'ready' ? release.state.data : null;

  useEffect(() => {
    if (!project || opened?.kind !== 'ready') return;
    const { definition, calendar } = opened;
    lab.send({ type: 'open', definition, calendar });
    if (sample) {
      // A scenario begins with a new case: it walks to where this one stood.
      const [leaf = ''] = sample.state.active;
      lab.send({ type: 'enter', session: resume(definition, sample, calendar), steps: [{ through: leaf }] });
    }
    const story = playsStory ? storyFor(project.id) : null;
    const scenario = story && readScenario('story', story.text).scenario;
    if (scenario) lab.send({ type: 'replay', ...replayed(definition, calendar, scenario) });
  }, [lab, opened, project, playsStory, sample]);

  const isPlaying = useMemo(
    () => opened?.kind === 'ready' && playing !== false && playing?.hash === opened.definition.hash,
    [opened, playing],
  );
  if (project && opened?.kind === 'ready' && search.get('view') === 'coverage')
    return (
      <Workbench
        home="/lab"
        mark={say('mark')}
        title={say('room')}
        page={project.title}
        context={<span className="strong">{project.title}</span>}
      >
        <div className="labwide">
          <div className="ph">
            <h1>{say('coverTitle')}</h1>
            <Link className="btn sm" to={`/lab?project=${project.id}${isDraft ? '&of=draft' : ''}`}>
              {say('matrixBack')}
            </Link>
          </div>
          <p className="muted">{say('coverText')}</p>
          <CoverageView definition={opened.definition} source={opened.source} isDraft={isDraft} />
        </div>
      </Workbench>
    );
  if (project && opened?.kind === 'ready' && search.get('view') === 'load')
    return <LoadPage definition={opened.definition} source={opened.source} project={project} isDraft={isDraft} />;
  if (project && isPlaying && opened?.kind === 'ready')
    return <PlayPage lab={lab} source={opened.source} title={project.title} isDraft={isDraft} />;
  return (
    <Workbench
      home="/lab"
      mark={say('mark')}
      title={say('room')}
      context={<span className="muted">{say('banner')}</span>}
    >
      {projects.state.kind === 'failed' ? <Trouble fault={projects.state.fault} onRetry={projects.reload} /> : null}
      {release.state.kind === 'failed' ? <Trouble fault={release.state.fault} onRetry={release.reload} /> : null}
      {projects.state.kind === 'loading' || (project && release.state.kind === 'loading') ? (
        <Loading lines={8} />
      ) : null}
      {opened?.kind === 'broken' ? (
        <div className="wbempty" role="alert">
          <h1>{say('broken')}</h1>
          <ul>
            {opened.issues.map(toldIssue).map((issue) => (
              <li key={`${issue.file}:${issue.line}:${issue.column}:${issue.code}`}>
                {issue.file}:{issue.line}:{issue.column} {issue.message}
              </li>
            ))}
          </ul>
          <Link className="btn" to="/lab">
            {say('back')}
          </Link>
        </div>
      ) : null}
      {projects.state.kind === 'ready' && isMatrix ? (
        <div className="labwide">
          <div className="ph">
            <h1>{say('matrixTitle')}</h1>
            <Link className="btn sm" to={wanted ? `/lab?project=${wanted}${isDraft ? '&of=draft' : ''}` : '/lab'}>
              {say(wanted ? 'matrixBack' : 'back')}
            </Link>
          </div>
          <p className="muted">{say(story ? 'matrixOne' : 'matrixText')}</p>
          <Matrix
            projects={list}
            story={story && { path: say('matrixRecorded'), text: story.text }}
            fromDraft={isDraft}
          />
        </div>
      ) : null}
      {projects.state.kind === 'ready' && !project && !isMatrix ? (
        <div className="wbempty">
          <h1>{say('choose')}</h1>
          <p className="read">{list.length === 0 ? say('none') : say('chooseText')}</p>
          {isLost ? (
            <p className="note warn" role="status">
              {say('sampleLost')}
            </p>
          ) : null}
          {list.length === 0 ? null : (
            <p className="row wrap">
              <Link className="btn" to="/lab?view=matrix">
                {say('matrixTitle')}
              </Link>
              {session.abilities.includes('sample') ? (
                <button type="button" className="btn" onClick={() => setAsking(true)}>
                  {say('sampleTitle')}
                </button>
              ) : null}
            </p>
          )}
          {asking ? (
            <SampleDialog
              onClose={() => setAsking(false)}
              onHad={(taken) => {
                setAsking(false);
                setHad(taken);
                setSearch({ project: taken.project, of: 'case' });
              }}
            />
          ) : null}
          <ul className="plainlist">
            {list.map((one) => (
              <li key={one.id}>
                <span className="grow">
                  <span className="strong">{one.title}</span>
                  <span className="muted xs"> {one.hash.slice(0, 12)}</span>
                </span>
                <Link className="btn quiet" to={`/lab?project=${one.id}&view=load`}>
                  {say('loadTitle')}
                  <span className="vh"> {one.title}</span>
                </Link>
                {one.draft ? (
                  <button
                    type="button"
                    className="btn quiet"
                    onClick={() => setSearch({ project: one.id, of: 'draft' })}
                  >
                    {say('startDraft')}
                    <span className="vh"> {one.title}</span>
                  </button>
                ) : null}
                <button type="button" className="btn" onClick={() => setSearch({ project: one.id })}>
                  {say('start')}
                  <span className="vh"> {one.title}</span>
                </button>
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </Workbench>
  );
}
