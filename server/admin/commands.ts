import { branchesOfCase, type Explained } from '../../engine/explain/branches.ts';
import type { Environment } from '../../engine/model/command.ts';
import type { Definition, Files } from '../../engine/model/definition.ts';
import type { Issue } from '../../engine/model/issue.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { Invitations } from '../accounts/invitations.ts';
import type { Sessions } from '../accounts/sessions.ts';
import type { Audit } from '../audit/audit.ts';
import { Fault } from '../fault.ts';
import { rolesToGive } from '../policies/roles.ts';
import { filesOfProject, projectIds, projectPath } from '../releases/files.ts';
import { isKept, type KeptScenarios } from '../releases/kept-scenarios.ts';
import type { ProjectHead, Releases } from '../releases/releases.ts';
import type { Store } from '../store/store.ts';

/** What `certflow import` answers for each project of the files. */
export interface Imported {
  readonly project: string;
  readonly state: 'seeded' | 'unchanged' | 'draft';
  readonly issues: readonly Issue[];
}

/**
 * Changed files become drafts, broken ones too: the studio shows what is wrong. A project that is not known yet gets its
 * first release when it is sound.
 */
export async function importFiles(releases: Releases, files: Files, by: string): Promise<readonly Imported[]> {
  const { seeded } = await releases.seed(files);
  const result: Imported[] = [];
  for (const project of projectIds(files)) {
    const head = await releases.project(project);
    const { definition, issues } = releases.check(project, files);
    if (!head || seeded.includes(project)) {
      result.push({ project, state: head ? 'seeded' : 'unchanged', issues });
    } else if (definition?.hash === head.current) {
      result.push({ project, state: 'unchanged', issues });
    } else {
      const own = filesOfProject(files, project);
      await releases.saveDraft(project, { yaml: own[projectPath(project)] ?? '', files: own, by });
      result.push({ project, state: 'draft', issues });
    }
  }
  return result;
}

/** Scenarios that were kept in a studio and came out with a release are kept here as well; what cannot be kept is left out. */
export async function importKept(
  kept: Pick<KeptScenarios, 'keep'>,
  scenarios: Files,
  projects: readonly string[],
): Promise<void> {
  for (const [path, text] of Object.entries(scenarios)) {
    const project = projects.find((id) => isKept(path) && path.split('/').at(-2) === id);
    if (project !== undefined) await kept.keep(project, text, 'command-line');
  }
}

/** A definition of the data folder, as files. */
export type Stored =
  | {
      readonly kind: 'files';
      readonly project: string;
      readonly files: Files;
      /** What it was tried with; a draft: what it will be tried with. */
      readonly scenarios: Files;
      readonly released: boolean;
    }
  /** What there is instead. */
  | { readonly kind: 'unknown'; readonly known: readonly string[] };

/**
 * A release by its hash or the beginning of it (six digits or more), or by project: `north@3` its third release,
 * `north@current` the one in force, `north@draft` what is being worked on.
 */
export async function storedDefinition(releases: Releases, name: string): Promise<Stored> {
  const heads = await releases.projects();
  const [project = '', which] = name.split('@');
  if (which !== undefined) {
    const head = heads.find(({ id }) => id === project);
    const known = head === undefined ? heads.map(({ id }) => `${id}@current`) : namesOf(head);
    if (head === undefined) return { kind: 'unknown', known };
    if (which === 'draft') {
      if (head.draft === null) return { kind: 'unknown', known };
      const files = await releases.draftFiles(head);
      return { kind: 'files', project, files, scenarios: await releases.scenarios(project, null), released: false };
    }
    const hash = which === 'current' ? head.current : head.history.find(({ number }) => String(number) === which)?.hash;
    return hash === undefined || hash === null ? { kind: 'unknown', known } : ofRelease(releases, hash, known);
  }
  const hashes = heads.flatMap(({ history }) => history.map(({ hash }) => hash));
  const fitting = [...new Set(hashes)].filter((hash) => hash.startsWith(name));
  const [only, more] = fitting;
  if (name.length < 6 || only === undefined) return { kind: 'unknown', known: heads.flatMap(namesOf) };
  return more === undefined ? ofRelease(releases, only, []) : { kind: 'unknown', known: fitting };
}

