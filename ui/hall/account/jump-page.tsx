import { useCallback, useEffect, useRef, useState } from 'react';
import { accounts } from '../../api/accounts.ts';
import { asFault } from '../../app/load.ts';
import { PageTitle } from '../../app/parts/page-title.tsx';
import { Link, navigate } from '../../app/route/index.ts';
import { useSession } from '../../app/session.tsx';
import { useLanguage } from '../../app/texts/dictionary.ts';
import { say } from './texts.ts';
import './account.css';

/**
 * Where a portal sends its people. The signed token stands behind the `#`: it never reaches a server's log or another
 * site's Referer. Whoever is logged in is asked first, so that nobody is made somebody else without noticing.
 */
export default function JumpPage() {
  useLanguage();
  const { state, session, set } = useSession();
  const [token] = useState(() => window.location.hash.slice(1));
  const [failed, setFailed] = useState<string | null>(null);
  const sent = useRef(false);
  const go = useCallback(async (): Promise<void> => {
    if (sent.current) return;
    sent.current = true;
    // Not to be found in the history, nor sent again by Back.
    history.replaceState(history.state, '', '/jump');
    try {
      const { session: entered, project } = await accounts.jump(token);
      set(entered);
      navigate(`/p/${encodeURIComponent(project)}`, { replace: true });
    } catch (error) {
      setFailed(asFault(error).message);
    }
  }, [token, set]);
  const isReady = state.kind === 'ready';
  const person = session.person;
  useEffect(() => {
    if (isReady && !person) void go();
  }, [isReady, person, go]);
  return (
    <div className="page narrow own jump">
      <PageTitle title={say('jumpTitle')}>{say(failed ? 'jumpFailed' : 'jumpTitle')}</PageTitle>
      {failed ? (
        <>
          <p className="note err" role="alert">
            {failed}
          </p>
          <p className="actions">
            <Link className="btn primary" to="/login">
              {say('jumpLogin')}
            </Link>
          </p>
        </>
      ) : person && !sent.current ? (
        <>
          <p className="lead">{say('jumpAs', { name: person.name })}</p>
          <p className="actions">
            <button type="button" className="btn primary" onClick={() => void go()}>
              {say('jumpGo')}
            </button>
          </p>
        </>
      ) : (
        <p className="lead" role="status">
          {say('jumpWait')}
        </p>
      )}
    </div>
  );
}
