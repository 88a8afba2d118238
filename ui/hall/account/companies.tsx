import { useState } from 'react';
import type { CompanyDetails } from '../../../engine/contract/accounts.ts';
import { accounts } from '../../api/accounts.ts';
import { api } from '../../api/index.ts';
import { shortDateTime } from '../../app/format.ts';
import { asFault, useLoad } from '../../app/load.ts';
import { now } from '../../app/now.ts';
import { Loading } from '../../app/parts/states.tsx';
import { useSession } from '../../app/session.tsx';
import { useLanguage } from '../../app/texts/dictionary.ts';
import { OwnForm, type Problem, problemAt } from '../own-form.tsx';
import { TextField } from '../text-field.tsx';
import { say } from './texts.ts';
import './account.css';

/** The companies that a person acts for: choosing one, adding one, and letting others in. */
export default function Companies() {
  useLanguage();
  const { state, set } = useLoad('companies', accounts.companies);
  const { session, set: setSession } = useSession();
  const [trouble, setTrouble] = useState('');
  const take = (companies: readonly CompanyDetails[]): void => {
    set(companies);
    // The menu and the header know the same companies.
    void api.session().then(setSession, () => undefined);
  };
  const run = async (work: Promise<readonly CompanyDetails[]>): Promise<void> => {
    setTrouble('');
    try {
      take(await work);
    } catch (error) {
      setTrouble(asFault(error).message);
    }
  };
  if (state.kind === 'loading') return <Loading lines={8} />;
  if (state.kind === 'failed') return <p className="note err">{state.fault.message}</p>;
  return (
    <>
      <p className="lead">{say('companiesLead')}</p>
      {trouble ? (
        <p className="note err" role="alert">
          {trouble}
        </p>
      ) : null}
      {state.data.length === 0 ? <p className="muted">{say('companiesNone')}</p> : null}
      {state.data.map((company) => (
        <CompanyPanel key={company.id} company={company} acting={session.acting === company.id} run={run} />
      ))}
      <Add onAdded={take} />
    </>
  );
}

function CompanyPanel(props: {
  readonly company: CompanyDetails;
  readonly acting: boolean;
  readonly run: (work: Promise<readonly CompanyDetails[]>) => Promise<void>;
}) {
  const { company, acting, run } = props;
  const { id } = company;
  return (
    <section className="panel" aria-label={company.name}>
      <h2>
        {company.name} <span className="companynumber num small">{company.number}</span>
      </h2>
      <p className="row wrap">
        <span className="tag">{say(company.manager ? 'companyManager' : 'companyMember')}</span>
        <span className={company.proven ? 'tag ok' : 'tag'}>
          {say(company.proven ? 'companyProven' : 'companyClaimed')}
        </span>
        {acting ? <span className="tag do">{say('acting')}</span> : null}
      </p>
      {(company.asks ?? []).length > 0 ? (
        <ul className="people">
          {(company.asks ?? []).map(({ person, name, at }) => (
            <li key={person}>
              <span>{say('companyAsks', { name, at: shortDateTime(at, now()) })}</span>
              <span className="row">
                <button
                  type="button"
                  className="btn sm primary"
                  onClick={() => void run(accounts.admit(id, person, false))}
                >
                  {say('companyAdmit')}
                </button>
                <button type="button" className="btn sm" onClick={() => void run(accounts.leave(id, person))}>
                  {say('companyRefuse')}
                </button>
              </span>
            </li>
          ))}
        </ul>
      ) : null}
      {company.members ? (
        <>
          <h3>{say('companyPeople')}</h3>
          <ul className="people">
            {company.members.map(({ person, name, manager, own }) => (
              <li key={person}>
                <span>
                  {name} <span className="muted">{say(manager ? 'companyManager' : 'companyMember')}</span>
                </span>
                {own ? null : (
                  <span className="row">
                    {manager ? null : (
                      <button
                        type="button"
                        className="btn sm"
                        onClick={() => void run(accounts.admit(id, person, true))}
                      >
                        {say('companyMakeManager')}
                      </button>
                    )}
                    <button type="button" className="btn sm" onClick={() => void run(accounts.leave(id, person))}>
                      {say('companyRemove')}
                    </button>
                  </span>
                )}
              </li>
            ))}
          </ul>
        </>
      ) : null}
      <button type="button" className="btn" onClick={() => void run(accounts.leave(id, 'me'))}>
        {say('companyLeave')}
      </button>
    </section>
  );
}

function Add({ onAdded }: { readonly onAdded: (companies: readonly CompanyDetails[]) => void }) {
  const [name, setName] = useState('');
  const [number, setNumber] = useState('');
  const [said, setSaid] = useState('');
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const check = (): readonly Problem[] => {
    setSaid('');
    return [
      ...(name.trim() === '' ? [{ field: 'company-name', message: say('needCompany') }] : []),
      ...(number.trim() === '' ? [{ field: 'company-number', message: say('needNumber') }] : []),
    ];
  };
  const send = async (): Promise<void> => {
    const { state, companies } = await accounts.joinCompany(name, number);
    setName('');
    setNumber('');
    setSaid(say(state === 'member' ? 'companyJoined' : 'companyAsked'));
    onAdded(companies);
  };
  return (
    <section className="panel" aria-label={say('companyAdd')}>
      <h2>{say('companyAdd')}</h2>
      <OwnForm
        check={check}
        send={send}
        submit={say('companyAdd')}
        problems={problems}
        onProblems={setProblems}
        extra={
          <span role="status" className="muted">
            {said}
          </span>
        }
      >
        <TextField
          id="company-name"
          label={say('companyName')}
          value={name}
          onChange={setName}
          autoComplete="organization"
          error={problemAt(problems, 'company-name')}
        />
        <TextField
          id="company-number"
          label={say('companyNumber')}
          hint={say('companyNumberHint')}
          value={number}
          onChange={setNumber}
          autoComplete="off"
          error={problemAt(problems, 'company-number')}
        />
      </OwnForm>
    </section>
  );
}
