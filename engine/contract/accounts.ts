/** What somebody sees of their own account. */
export interface AccountView {
  /** Masked; null where none is bound. */
  readonly mobile: string | null;
  readonly password: boolean;
  /** The second factor that is in force, with how many recovery codes are left; null without one. */
  readonly second: { readonly recovery: number } | null;
  /** It may not be taken away. */
  readonly secondRequired: boolean;
  /** The house's identity provider says who this is. */
  readonly provided: boolean;
}

/** A browser in which somebody is logged in. */
export interface DeviceView {
  readonly id: string;
  /** In the browser's own words, for example `Chrome · Windows`; empty where it does not say. */
  readonly device: string;
  readonly createdAt: number;
  readonly seenAt: number;
  /** This one. */
  readonly own: boolean;
}

export interface GrantView {
  readonly role: string;
  /** Ids; null = all projects. */
  readonly projects: readonly string[] | null;
}

/** Somebody of the staff. */
export interface StaffView {
  readonly id: string;
  readonly account: string;
  readonly name: string;
  readonly grants: readonly GrantView[];
  readonly state: 'active' | 'invited' | 'locked' | 'disabled';
  readonly second: boolean;
  /** Roles come from the house's identity provider. */
  readonly provided: boolean;
  readonly seenAt: number | null;
  /** The person who asks: they do not change their own rights. */
  readonly own: boolean;
}

export interface StaffList {
  readonly staff: readonly StaffView[];
  /** Roles that can be given, titles in the language of the request. */
  readonly roles: readonly { readonly id: string; readonly title: string; readonly scoped: boolean }[];
  readonly projects: readonly { readonly id: string; readonly title: string }[];
}

/** What somebody looked at or decided. */
export interface AuditView {
  readonly id: string;
  readonly at: number;
  /** Name of the person; `command-line` and the like as they are. */
  readonly by: string;
  readonly action: string;
  readonly path: string;
  readonly reason: string;
  readonly case: { readonly id: string; readonly number: string } | null;
}

export interface AuditList {
  readonly rows: readonly AuditView[];
  readonly total: number;
  readonly page: number;
  readonly pages: number;
  /** Every action that occurs, for the filter. */
  readonly actions: readonly string[];
}

/** A company that the person acts for. */
export interface CompanyDetails {
  readonly id: string;
  readonly name: string;
  readonly number: string;
  readonly manager: boolean;
  readonly proven: boolean;
  /** For its managers. */
  readonly members?: readonly {
    readonly person: string;
    readonly name: string;
    readonly manager: boolean;
    readonly proven: boolean;
    readonly own: boolean;
  }[];
  readonly asks?: readonly { readonly person: string; readonly name: string; readonly at: number }[];
}

/** Somebody came over from a portal. */
export interface ArrivalView {
  readonly project: string;
  readonly company: { readonly id: string; readonly name: string };
}
