import { useState } from 'react';
import type { GrantView, StaffList, StaffView } from '../../engine/contract/accounts.ts';
import { accounts, type StaffAnswer } from '../api/accounts.ts';
import { Dialog } from '../app/parts/dialog.tsx';
import { OwnForm, type Problem, problemAt } from '../hall/own-form.tsx';
import { TextField } from '../hall/text-field.tsx';
import { say } from './texts.ts';
import '../hall/own-form.css';

/** A new account, or the roles of one. Which roles exclude each other the server says. */
export function RolesDialog(props: {
  readonly list: StaffList;
  /** Null = a new account. */
  readonly one: StaffView | null;
  readonly onDone: (answer: StaffAnswer) => void;
  readonly onClose: () => void;
}) {
  const { list, one, onDone, onClose } = props;
  const [name, setName] = useState('');
  const [account, setAccount] = useState('');
  const [grants, setGrants] = useState<readonly GrantView[]>(one?.grants ?? []);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const check = (): readonly Problem[] => [
    ...(one === null && name.trim() === '' ? [{ field: 'staff-name', message: say('needName') }] : []),
    ...(one === null && account.trim() === '' ? [{ field: 'staff-account', message: say('needAccount') }] : []),
    ...(one === null && grants.length === 0 ? [{ field: '', message: say('needRole') }] : []),
    ...(grants.some(({ projects }) => projects?.length === 0) ? [{ field: '', message: say('needProject') }] : []),
  ];
  const send = async (): Promise<void> =>
    onDone(
      one === null
        ? await accounts.createStaff({ account: account.trim(), name: name.trim(), grants })
        : await accounts.setGrants(one.id, grants),
    );
  const free = list.roles.filter(({ id }) => !grants.some(({ role }) => role === id));
  const replace = (at: number, next: GrantView | null) =>
    setGrants(grants.flatMap((grant, index) => (index === at ? (next ?? []) : grant)));
  return (
    <Dialog
      title={one === null ? say('createTitle') : say('rolesTitle', { name: one.name })}
      onClose={onClose}
      sticky
      wide
    >
      <OwnForm
        check={check}
        send={send}
        submit={say(one === null ? 'createSubmit' : 'save')}
        problems={problems}
        onProblems={setProblems}
        extra={
          <button type="button" className="btn quiet" onClick={onClose}>
            {say('cancel')}
          </button>
        }
      >
        {one === null ? (
          <>
            <TextField
              id="staff-name"
              label={say('name')}
              hint={say('nameHint')}
              value={name}
              onChange={setName}
              autoComplete="off"
              error={problemAt(problems, 'staff-name')}
            />
            <TextField
              id="staff-account"
              label={say('account')}
              hint={say('accountHint')}
              value={account}
              onChange={setAccount}
              autoComplete="off"
              error={problemAt(problems, 'staff-account')}
            />
          </>
        ) : null}
        <fieldset className="grantlist">
          <legend className="strong">{say('roles')}</legend>
          {grants.map((grant, at) => (
            <GrantRow key={grant.role} grant={grant} list={list} onChange={(next) => replace(at, next)} />
          ))}
          {free.length > 0 ? (
            <label className="grantadd">
              <span>{say('add')}</span>
              <select
                value=""
                onChange={(event) => setGrants([...grants, { role: event.target.value, projects: null }])}
              >
                <option value="" disabled>
                  …
                </option>
                {free.map(({ id, title }) => (
                  <option key={id} value={id}>
                    {title}
                  </option>
                ))}
              </select>
            </label>
          ) : null}
        </fieldset>
      </OwnForm>
    </Dialog>
  );
}

/** A role, and where it counts. */
function GrantRow(props: {
  readonly grant: GrantView;
  readonly list: StaffList;
  readonly onChange: (next: GrantView | null) => void;
}) {
  const { grant, list, onChange } = props;
  const { role, projects } = grant;
  const known = list.roles.find(({ id }) => id === role);
  const title = known?.title ?? role;
  const toggle = (id: string) => {
    const chosen = projects ?? [];
    onChange({ role, projects: chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id] });
  };
  return (
    <div className="grant" data-role={role}>
      <div className="row">
        <b className="grow">{title}</b>
        <button
          type="button"
          className="linkbtn"
          aria-label={`${say('remove')} ${title}`}
          onClick={() => onChange(null)}
        >
          {say('remove')}
        </button>
      </div>
      {known?.scoped ? (
        <>
          <label className="row">
            <input
              type="checkbox"
              checked={projects === null}
              onChange={(event) => onChange({ role, projects: event.target.checked ? null : [] })}
            />
            {say('allProjects')}
          </label>
          {projects === null ? null : (
            <fieldset className="grantprojects">
              <legend className="vh">{`${title} ${say('onlyProjects')}`}</legend>
              {list.projects.map(({ id, title: name }) => (
                <label key={id} className="row">
                  <input type="checkbox" checked={projects.includes(id)} onChange={() => toggle(id)} />
                  {name}
                </label>
              ))}
            </fieldset>
          )}
        </>
      ) : null}
    </div>
  );
}