async function ofRelease(releases: Releases, hash: string, known: readonly string[]): Promise<Stored> {
  const release = await releases.release(hash);
  if (release === null) return { kind: 'unknown', known };
  const { project, files } = release;
  return { kind: 'files', project, files, scenarios: await releases.scenarios(project, hash), released: true };
}

function namesOf({ id, history, draft }: ProjectHead): readonly string[] {
  const numbers = history.map(({ number }) => `${id}@${number}`);
  return draft === null ? numbers : [...numbers, `${id}@draft`];
}

/** A line of `certflow cases`; no personal data. */
export interface CaseLine {
  readonly id: string;
  readonly number: string;
  readonly project: string;
  readonly active: readonly string[];
  readonly over: boolean;
  readonly revision: number;
  readonly updatedAt: number;
  readonly outbox: number;
}

export async function listCases(store: Store, options: { readonly project?: string; readonly open: boolean }) {
  const lines: CaseLine[] = [];
  for await (const id of store.listCases()) {
    const document = await store.readCase(id);
    if (!document) continue;
    const { number, project, active, over, revision, updatedAt } = document.state;
    if ((options.project !== undefined && project !== options.project) || (options.open && over)) continue;
    lines.push({ id, number, project, active, over, revision, updatedAt, outbox: document.outbox.length });
  }
  return lines.sort((a, b) => b.updatedAt - a.updatedAt);
}

/**
 * An account with roles: new, or with the roles added. A new one has no password: its owner sets it by the invitation, so that
 * nobody else ever knew it. @returns the token of the invitation; null where the account has a password @throws Fault role-unknown-of
 */
export async function giveAccount(
  parts: {
    readonly accounts: Accounts;
    readonly invitations: Invitations;
    readonly audit: Audit;
    readonly now: number;
    /** What is in force: its roles, beside those of the product, are those that can be given. */
    readonly definitions: readonly Definition[];
  },
  given: { account: string; name: string; roles: readonly string[] },
): Promise<{ readonly created: boolean; readonly invitation: string | null }> {
  const { accounts, invitations, audit, now } = parts;
  const known = rolesToGive(parts.definitions);
  const role = given.roles.find((one) => !known.has(one));
  if (role !== undefined) {
    const roles = [...known].map(([id, title]) => `${id}（${title}）`).join('、');
    throw new Fault(422, 'role-unknown-of', { role, roles });
  }
  const created = !(await accounts.exists(given.account));
  const { id } = await accounts.seed({ ...given, password: null });
  const account = await accounts.book.read(id);
  // Asked for again before it was used, it is a new one: the line of the first may be lost.
  const isToSet = account?.password === null && !account.provided && account.mobile === null;
  await writeAudit(audit, now, 'account', `${given.account}: ${given.roles.join()}`);
  return { created, invitation: isToSet ? await invitations.make(id) : null };
}

/**
 * Logs somebody out everywhere, whoever they are, or everybody (null): what is done when a session was stolen.
 * @returns null when nobody has that name or phone
 */
export async function endSessions(
  parts: { readonly sessions: Sessions; readonly accounts: Accounts; readonly audit: Audit; readonly now: number },
  account: string | null,
): Promise<{ readonly everybody: boolean } | null> {
  const { sessions, audit, now } = parts;
  if (account === null) {
    await writeAudit(audit, now, 'log-out', 'everybody');
    await sessions.closeAll();
    return { everybody: true };
  }
  const { book } = parts.accounts;
  const found = (await book.find('login', account)) ?? (await book.find('mobile', account));
  if (!found) return null;
  await writeAudit(audit, now, 'log-out', found.id);
  await sessions.closeOthers(found.id, null);
  return { everybody: false };
}

/** Written down for whoever asks later who did it. */
export async function writeAudit(audit: Audit, at: number, action: string, detail: string): Promise<void> {
  await audit.append({ at, person: 'command-line', action, detail });
}

/** Why each step of a case is offered, blocked or skipped now. Null when there is no case of that number. */
export async function explainCase(
  store: Store,
  releases: Pick<Releases, 'definition'>,
  number: string,
  env: Environment,
): Promise<Explained | null> {
  for await (const id of store.listCases()) {
    const document = await store.readCase(id);
    if (document?.state.number !== number) continue;
    return branchesOfCase(await releases.definition(document.state.release), document.state, env);
  }
  return null;
}
