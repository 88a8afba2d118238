import { useMemo } from 'react';
import type { Issue } from '../../engine/model/issue.ts';
import { Icon } from '../app/icon.tsx';
import { toldIssue } from '../workbench/told-issue.ts';
import { SettingsForm } from './settings-form.tsx';
import { changedSettings, settingsOf } from './settings-model.ts';
import { withSetting } from './settings-text.ts';
import type { TabProps } from './tab.ts';
import { say } from './texts.ts';

/** The settings as a form, with what differs from the base. */
export function SettingsTab({ page: { editing, show } }: TabProps) {
  const { project } = editing;
  const problems = useMemo(() => problemsOfSettings(editing.issues), [editing.issues]);
  const changed = changedSettings(settingsOf(project.settingsSchema), project.defaults, editing.settings).length;
  return (
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
          problems={problems}
          onChange={(path, value) => editing.setText(withSetting(editing.text, path, value))}
        />
      ) : (
        <Unreadable onYaml={() => show('yaml')} />
      )}
    </>
  );
}

/** Instead of a form that cannot read the text. */
export function Unreadable({ onYaml }: { onYaml(): void }) {
  return (
    <p className="note warn">
      <Icon name="warn" />
      <span>
        {say('yamlBroken')}{' '}
        <button type="button" className="linkbtn" onClick={onYaml}>
          {say('toYaml')}
        </button>
      </span>
    </p>
  );
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
