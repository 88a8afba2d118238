import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import type { StudioProject } from '../../engine/contract/routes.ts';
import type { LeftLaw } from '../../engine/contract/verdict.ts';
import type { Issue } from '../../engine/model/issue.ts';
import { api } from '../api/index.ts';
import { clockTime } from '../app/format.ts';
import { Icon } from '../app/icon.tsx';
import { useLoad } from '../app/load.ts';
import { Loading } from '../app/parts/states.tsx';
import { Link, useParams, useQuery } from '../app/route/index.ts';
import { aside, mark } from '../app/texts/punctuation.ts';
import { DiagramView } from '../diagram/index.ts';
import { toldIssue } from '../workbench/told-issue.ts';
import { Trouble, Workbench } from '../workbench/workbench.tsx';
import { ChangesTab } from './changes-tab.tsx';
import { IssuesList } from './issues-list.tsx';
import { PublishDialog } from './publish-dialog.tsx';
import { ReleaseHistory } from './release-history.tsx';
import { SettingsForm } from './settings-form.tsx';
import { changedSettings, settingsOf } from './settings-model.ts';
import { withSetting } from './settings-text.ts';
import { say } from './texts.ts';
import { useEditing } from './use-project.ts';
import './studio.css';

/** The editor comes with the tab that shows it. */
const YamlEditor = lazy(() => import('./yaml-editor.tsx').then((module) => ({ default: module.YamlEditor })));

const TABS = ['settings', 'yaml', 'changes', 'history'] as const;
type Tab = (typeof TABS)[number];

export function ProjectPage() {
  const { id = '' } = useParams();
  const { state, reload } = useLoad(`studio ${id}`, () => api.studioProject(id));
  if (state.kind === 'ready') {
    // Keyed by the draft's version, so that reading the newest draft starts the page anew.
    return <Project key={`${id} ${state.data.base}`} initial={state.data} onReload={reload} />;
  }
  return (
    <Workbench home="/studio" mark={say('mark')} title={say('room')}>
      {state.kind === 'failed' ? <Trouble fault={state.fault} onRetry={reload} /> : <Loading lines={10} />}
    </Workbench>
  );
}

