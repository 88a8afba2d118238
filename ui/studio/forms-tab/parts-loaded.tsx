import type { ReactNode } from 'react';
import { Icon } from '../../app/icon.tsx';
import { Loading } from '../../app/parts/states.tsx';
import { IssuesList } from '../issues-list.tsx';
import { Unreadable } from '../settings-tab.tsx';
import type { TabProps } from '../tab.ts';
import { say } from './texts.ts';
import { type Parts, useParts } from './use-parts.ts';

/** The forms and texts of the draft, or why they cannot be shown now. */
export function PartsLoaded({ page, children }: TabProps & { readonly children: (parts: Parts) => ReactNode }) {
  const { editing, show } = page;
  const state = useParts(editing);
  if (state.kind === 'loading') return <Loading lines={10} />;
  if (!editing.readable)
    return (
      <div className="pane">
        <Unreadable onYaml={() => show('yaml')} />
      </div>
    );
  if (state.kind === 'failed')
    return (
      <div className="pane">
        <p className="note err">
          <Icon name="alert" />
          <span>{say('broken')}</span>
        </p>
        <IssuesList issues={editing.issues} checking={editing.checking} file={page.file} onGo={page.go} />
      </div>
    );
  return children(state.parts);
}
