import { lazy, Suspense, useMemo } from 'react';
import { Loading } from '../app/parts/states.tsx';
import type { TabProps } from './tab.ts';

/** The editor comes with the tab that shows it. */
const YamlEditor = lazy(() => import('./yaml-editor.tsx').then((module) => ({ default: module.YamlEditor })));

/** The project's file as text. */
export function YamlTab({ page: { editing, file, goto } }: TabProps) {
  const here = useMemo(() => editing.issues.filter((issue) => issue.file === file), [editing.issues, file]);
  return (
    <Suspense fallback={<Loading lines={6} />}>
      <YamlEditor
        text={editing.text}
        issues={here}
        goto={goto}
        label={`${editing.project.title} YAML`}
        schema={editing.project.settingsSchema}
        vocabulary={editing.vocabulary}
        onChange={(text) => editing.setText(text, 'typed')}
      />
    </Suspense>
  );
}
