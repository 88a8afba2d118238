import { useEffect, useMemo, useRef, useState } from 'react';
import { createRoot } from 'react-dom/client';
import type { Diagram } from '../../../engine/contract/routes.ts';
import type { Files } from '../../../engine/model/definition.ts';
import type { Issue } from '../../../engine/model/issue.ts';
import { DiagramView } from '../../../ui/diagram/index.ts';
import { IssuesList } from '../../../ui/studio/issues-list.tsx';
import { CheckClient } from '../../../ui/studio/worker/client.ts';
import type { Vocabulary } from '../../../ui/studio/worker/vocabulary.ts';
import { YamlEditor } from '../../../ui/studio/yaml-editor.tsx';
import '../../../ui/app/tokens.css';
import '../../../ui/studio/studio.css';

/** What the measuring script reads. */
declare global {
  interface Window {
    studio: {
      /** Everything is there, and the first text was checked. */
      ready: boolean;
      /** Milliseconds from each keystroke to the screen with its issues. */
      times: number[];
      /** Tasks of the page's thread, in milliseconds; those under 50 are not told by a browser. */
      tasks: number[];
      /** Whether the issues on the screen are those of the text in the editor. */
      settled: boolean;
    };
  }
}
window.studio = { ready: false, times: [], tasks: [], settled: false };
new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) window.studio.tasks.push(duration);
}).observe({ type: 'longtask', buffered: true });

const query = new URLSearchParams(location.search);
const byServer = query.get('check') === 'server';
const path = 'workflows/projects/generated.project.yaml';
let pressed = 0;
document.addEventListener('keydown', ({ timeStamp }) => (pressed = timeStamp), { capture: true });

/** The studio's tab as it is: editor, diagram, issues. */
function Studio({ files }: { readonly files: Files }) {
  const [text, setText] = useState(files[path] ?? '');
  const [issues, setIssues] = useState<readonly Issue[]>([]);
  const [diagram, setDiagram] = useState<Diagram>({ nodes: [], edges: [] });
  const [vocabulary, setVocabulary] = useState<Vocabulary | null>(null);
  const [checked, setChecked] = useState('');
  const sent = useRef(text);
  const client = useMemo(
    () =>
      byServer
        ? null
        : new CheckClient({
            issues(found) {
              setIssues(found);
              setChecked(sent.current);
            },
            rest(rest) {
              if (rest.diagram !== null) setDiagram(rest.diagram);
              if (rest.vocabulary !== null) setVocabulary(rest.vocabulary);
              window.studio.ready = true;
            },
            lost: () => console.error('the worker ended'),
          }),
    [],
  );
  useEffect(() => client?.open('generated', files), [client, files]);
  useEffect(() => {
    sent.current = text;
    window.studio.settled = false;
    if (client !== null) {
      client.check(text);
      return;
    }
    const abort = new AbortController();
    fetch(`/check${location.search}`, { method: 'POST', body: text, signal: abort.signal })
      .then((answer) => answer.json() as Promise<{ issues: Issue[]; diagram: Diagram }>)
      .then(
        (answer) => {
          setIssues(answer.issues);
          setDiagram(answer.diagram);
          setChecked(text);
          window.studio.ready = true;
        },
        () => {},
      );
    return () => abort.abort();
  }, [client, text]);
  useEffect(() => {
    if (checked !== text) return;
    window.studio.settled = true;
    if (pressed > 0) window.studio.times.push(performance.now() - pressed);
  }, [checked, text]);
  return (
    <div className="studio wide">
      <YamlEditor
        text={text}
        issues={issues}
        goto={null}
        label="YAML"
        schema={{}}
        vocabulary={vocabulary}
        onChange={setText}
      />
      <section className="pane studioflow">
        <DiagramView diagram={diagram} />
        <IssuesList issues={issues} checking={checked !== text} file={path} onGo={() => {}} />
      </section>
    </div>
  );
}

const answer = await fetch(`/files${location.search}`);
createRoot(document.getElementById('root') as HTMLElement).render(<Studio files={(await answer.json()) as Files} />);
