import {
  createContext,
  type ReactNode,
  startTransition,
  useContext,
  useEffect,
  useLayoutEffect,
  useMemo,
  useState,
} from 'react';
import { type Address, matched, type Params } from './address.ts';

const AddressContext = createContext<Address>({ pathname: '/', search: '', hash: '', state: null, again: false });
const ParamsContext = createContext<Params>({});
const listeners = new Set<() => void>();

export interface Going {
  /** Instead of the page that is left: Back does not lead to it. */
  readonly replace?: boolean;
  readonly state?: unknown;
}

/** Goes to another page of the product, or to the same with another query. */
export function navigate(to: string, going: Going = {}): void {
  const state = going.state ?? null;
  if (going.replace) history.replaceState(state, '', to);
  else history.pushState(state, '', to);
  for (const listener of [...listeners]) listener();
}

/** Follows the browser's address. What is being loaded leaves the page before it on the screen meanwhile. */
export function Router({ children }: { readonly children: ReactNode }) {
  const [address, setAddress] = useState(() => current(false));
  // Before the effects of the pages: the first one may lead on at once.
  useLayoutEffect(() => {
    const follow = (again: boolean): void => startTransition(() => setAddress(current(again)));
    const [went, came] = [() => follow(false), () => follow(true)];
    listeners.add(went);
    window.addEventListener('popstate', came);
    return () => {
      listeners.delete(went);
      window.removeEventListener('popstate', came);
    };
  }, []);
  return <AddressContext value={address}>{children}</AddressContext>;
}

function current(again: boolean): Address {
  const { pathname, search, hash } = window.location;
  return { pathname, search, hash, state: history.state, again };
}

export function useAddress(): Address {
  return useContext(AddressContext);
}

/** What the pattern of the page's route named in its path. */
export function useParams(): { readonly [name: string]: string | undefined } {
  return useContext(ParamsContext);
}

/** The query, and how to change it: what is not named, or empty, goes. */
export function useQuery(): [
  URLSearchParams,
  (next: { readonly [name: string]: string }, going?: Pick<Going, 'replace'>) => void,
] {
  const { pathname, search } = useAddress();
  return useMemo(() => {
    const change = (next: { readonly [name: string]: string }, going?: Pick<Going, 'replace'>): void => {
      const query = new URLSearchParams(Object.entries(next).filter(([, value]) => value !== '')).toString();
      navigate(query === '' ? pathname : `${pathname}?${query}`, going);
    };
    return [new URLSearchParams(search), change];
  }, [pathname, search]);
}

/** Draws the page of the first pattern that fits; nothing where none does. */
export function Routes({ pages }: { readonly pages: readonly (readonly [pattern: string, page: ReactNode])[] }) {
  const { pathname } = useAddress();
  for (const [pattern, page] of pages) {
    const params = matched(pattern, pathname);
    if (params !== null) return <ParamsContext value={params}>{page}</ParamsContext>;
  }
  return null;
}

/** Leads on at once; Back does not come here again. */
export function Redirect({ to }: { readonly to: string }) {
  useEffect(() => navigate(to, { replace: true }), [to]);
  return null;
}
