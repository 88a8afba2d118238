import type { StaffList, StaffView } from '../../engine/contract/accounts.ts';
import type { Locale } from '../../engine/errors/index.ts';
import { type Account, isStaff } from '../accounts/account.ts';
import { cleanName, type Person, requireAccount, requireSeparated } from '../accounts/accounts.ts';
import type { Context } from '../context.ts';
import { Fault, notFound } from '../fault.ts';
import { APPLICANT, type Grant, rolesToGive } from '../policies/roles.ts';
import { writeDown } from './audit.ts';

/** Duties that have no project. */
const UNSCOPED: ReadonlySet<string> = new Set(['admin', 'auditor', 'tester']);

function rolesOf(context: Context, locale: Locale = 'zh-CN'): StaffList['roles'] {
  return [...rolesToGive(context.inForce(), locale)].map(([id, title]) => ({ id, title, scoped: !UNSCOPED.has(id) }));
}

export async function listStaff(context: Context, viewer: Person, locale?: Locale): Promise<StaffList> {
  const all = await context.accounts.book.staff();
  const staff = await Promise.all(all.map((account) => present(context, viewer, account)));
  return {
    staff: staff.sort((a, b) => a.name.localeCompare(b.name, 'zh-CN')),
    roles: rolesOf(context, locale),
    projects: context.inForce().map(({ project }) => ({ id: project.id, title: project.title })),
  };
}

async function present(context: Context, viewer: Person, account: Account): Promise<StaffView> {
  const { id, name, grants, disabled, second, provided, seenAt } = account;
  const isInvited = account.password === null && !provided;
  const isLocked = account.lockedUntil > context.clock.real();
  return {
    ...{ id, account: account.account, name, provided, seenAt },
    grants: grants.filter(({ role }) => role !== APPLICANT),
    state: disabled ? 'disabled' : isLocked ? 'locked' : isInvited ? 'invited' : 'active',
    second: second?.confirmed === true,
    own: id === viewer.id,
  };
}

/** @throws Fault role-unknown, roles-conflict */
function checkGrants(context: Context, given: readonly Grant[]): readonly Grant[] {
  const roles = rolesOf(context);
  const projects = new Set(context.inForce().map(({ project }) => project.id));
  for (const { role, projects: named } of given) {
    const known = roles.find(({ id }) => id === role);
    if (!known) throw new Fault(422, 'role-unknown', { role });
    const stranger = (named ?? []).find((id) => !projects.has(id));
    if (stranger !== undefined) throw new Fault(422, 'role-unknown', { role: stranger });
    if (named !== null && !known.scoped) throw new Fault(422, 'role-unknown', { role });
  }
  requireSeparated(given, (role) => roles.find(({ id }) => id === role)?.title ?? role);
  return given;
}

/** A new account of the staff and the link by which its owner sets a password. @throws Fault account-taken, … */
export async function createStaff(
  context: Context,
  by: Person,
  given: { readonly account: string; readonly name: string; readonly grants: readonly Grant[] },
): Promise<{ readonly id: string; readonly invitation: string }> {
  const grants = checkGrants(context, given.grants);
  if (grants.length === 0) throw new Fault(422, 'role-unknown', { role: '' });
  const account = requireAccount(given.account);
  const { id } = await context.accounts.book.create({ account, name: cleanName(given.name), grants, password: null });
  await note(context, by, id, 'staff-create', written(context, grants));
  return { id, invitation: await context.invitations.make(id) };
}

/** @throws Fault not-found, staff-self, staff-provided, role-unknown, roles-conflict */
export async function setGrants(context: Context, by: Person, id: string, given: readonly Grant[]): Promise<void> {
  const account = await other(context, by, id);
  if (account.provided) throw new Fault(409, 'staff-provided');
  const grants = checkGrants(context, given);
  const own = account.grants.filter(({ role }) => role === APPLICANT);
  await context.accounts.book.update(id, (now) => ({ ...now, grants: [...own, ...grants] }));
  await note(context, by, id, 'staff-roles', written(context, grants));
}

export type StaffDeed = 'disable' | 'enable' | 'unlock' | 'reset-second' | 'invite';

/** @returns an invitation where one was made. @throws Fault not-found, staff-self, staff-provided */
export async function actOnStaff(
  context: Context,
  by: Person,
  id: string,
  deed: StaffDeed,
): Promise<{ readonly invitation?: string }> {
  const account = await other(context, by, id);
  if (deed === 'invite' && account.provided) throw new Fault(409, 'staff-provided');
  const { book } = context.accounts;
  // Written down before: what is done and not known is worse than what is known and not done.
  await note(context, by, id, `staff-${deed}`);
  switch (deed) {
    case 'disable':
      await book.update(id, (now) => ({ ...now, disabled: true }));
      await context.sessions.closeOthers(id, null);
      return {};
    case 'enable':
      await book.update(id, (now) => ({ ...now, disabled: false }));
      return {};
    case 'unlock':
      await book.update(id, (now) => ({ ...now, failures: 0, lockedUntil: 0 }));
      return {};
    case 'reset-second':
      await book.update(id, (now) => ({ ...now, second: null }));
      await context.sessions.closeOthers(id, null);
      return {};
    case 'invite':
      return { invitation: await context.invitations.make(id) };
  }
}

/** Somebody else of the staff: nobody changes their own rights. @throws Fault not-found, staff-self */
async function other(context: Context, by: Person, id: string): Promise<Account> {
  const account = await context.accounts.book.read(id);
  if (!account || !isStaff(account)) throw notFound();
  if (id === by.id) throw new Fault(409, 'staff-self');
  return account;
}

function note(context: Context, by: Person, id: string, action: string, reason = ''): Promise<void> {
  return writeDown(context, { person: by.id, action, path: id, reason });
}

/** As the page says it: ids are for programs. */
function written(context: Context, grants: readonly Grant[]): string {
  const roles = rolesOf(context);
  const projects = context.inForce().map(({ project }) => project);
  const titleOf = (all: readonly { id: string; title: string }[], id: string): string =>
    all.find((one) => one.id === id)?.title ?? id;
  const one = ({ role, projects: named }: Grant): string =>
    titleOf(roles, role) + (named === null ? '' : `（${named.map((id) => titleOf(projects, id)).join('、')}）`);
  return grants.map(one).join('；');
}
