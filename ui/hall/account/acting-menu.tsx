import { accounts } from '../../api/accounts.ts';
import { navigate } from '../../app/route/index.ts';
import { useSession } from '../../app/session.tsx';
import { useLanguage } from '../../app/texts/dictionary.ts';
import { say } from './texts.ts';
import './account.css';

/** For which company one acts: a choice in the person's menu, where there is one to make. */
export default function ActingMenu() {
  useLanguage();
  const { session, set } = useSession();
  const choose = async (company: string): Promise<void> => {
    set(await accounts.act(company === '' ? null : company));
    // Lists show the cases of whoever is acted for.
    navigate('/cases');
  };
  return (
    <label className="actingmenu">
      <span>{say('acting')}</span>
      <select value={session.acting ?? ''} onChange={(event) => void choose(event.target.value)}>
        <option value="">{say('actingSelf')}</option>
        {(session.companies ?? []).map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
