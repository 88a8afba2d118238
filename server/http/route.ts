import type { Context } from '../context.ts';
import type { Call } from './request.ts';

/** Who may ask. What a person may see of a case is decided again for that very case (policies/case-access.ts). */
export type Access =
  /** Anybody; the route itself shows nothing of a person. */
  | { readonly kind: 'public' }
  /** Whoever is logged in. */
  | { readonly kind: 'person' }
  /** A person with one of these roles. */
  | { readonly kind: 'role'; readonly roles: readonly string[] }
  /** Whoever may see the case in `:id`, by person or by one-time link; others are told that there is none. */
  | { readonly kind: 'case' };

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
  /** What is returned is sent as JSON; undefined when the route has answered by itself. */
  handle(context: Context, call: Call): Promise<unknown>;
}