function Project({ initial, onReload }: { readonly initial: StudioProject; onReload(): void }) {
  const editing = useEditing(initial);
  const { project } = editing;
  const [search, setSearch] = useQuery();
  const tab: Tab = TABS.find((one) => one === search.get('tab')) ?? 'settings';
  const show = (next: Tab) => setSearch(next === 'settings' ? {} : { tab: next }, { replace: true });
  const [goto, setGoto] = useState<{ line: number; column: number } | null>(null);
  const [selected, setSelected] = useState<string | null>(null);
  const [publishing, setPublishing] = useState(false);
  const [published, setPublished] = useState(false);

  const file = useMemo(() => fileOf(editing.issues, project.id), [editing.issues, project.id]);
  const here = useMemo(() => editing.issues.filter((issue) => issue.file === file), [editing.issues, file]);
  const problems = useMemo(() => countByPath(editing.issues), [editing.issues]);
  const bySetting = useMemo(() => problemsOfSettings(editing.issues), [editing.issues]);
  const errors = editing.issues.filter((issue) => issue.severity === 'error').length;
  const removed = editing.diagram.nodes.filter((node) => node.removed);
  const changed = changedSettings(settingsOf(project.settingsSchema), project.defaults, editing.settings).length;

  // A setting that takes states away, or brings them back, shows where.
  const gone = removed.map((node) => node.id).join(' ');
  const before = useRef(gone);
  useEffect(() => {
    const known = new Set(before.current.split(' '));
    const now = new Set(gone.split(' '));
    const other = [...now].find((id) => !known.has(id)) ?? [...known].find((id) => !now.has(id));
    before.current = gone;
    if (other) setSelected(other);
  }, [gone]);

  const go = (issue: Issue) => {
    if (issue.path) setSelected(issue.path);
    show('yaml');
    setGoto({ line: issue.line, column: issue.column });
  };
  const save = () => void (project.may.edit && editing.dirty && !editing.saving && editing.save());
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key !== 's') return;
      event.preventDefault();
      save();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  });

  return (
    <Workbench
      home="/studio"
      mark={say('mark')}
      title={say('room')}
      page={project.title}
      context={
        <>
          <h1 className="strong">{project.title}</h1>
          <nav className="wbtabs" aria-label={project.title}>
            {TABS.map((one) => (
              <button key={one} type="button" aria-pressed={one === tab} onClick={() => show(one)}>
                {say(one)}
              </button>
            ))}
          </nav>
        </>
      }
      tools={
        <>
          <span className="muted" role="status">
            {editing.saving
              ? say('saving')
              : editing.dirty
                ? say('unsaved')
                : project.draft
                  ? say('saved', { at: clockTime(project.draft.at) })
                  : ''}
          </span>
          {editing.dirty ? (
            <button
              type="button"
              className="btn sm"
              onClick={() => window.confirm(say('undoConfirm')) && editing.discard()}
            >
              {say('undo')}
            </button>
          ) : null}
          <Link
            className="btn sm"
            to={`/lab?project=${encodeURIComponent(project.id)}${project.draft === null ? '' : '&of=draft'}`}
          >
            {say('tryLab')}
          </Link>
          {project.may.edit ? (
            <button type="button" className="btn sm" aria-disabled={!editing.dirty} onClick={save}>
              {say('save')}
            </button>
          ) : null}
          {project.may.publish ? (
            <button type="button" className="btn sm primary" onClick={() => setPublishing(true)}>
              {say('publish')}
            </button>
          ) : null}
        </>
      }
    >
      <div className="deskbars" aria-live="polite">
        {project.draft && !project.may.publish && !editing.dirty ? (
          <p className="note">
            <Icon name="eye" />
            <span>{say('othersPublish')}</span>
          </p>
        ) : null}
        {!project.may.edit ? (
          <p className="note">
            <Icon name="eye" />
            <span>{say(project.draft ? 'othersEdit' : 'nothingToPublish')}</span>
          </p>
        ) : null}
        {published && project.release && !editing.dirty ? (
          <p className="note ok">
            <Icon name="check" />
            <span>{say('published', { number: project.release.number, hash: project.release.hash.slice(0, 12) })}</span>
          </p>
        ) : null}
        {published && !editing.dirty && (project.undecided ?? []).length > 0 ? (
          <p className="note">
            <Icon name="eye" />
            <span>{saidOf(project.undecided ?? [])}</span>
          </p>
        ) : null}
        {editing.fault && !publishing ? (
          <p className="note err" role="alert">
            <Icon name="alert" />
            <span className="grow">
              {editing.fault.status === 409 ? say('conflict') : say('failed', { message: editing.fault.message })}
            </span>
            {editing.fault.status === 409 ? (
              <button type="button" className="linkbtn" onClick={onReload}>
                {say('readNewest')}
              </button>
            ) : null}
          </p>
        ) : null}
      </div>
      {tab === 'history' ? (
        <ReleaseHistory project={project} onChanged={onReload} />
      ) : tab === 'changes' ? (
        <ChangesTab project={project} />
      ) : (
        <div className={tab === 'yaml' ? 'studio wide' : 'studio'}>
          <section className="pane studioedit" aria-label={say(tab)}>
            {tab === 'settings' ? (
              <>
                <div className="ph">
                  <h2>{say('settingsTitle')}</h2>
                  <span className="muted">{changed > 0 ? say('changed', { n: changed }) : say('unchanged')}</span>
                </div>
                <p className="muted">{say('basedOn', { title: project.workflow.title })}</p>
                {editing.readable ? (
                  <SettingsForm
                    schema={project.settingsSchema}
                    defaults={project.defaults}
                    own={editing.settings}
                    problems={bySetting}
                    onChange={(path, value) => {
                      setPublished(false);
                      editing.setText(withSetting(editing.text, path, value));
                    }}
                  />
                ) : (
                  <p className="note warn">
                    <Icon name="warn" />
                    <span>
                      {say('yamlBroken')}{' '}
                      <button type="button" className="linkbtn" onClick={() => show('yaml')}>
                        {say('toYaml')}
                      </button>
                    </span>
                  </p>
                )}
              </>
            ) : (
              <Suspense fallback={<Loading lines={6} />}>
                <YamlEditor
                  text={editing.text}
                  issues={here}
                  goto={goto}
                  label={`${project.title} YAML`}
                  schema={project.settingsSchema}
                  onChange={(text) => {
                    setPublished(false);
                    editing.setText(text);
                  }}
                />
              </Suspense>
            )}
          </section>
          <section className="pane studioflow" aria-label={say('diagram')}>
            <div className="ph">
              <h2>{say('diagram')}</h2>
              {removed.length > 0 ? (
                <span className="muted">
                  {say('removed', {
                    n: removed.length,
                    titles: [...new Set(removed.map((node) => node.title))].slice(0, 4).join(mark('list')),
                  })}
                </span>
              ) : null}
            </div>
            <DiagramView diagram={editing.diagram} problems={problems} selected={selected} />
            {editing.checkFault ? (
              <p className="note err">{say('checkFailed', { message: editing.checkFault.message })}</p>
            ) : null}
            <IssuesList issues={editing.issues} checking={editing.checking} file={file} onGo={go} />
          </section>
        </div>
      )}
      {publishing ? (
        <PublishDialog
          editing={editing}
          onClose={() => setPublishing(false)}
          onPublished={() => {
            setPublishing(false);
            setPublished(true);
          }}
        />
      ) : null}
      <span className="vh" role="status">
        {errors > 0 ? say('errors', { n: errors }) : ''}
      </span>
    </Workbench>
  );
}

/** What the gate could not say, in a sentence. */
function saidOf(undecided: readonly LeftLaw[]): string {
  const laws = undecided.map(({ title, reason }) => title + aside(say(reason))).join(mark('list'));
  return say('undecided', { n: undecided.length, laws });
}

/** The project's own file among those that issues name. */
function fileOf(issues: readonly Issue[], project: string): string {
  return (
    issues.find((issue) => issue.file.endsWith(`/${project}.project.yaml`))?.file ??
    `workflows/projects/${project}.project.yaml`
  );
}

function countByPath(issues: readonly Issue[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const issue of issues) {
    if (issue.path !== undefined && issue.severity === 'error')
      counts.set(issue.path, (counts.get(issue.path) ?? 0) + 1);
  }
  return counts;
}

/** Issues at `settings.<name>` stand at the form's row as well. */
function problemsOfSettings(issues: readonly Issue[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const issue of issues) {
    if (issue.path?.startsWith('settings.') && issue.severity === 'error') {
      found.set(issue.path.slice('settings.'.length), toldIssue(issue).message);
    }
  }
  return found;
}
