import type { JsonObject } from '../../../engine/model/json.ts';
import { toldIssue } from '../../workbench/told-issue.ts';
import { SettingsForm } from '../settings-form.tsx';
import { asObject } from '../settings-model.ts';
import { withSetting } from '../settings-text.ts';
import type { SectionProps } from './content-tab.tsx';
import { say } from './texts.ts';

/** The settings that hold amounts, as the settings' own form draws them. */
export function Prices({ page: { editing }, parts }: SectionProps) {
  const { project, text } = editing;
  const all = asObject(project.settingsSchema.properties);
  const priced: JsonObject = Object.fromEntries(
    parts.base.priced.flatMap((name) => (all[name] === undefined ? [] : [[name, all[name]]])),
  );
  if (Object.keys(priced).length === 0) return <p className="muted">{say('pricesNone')}</p>;
  const problems = new Map(
    editing.issues
      .filter(({ path, severity }) => severity === 'error' && path?.startsWith('settings.'))
      .map((issue) => [(issue.path ?? '').slice('settings.'.length), toldIssue(issue).message]),
  );
  return (
    <fieldset className="pricelist" disabled={!project.may.edit}>
      <legend className="vh">{say('prices')}</legend>
      <SettingsForm
        schema={{ type: 'object', properties: priced }}
        defaults={project.defaults}
        own={editing.settings}
        problems={problems}
        opened
        onChange={(path, value) => editing.setText(withSetting(text, path, value))}
      />
    </fieldset>
  );
}
