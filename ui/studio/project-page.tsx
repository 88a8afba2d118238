import { useEffect, useMemo, useState } from 'react';
import type { StudioProject } from '../../engine/contract/routes.ts';
import { api } from '../api/index.ts';
import { useLoad } from '../app/load.ts';
import { Loading } from '../app/parts/states.tsx';
import { useParams, useQuery } from '../app/route/index.ts';
import { Trouble, Workbench } from '../workbench/workbench.tsx';
import { ConflictDialog } from './conflict-dialog.tsx';
import { DraftNotes } from './draft-notes.tsx';
import { DraftTools } from './draft-tools.tsx';
import { FlowPane, useSelected } from './flow-pane.tsx';
import { PublishDialog } from './publish-dialog.tsx';
import type { Page, Place } from './tab.ts';
import { tabNamed, tabs } from './tabs.ts';
import { say } from './texts.ts';
import { useEditing } from './use-project.ts';
import './studio.css';

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

/** The frame around the tabs: which one is shown, what is selected, saving and publishing. */
function Project({ initial, onReload }: { readonly initial: StudioProject; onReload(): void }) {
  const editing = useEditing(initial);
  const { project, dirty } = editing;
  const [search, setSearch] = useQuery();
  const tab = tabNamed(search.get('tab'));
  const [goto, setGoto] = useState<Place | null>(null);
  const [publishing, setPublishing] = useState(false);
  const [published, setPublished] = useState(false);
  const [selected, setSelected] = useSelected(editing.diagram);
  const [way, setWay] = useState<string | null>(null);
  const [wanted, setWanted] = useState<string | null>(null);
  const errors = editing.issues.filter((issue) => issue.severity === 'error').length;
  // The row is there once its tab is.
  useEffect(() => {
    if (wanted === null || tab.name !== 'settings') return;
    showSetting(wanted);
    setWanted(null);
  }, [wanted, tab.name]);
  // Whoever goes on editing has read what was published.
  useEffect(() => {
    if (dirty) setPublished(false);
  }, [dirty]);

  const file = useMemo(
    () =>
      editing.issues.find((issue) => issue.file.endsWith(`/${project.id}.project.yaml`))?.file ??
      `workflows/projects/${project.id}.project.yaml`,
    [editing.issues, project.id],
  );
  const show = (next: string) => setSearch(next === tabs[0]?.name ? {} : { tab: next }, { replace: true });
  const select = (address: string | null, line?: string) => {
    setSelected(address);
    setWay(line ?? null);
  };
  const goTo = (place: Place) => {
    show('yaml');
    setGoto({ ...place });
  };
  const page: Page = {
    editing,
    file,
    goto,
    selected,
    way,
    select,
    tab: tab.name,
    show,
    edit: () => {
      if (tab.name === 'settings') show('flow');
    },
    goTo,
    toSetting: (path) => {
      show('settings');
      setWanted(path);
    },
    go: (issue) => {
      if (issue.path) select(issue.path);
      goTo({ line: issue.line, column: issue.column });
    },
    reload: onReload,
  };
  const { View } = tab;
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
            {tabs.map(({ name, title }) => (
              <button key={name} type="button" aria-pressed={name === tab.name} onClick={() => show(name)}>
                {title()}
              </button>
            ))}
          </nav>
        </>
      }
      tools={<DraftTools editing={editing} onPublish={() => setPublishing(true)} />}
    >
      <DraftNotes editing={editing} published={published} publishing={publishing} />
      {editing.clash ? (
        <ConflictDialog key={editing.clash.newest.base} editing={editing} clash={editing.clash} />
      ) : null}
      {tab.place === 'alone' ? (
        <View page={page} />
      ) : (
        <div className={tab.place === 'wide' ? 'studio wide' : 'studio'}>
          <section className="pane studioedit" aria-label={tab.title()}>
            <View page={page} />
          </section>
          <FlowPane page={page} />
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

/** The row of a setting comes into view, and its control takes the focus. */
function showSetting(path: string): void {
  const row = document.querySelector<HTMLElement>(`[data-setting="${CSS.escape(path)}"]`);
  row?.scrollIntoView({ block: 'center' });
  row?.querySelector<HTMLElement>('button, input, select')?.focus();
}
