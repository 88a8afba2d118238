import { createContext, type ReactNode, useContext, useEffect, useMemo } from 'react';
import type { HallView } from '../../engine/contract/routes.ts';
import type { Json, JsonObject } from '../../engine/model/json.ts';
import { api } from '../api/index.ts';
import { type Loaded, useLoad } from './load.ts';

/** The hall as its content file writes it, read tolerantly: what is missing is simply not shown. */
export interface HallInfo {
  readonly state: Loaded<HallView>;
  readonly reload: () => void;
  readonly name: string;
  readonly mark: string;
  readonly menus: readonly { readonly title: string; readonly to: string }[];
  readonly support: { readonly hotline?: string; readonly hours?: string; readonly website?: string };
  readonly accounts: readonly string[];
  readonly notices: readonly string[];
  readonly title: string | undefined;
  readonly lead: string | undefined;
}

const Context = createContext<HallInfo | null>(null);

export function HallProvider({ children }: { readonly children: ReactNode }) {
  const { state, reload } = useLoad('hall', api.hall);
  const value = useMemo(() => infoOf(state, reload), [state, reload]);
  useEffect(() => {
    if (state.kind !== 'failed') return;
    const timer = setTimeout(reload, 5000);
    return () => clearTimeout(timer);
  }, [state, reload]);
  return <Context.Provider value={value}>{children}</Context.Provider>;
}

export function useHall(): HallInfo {
  const info = useContext(Context);
  if (!info) throw new Error('useHall outside of HallProvider');
  return info;
}

export function infoOf(state: Loaded<HallView>, reload: () => void): HallInfo {
  const content = state.kind === 'ready' ? state.data.content : {};
  const brand = asObject(content.brand);
  const support = asObject(content.support);
  const home = asObject(content.home);
  const hotline = asText(support.hotline);
  const hours = asText(support.hours);
  const website = asText(support.website);
  return {
    state,
    reload,
    name: asText(brand.name) ?? (state.kind === 'ready' ? state.data.name : ''),
    mark: asText(brand.mark) ?? '·',
    menus: entriesOf(content.menus).flatMap((entry) => {
      const title = asText(entry.title);
      const to = asText(entry.to);
      // An entry without an address is only a word that texts refer to; one that leads to nothing is left out.
      return title && to && leadsSomewhere(state, to) ? [{ title, to }] : [];
    }),
    support: { ...(hotline && { hotline }), ...(hours && { hours }), ...(website && { website }) },
    accounts: textsOf(support.accounts),
    notices: textsOf(content.notices),
    title: asText(home.title),
    lead: asText(home.lead),
  };
}

/** Tables with a case in each row only some projects take. */
function leadsSomewhere(state: Loaded<HallView>, to: string): boolean {
  if (to !== '/batch') return true;
  return state.kind === 'ready' && state.data.projects.some(({ batch }) => batch !== undefined);
}

/** An array of objects, or a map of them (then each gets its key as `id`). */
export function entriesOf(value: Json | undefined): readonly JsonObject[] {
  if (Array.isArray(value))
    return value.map((entry) => (typeof entry === 'string' ? { title: entry } : asObject(entry)));
  return Object.entries(asObject(value)).map(([id, entry]) =>
    typeof entry === 'string' ? { id, title: entry } : { id, ...asObject(entry) },
  );
}

export function asObject(value: Json | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}

export function asText(value: Json | undefined): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function textsOf(value: Json | undefined): readonly string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value)
    ? value.flatMap((entry) => asText(entry) ?? asText(asObject(entry).title) ?? asText(asObject(entry).text) ?? [])
    : [];
}
