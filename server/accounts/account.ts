import { APPLICANT, type Grant, inForce, rolesIn } from '../policies/roles.ts';

/** Somebody who is known: what the rest of the server sees of an account. */
export interface Person {
  readonly id: string;
  /** Name to log in with; empty for whoever logs in by phone, portal or identity provider only. */
  readonly account: string;
  readonly name: string;
  /** The roles that count, with their projects (policies/roles.ts). */
  readonly grants: readonly Grant[];
  /** Their ids. */
  readonly roles: readonly string[];
  readonly disabled: boolean;
  readonly companies: readonly Membership[];
}

/** Somebody acts for a company. */
export interface Membership {
  readonly company: string;
  /** May let others in and out. */
  readonly manager: boolean;
  /** A portal vouched for it, or somebody whom one vouched for. */
  readonly proven: boolean;
}

/** The second factor: the secret of an authenticator, and codes for the day on which it is lost. */
export interface Second {
  readonly secret: string;
  /** False until a first code showed that the authenticator has the secret. */
  readonly confirmed: boolean;
  /** The last period of which a code was taken: none is taken twice. */
  readonly period: number;
  /** Keyed hashes of the recovery codes that are left. */
  readonly recovery: readonly string[];
}

/** As it is stored (sealed as a whole). */
export interface Account {
  readonly id: string;
  readonly account: string;
  readonly name: string;
  /** As they were given; see `inForce`. */
  readonly grants: readonly Grant[];
  readonly disabled: boolean;
  /** Null for whoever has none: invited, or known by somebody else's word. */
  readonly password: string | null;
  readonly mobile: string | null;
  readonly second: Second | null;
  readonly companies: readonly Membership[];
  /** The house's identity provider says who they are and which roles they have. */
  readonly provided: boolean;
  readonly createdAt: number;
  /** Last time that somebody logged in; null = never. */
  readonly seenAt: number | null;
  readonly failures: number;
  readonly lockedUntil: number;
}

/** Accounts of older folders have roles without projects, and nothing of what came later. */
export function accountOf(data: unknown): Account {
  const { roles, ...stored } = data as Account & { readonly roles?: readonly string[] };
  return {
    ...{ mobile: null, second: null, companies: [], provided: false, seenAt: null },
    ...stored,
    grants: stored.grants ?? (roles ?? []).map((role) => ({ role, projects: null })),
  };
}

export function personOf({ id, account, name, grants, disabled, companies }: Account): Person {
  const counting = inForce(grants);
  return { id, account, name, grants: counting, roles: rolesIn(counting), disabled, companies };
}

/** Has a role that is more than that of an applicant. */
export function isStaff({ grants }: Pick<Account, 'grants'>): boolean {
  return grants.some(({ role }) => role !== APPLICANT);
}
