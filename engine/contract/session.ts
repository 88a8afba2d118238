/** What somebody may do beside single cases. Decided by the server (server/policies/abilities.ts) and sent to the client. */
export type Ability =
  /** Applies: has cases of their own. */
  | 'apply'
  /** Looks at other people's cases. */
  | 'desk'
  /** Works on them. */
  | 'work'
  /** Reads and settles the house's books. */
  | 'money'
  /** Requests without an answer, systems that are left alone. */
  | 'letters'
  /** Sees projects and their drafts. */
  | 'studio'
  | 'edit'
  | 'publish'
  /** Puts open cases under another release. */
  | 'migrate'
  | 'lab'
  /** Has real cases made anonymous, to play with. */
  | 'sample'
  /** Accounts and roles of the staff. */
  | 'staff'
  /** Reads what others looked at and did. */
  | 'audit';

/** Somebody who acts for a company. */
export interface CompanyView {
  readonly id: string;
  readonly name: string;
}

export interface SessionView {
  readonly person: { readonly id: string; readonly name: string; readonly account: string } | null;
  /** What the person may; the client works nothing out of roles. */
  readonly abilities: readonly Ability[];
  /** Where they work who came without a destination. */
  readonly home: string;
  /** The password was right and something is missing: a code of the second factor, or its first setting up. */
  readonly second?: 'code' | 'enrol';
  /** Companies that the person acts for; absent where there are none. */
  readonly companies?: readonly CompanyView[];
  /** The one of them that new cases are begun for; absent = for the person alone. */
  readonly acting?: string;
  /** Case that a one-time link opened, when the session came by one. */
  readonly link?: { readonly caseId: string; readonly via: string };
  /** False in production: no sandbox, no demo accounts. */
  readonly development: boolean;
  /** How people may log in besides a password, where it is not the same everywhere. */
  readonly logins: {
    /** An SMS can be sent. */
    readonly sms: boolean;
    /** Title of the house's identity provider; absent without one. */
    readonly provider?: string;
  };
}
