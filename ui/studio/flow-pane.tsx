import { useEffect, useMemo, useRef, useState } from 'react';
import type { Diagram } from '../../engine/contract/routes.ts';
import type { Issue } from '../../engine/model/issue.ts';
import { mark } from '../app/texts/punctuation.ts';
import { DiagramView, wayOf } from '../diagram/index.ts';
import { IssuesList } from './issues-list.tsx';
import { say as sayFlow } from './properties/texts.ts';
import type { TabProps } from './tab.ts';
import { say } from './texts.ts';

/** Beside what is edited: the process as it becomes, and what the check found in it. */
export function FlowPane({ page }: TabProps) {
  const { editing, file, selected, go } = page;
  const problems = useMemo(() => countByPath(editing.issues), [editing.issues]);
  const removed = editing.diagram.nodes.filter((node) => node.removed);
  return (
    <section className="pane studioflow" aria-label={say('diagram')}>
      <div className="ph">
        <h2>{say('diagram')}</h2>
        {page.tab === 'flow' || selected === null ? null : (
          <button type="button" className="btn sm" onClick={() => page.show('flow')}>
            {sayFlow('change', { title: titleOf(editing.diagram, selected) })}
          </button>
        )}
        {removed.length > 0 ? (
          <span className="muted">
            {say('removed', {
              n: removed.length,
              titles: [...new Set(removed.map((node) => node.title))].slice(0, 4).join(mark('list')),
            })}
          </span>
        ) : null}
      </div>
      <DiagramView
        diagram={editing.diagram}
        problems={problems}
        selected={selected}
        chosen={page.way === null ? null : `${selected} ${page.way}`}
        onSelect={(address) => {
          page.select(address);
          page.edit();
        }}
        onEdge={(edge) => {
          page.select(edge.from, wayOf(edge));
          page.edit();
        }}
      />
      {editing.checkFault ? (
        <p className="note err">{say('checkFailed', { message: editing.checkFault.message })}</p>
      ) : null}
      <IssuesList issues={editing.issues} checking={editing.checking} file={file} onGo={go} />
    </section>
  );
}

/** The chosen state. A setting that takes states away, or brings them back, shows where. */
export function useSelected(diagram: Diagram): [string | null, (address: string | null) => void] {
  const [selected, setSelected] = useState<string | null>(null);
  const removed = diagram.nodes.filter((node) => node.removed);
  const gone = removed.map((node) => node.id).join(' ');
  const before = useRef(gone);
  useEffect(() => {
    const known = new Set(before.current.split(' '));
    const now = new Set(gone.split(' '));
    const other = [...now].find((id) => !known.has(id)) ?? [...known].find((id) => !now.has(id));
    before.current = gone;
    if (other) setSelected(other);
  }, [gone]);
  return [selected, setSelected];
}

function titleOf({ nodes }: Diagram, address: string): string {
  return nodes.find(({ id }) => id === address)?.title ?? address;
}

function countByPath(issues: readonly Issue[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const issue of issues) {
    if (issue.path !== undefined && issue.severity === 'error')
      counts.set(issue.path, (counts.get(issue.path) ?? 0) + 1);
  }
  return counts;
}
