import { createContext, type ReactNode, useContext, useMemo } from 'react';
import type { SessionView } from '../../engine/contract/routes.ts';
import { api } from '../api/index.ts';
import { type Loaded, useLoad } from './load.ts';

interface SessionContext {
  readonly state: Loaded<SessionView>;
  /** Nobody is logged in until the server has said so. */
  readonly session: SessionView;
  /** Takes the answer of login, logout, registration. */
  readonly set: (session: SessionView) => void;
  readonly reload: () => void;
}

const nobody: SessionView = { person: null, abilities: [], home: '/', development: false, logins: { sms: false } };
const Context = createContext<SessionContext>({
  state: { kind: 'loading' },
  session: nobody,
  set: () => undefined,
  reload: () => undefined,
});

export function SessionProvider({ children }: { readonly children: ReactNode }) {
  const { state, set, reload } = useLoad('session', api.session);
  const value = useMemo(
    () => ({ state, session: state.kind === 'ready' ? state.data : nobody, set, reload }),
    [state, set, reload],
  );
  return <Context.Provider value={value}>{children}</Context.Provider>;
}

export function useSession(): SessionContext {
  return useContext(Context);
}
