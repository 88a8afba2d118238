import { useMemo } from 'react';
import type { JsonObject } from '../../../engine/model/json.ts';
import { Icon } from '../../app/icon.tsx';
import { useQuery } from '../../app/route/index.ts';
import { IssuesList } from '../issues-list.tsx';
import type { TabProps } from '../tab.ts';
import { AddField } from './add-field.tsx';
import { FieldList } from './field-list.tsx';
import { changesOfForm, fieldAt, formAt, rowsOf, withField } from './fields.ts';
import { FormHead } from './form-head.tsx';
import { LiveForm } from './live-form.tsx';
import { problemsOf } from './problems.ts';
import { without } from './said.ts';
import { say } from './texts.ts';
import type { Parts } from './use-parts.ts';
import './forms-tab.css';
import { PartsLoaded } from './parts-loaded.tsx';

/** The project's forms: the list, the fields of one, and that one as the applicant sees it. */
export function FormsTab({ page }: TabProps) {
  return <PartsLoaded page={page}>{(parts) => <Forms page={page} parts={parts} />}</PartsLoaded>;
}

function Forms({ page, parts }: TabProps & { readonly parts: Parts }) {
  const { editing } = page;
  const { text, project } = editing;
  const { base } = parts;
  const [search, setSearch] = useQuery();
  const chosen = base.forms.find(({ id }) => id === search.get('form')) ?? base.forms[0];
  const problems = useMemo(() => problemsOf(editing.issues, text), [editing.issues, text]);
  // The same settings are the same object, whatever else of the text is changed.
  const written = JSON.stringify(editing.settings);
  const settings = useMemo(
    (): JsonObject => ({ ...project.settings, ...project.defaults, ...(JSON.parse(written) as JsonObject) }),
    [project, written],
  );
  if (chosen === undefined) return null;
  const { id, schema } = chosen;
  const now = parts.forms[id] ?? schema;
  const rows = rowsOf(id, schema, now, text);
  const mayEdit = project.may.edit;
  const choose = (form: string) => setSearch({ tab: 'forms', form }, { replace: true });
  const ofForm = new Map(rows.map((row) => [row.name, problems.get(fieldAt(id, row.name)) ?? []]));
  const others = problems.get(formAt(id)) ?? [];
  return (
    <div className="formsgrid">
      <nav className="pane formsnav" aria-label={say('formsOf')}>
        <div className="ph">
          <h2>{say('forms')}</h2>
        </div>
        <ul>
          {base.forms.map((form) => {
            const count = changesOfForm(text, form.id).length;
            return (
              <li key={form.id}>
                <button
                  type="button"
                  aria-current={form.id === id ? 'true' : undefined}
                  data-form={form.id}
                  onClick={() => choose(form.id)}
                >
                  <span className="strong">{String(parts.forms[form.id]?.title ?? form.schema.title)}</span>
                  <small>
                    {form.by === null ? '' : say('by', { role: base.roles[form.by]?.title ?? form.by })}
                    {count > 0 ? <span className="changedmark"> ~ {say('changedForms', { n: count })}</span> : null}
                  </small>
                </button>
              </li>
            );
          })}
        </ul>
      </nav>
      <section className="pane formsfields" aria-label={String(now.title)}>
        <FormHead
          form={id}
          base={schema}
          now={now}
          where={chosen.where}
          text={text}
          mayEdit={mayEdit}
          onText={editing.setText}
        />
        {mayEdit ? null : (
          <p className="note">
            <Icon name="eye" />
            <span>{say('mayNot')}</span>
          </p>
        )}
        {others.map((problem) => (
          <p key={problem} className="fieldproblem" role="alert">
            <Icon name="alert" />
            <span>{problem}</span>
          </p>
        ))}
        <FieldList
          key={id}
          form={id}
          base={schema}
          rows={rows}
          text={text}
          parts={base}
          problems={ofForm}
          mayEdit={mayEdit}
          onText={editing.setText}
        />
        {mayEdit ? <AddField onAdd={(field) => editing.setText(withField(text, id, rows, field).text)} /> : null}
        {changesOfForm(text, id).length > 0 && mayEdit ? (
          <p>
            <button
              type="button"
              className="linkbtn"
              aria-label={say('takeBackFormName', { title: String(now.title) })}
              onClick={() => editing.setText(without(text, changesOfForm(text, id)))}
            >
              {say('takeBackForm')}
            </button>
          </p>
        ) : null}
        {editing.issues.length > 0 ? (
          <IssuesList issues={editing.issues} checking={editing.checking} file={page.file} onGo={page.go} />
        ) : null}
      </section>
      <div className="pane formslive">
        <LiveForm form={id} forms={parts.forms} content={parts.content} settings={settings} parts={base} />
      </div>
    </div>
  );
}
