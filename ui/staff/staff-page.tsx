import { useState } from 'react';
import type { StaffList, StaffView } from '../../engine/contract/accounts.ts';
import { accounts, type StaffAnswer, type StaffDeed } from '../api/accounts.ts';
import { shortDateTime } from '../app/format.ts';
import { useLoad } from '../app/load.ts';
import { now } from '../app/now.ts';
import { Loading } from '../app/parts/states.tsx';
import { Trouble, Workbench } from '../workbench/workbench.tsx';
import { DeedDialog, InvitationDialog } from './deed-dialog.tsx';
import { RolesDialog } from './roles-dialog.tsx';
import { say } from './texts.ts';
import './staff.css';

type Open =
  | { readonly kind: 'create' }
  | { readonly kind: 'roles'; readonly one: StaffView }
  | { readonly kind: 'deed'; readonly one: StaffView; readonly deed: StaffDeed }
  | { readonly kind: 'invitation'; readonly token: string };

/** Everybody who works here, with their roles by project; what is done to an account is asked once more and written down. */
export function StaffPage() {
  const { state, set, reload } = useLoad('staff', accounts.staff);
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);
  const take = (answer: StaffAnswer): void => {
    set(answer);
    setOpen(answer.invitation === undefined ? null : { kind: 'invitation', token: answer.invitation });
  };
  const list = state.kind === 'ready' ? state.data : null;
  return (
    <Workbench home="/staff" mark={say('mark')} title={say('room')}>
      <section className="staffroom">
        <header>
          <div className="grow">
            <h1>{say('people')}</h1>
            <p className="muted read">{say('lead')}</p>
          </div>
          <button type="button" className="btn primary" onClick={() => setOpen({ kind: 'create' })}>
            {say('create')}
          </button>
        </header>
        {state.kind === 'loading' ? <Loading lines={8} /> : null}
        {state.kind === 'failed' ? <Trouble fault={state.fault} onRetry={reload} /> : null}
        {list ? <People list={list} onOpen={setOpen} /> : null}
      </section>
      {list && open?.kind === 'create' ? <RolesDialog list={list} one={null} onDone={take} onClose={close} /> : null}
      {list && open?.kind === 'roles' ? <RolesDialog list={list} one={open.one} onDone={take} onClose={close} /> : null}
      {open?.kind === 'deed' ? <DeedDialog one={open.one} deed={open.deed} onDone={take} onClose={close} /> : null}
      {open?.kind === 'invitation' ? <InvitationDialog token={open.token} onClose={close} /> : null}
    </Workbench>
  );
}

function People({ list, onOpen }: { readonly list: StaffList; readonly onOpen: (open: Open) => void }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled with the keys
    <section className="staffscroll" aria-label={say('people')} tabIndex={0}>
      <table className="table stafftable">
        <thead>
          <tr>
            <th scope="col">{say('name')}</th>
            <th scope="col">{say('roles')}</th>
            <th scope="col">{say('state')}</th>
            <th scope="col">{say('second')}</th>
            <th scope="col">{say('seen')}</th>
            <th scope="col">{say('actions')}</th>
          </tr>
        </thead>
        <tbody>
          {list.staff.map((one) => (
            <tr key={one.id} data-account={one.account}>
              <td>
                <b>{one.name}</b>
                <small>{one.account || say('provided')}</small>
              </td>
              <td>
                <ul className="grants">
                  {one.grants.map((grant) => (
                    <li key={`${grant.role} ${grant.projects?.join()}`}>
                      {titleOf(list.roles, grant.role)}
                      {grant.projects === null ? null : (
                        <small>{grant.projects.map((id) => titleOf(list.projects, id)).join(' · ')}</small>
                      )}
                    </li>
                  ))}
                </ul>
              </td>
              <td>
                <span className={LOOKS[one.state]}>{say(one.state)}</span>
              </td>
              <td>{say(one.second ? 'on' : 'off')}</td>
              <td className="num">{one.seenAt === null ? say('never') : shortDateTime(one.seenAt, now())}</td>
              <td>{one.own ? <span className="muted">{say('you')}</span> : <Deeds one={one} onOpen={onOpen} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const LOOKS = { active: 'tag ok', invited: 'tag wait', locked: 'tag warn', disabled: 'tag err' } as const;

function Deeds({ one, onOpen }: { readonly one: StaffView; readonly onOpen: (open: Open) => void }) {
  const deeds: readonly StaffDeed[] = [
    ...(one.state === 'locked' ? (['unlock'] as const) : []),
    ...(one.second ? (['reset-second'] as const) : []),
    ...(one.provided ? [] : (['invite'] as const)),
    one.state === 'disabled' ? 'enable' : 'disable',
  ];
  return (
    <div className="staffdeeds">
      {one.provided ? null : (
        <button type="button" className="btn sm" data-do="roles" onClick={() => onOpen({ kind: 'roles', one })}>
          {say('edit')}
        </button>
      )}
      {deeds.map((deed) => (
        <button
          key={deed}
          type="button"
          className="linkbtn"
          data-do={deed}
          onClick={() => onOpen({ kind: 'deed', one, deed })}
        >
          {say(deed)}
        </button>
      ))}
    </div>
  );
}

export function titleOf(all: readonly { readonly id: string; readonly title: string }[], id: string): string {
  return all.find((one) => one.id === id)?.title ?? id;
}
