import type { Ability } from '../../engine/contract/session.ts';
import type { Context } from '../context.ts';
import type { Relation } from '../policies/case-access.ts';
import type { Call } from './request.ts';

/** Who may ask. The table of all routes and all kinds of callers that follows from it is docs/access.md. */
export type Access =
  /** Anybody; the route itself shows nothing of a person. */
  | { readonly kind: 'public' }
  /** Whoever is logged in. */
  | { readonly kind: 'person' }
  /** Whoever is logged in, or has given a right password and not yet a second factor. */
  | { readonly kind: 'half' }
  /** Whoever has this ability (policies/abilities.ts); in the project that this place of the path names, where it does. */
  | { readonly kind: 'may'; readonly ability: Ability | readonly Ability[]; readonly project?: string }
  /** A program with a key of its own (`Authorization: Bearer …`), which the route knows; being logged in gives nothing. */
  | { readonly kind: 'key' }
  /** Whoever reads figures of operations (policies/metrics-access.ts). */
  | { readonly kind: 'metrics' }
  /** Whoever leads a role of some process (policies/leading.ts). */
  | { readonly kind: 'lead' }
  /** Whoever is one of these to the case in `:id` (policies/case-access.ts); others are told that there is none. */
  | { readonly kind: 'case'; readonly who: readonly Relation[]; readonly ability?: Ability };

/**
 * One line of the table in engine/contract/routes.ts. Every route declares its access: the application registers routes
 * from such entries only, so that none can be forgotten, and tests read the same list.
 */
export interface Route {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  readonly path: string;
  readonly access: Access;
  /** Body of a changing request; `json` unless said otherwise. */
  readonly body?: 'json' | 'multipart';
  /** Refuses before anything of the request is read: in a flood most of them cost next to nothing. */
  readonly before?: () => void;
  /** What is returned is sent as JSON; undefined when the route has answered by itself. */
  handle(context: Context, call: Call): Promise<unknown>;
}
