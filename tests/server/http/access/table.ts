import type { Access, Route } from '../../../../server/http/route.ts';
import { ABILITIES, roleGives } from '../../../../server/policies/abilities.ts';
import type { Relation } from '../../../../server/policies/case-access.ts';
import { APPLICANT } from '../../../../server/policies/roles.ts';

/** Who asks: what a person may see of the world, as the policies see them. */
export interface Asker {
  readonly name: string;
  readonly logged: 'no' | 'half' | 'yes';
  /** Roles, with the projects where they count; null = all. */
  readonly grants: readonly { readonly role: string; readonly projects: readonly string[] | null }[];
  readonly link: boolean;
  readonly leads: boolean;
}

/** What the door answers. */
export type Door = 'in' | 401 | 403 | 404;

/** @param project of the address, where the route names one @param relation to the case of the address */
export function doorOf(access: Access, asker: Asker, project: string, relation: Relation | null): Door {
  const isIn = asker.logged === 'yes';
  const may = (ability: Parameters<typeof roleGives>[1], scoped: boolean): boolean =>
    asker.grants.some(
      ({ role, projects }) =>
        roleGives(role, ability) &&
        // The house's books are for whoever has the role everywhere.
        (ability !== 'money' || projects === null) &&
        (!scoped || projects === null || projects.includes(project)),
    );
  switch (access.kind) {
    case 'public':
      return 'in';
    case 'person':
      return isIn ? 'in' : 401;
    case 'half':
      return asker.logged === 'no' ? 401 : 'in';
    case 'key':
      return 401;
    // Asked from this machine, in development, without a token; the rest is in tests/server/metrics.
    case 'metrics':
      return 'in';
    case 'lead':
      return !isIn ? 401 : asker.leads ? 'in' : 403;
    case 'may':
      if (!isIn) return 401;
      return [access.ability].flat().some((ability) => may(ability, access.project !== undefined)) ? 'in' : 403;
    case 'case':
      if (!isIn && !asker.link) return 401;
      if (relation === null || !access.who.includes(relation)) return 404;
      return access.ability === undefined || may(access.ability, false) ? 'in' : 403;
  }
}

const RELATIONS: readonly Relation[] = ['owner', 'colleague', 'link', 'staff', 'auditor'];

/** The access of every route in one readable page; a change of a policy is a change of it. */
export function accessPage(routes: readonly Route[], roles: readonly string[]): string {
  const name = ({ method, path }: Route): string => `\`${method.toUpperCase()} ${path}\``;
  const kinds = (kind: Access['kind']) => routes.filter(({ access }) => access.kind === kind);
  const holders = (abilities: readonly Parameters<typeof roleGives>[1][]): string =>
    roles.filter((role) => abilities.some((ability) => roleGives(role, ability))).join(', ');
  const lines = [
    '# Who may ask what',
    '',
    'Generated from what each route declares (`access`) and from `server/policies/`, by `tests/server/http/access/access.test.ts`,',
    'which asks every route over HTTP as every kind of caller. Written anew with `npx vitest run tests/server/http/access -u`; a',
    'change of this page is a change of who may do what, and is to be looked at as such.',
    '',
    '## Abilities',
    '',
    'A role may be given for single projects; `money`, `staff` and `audit` belong to no project.',
    '',
    '| ability | roles |',
    '|---|---|',
    ...ABILITIES.map((ability) => `| ${ability} | ${holders([ability])} |`),
    '',
    '## Anybody',
    '',
    ...kinds('public').map((route) => `- ${name(route)}`),
    '',
    '## Whoever is logged in',
    '',
    ...kinds('person').map((route) => `- ${name(route)}`),
    '',
    '## Half-way in, too: a right password, and no second factor yet',
    '',
    ...kinds('half').map((route) => `- ${name(route)}`),
    '',
    '## By ability',
    '',
    'Others are answered 403, whoever is not logged in 401.',
    '',
    '| route | ability | roles | by project |',
    '|---|---|---|---|',
    ...kinds('may').flatMap((route) => {
      const { access } = route;
      if (access.kind !== 'may') return [];
      const abilities = [access.ability].flat();
      const scope = access.project === undefined ? '' : `\`:${access.project}\``;
      return [`| ${name(route)} | ${abilities.join(', ')} | ${holders(abilities)} | ${scope} |`];
    }),
    '',
    '## Whoever leads a role of a process',
    '',
    ...kinds('lead').map((route) => `- ${name(route)}`),
    '',
    '## A case',
    '',
    'Others are told that there is none (404). `staff`: a role that has, had or could take a task in it, in its project.',
    '',
    `| route | ${RELATIONS.join(' | ')} | and |`,
    `|---|${RELATIONS.map(() => ':-:').join('|')}|---|`,
    ...kinds('case').flatMap((route) => {
      const { access } = route;
      if (access.kind !== 'case') return [];
      const marks = RELATIONS.map((relation) => (access.who.includes(relation) ? '✓' : ''));
      return [`| ${name(route)} | ${marks.join(' | ')} | ${access.ability ?? ''} |`];
    }),
    '',
    '## By key',
    '',
    ...kinds('key').map((route) => `- ${name(route)}`),
    '',
    '## By the token of Prometheus',
    '',
    '`CERTFLOW_METRICS_TOKEN`; being logged in gives nothing. Without a token there is nothing (404), but for a direct request',
    'from the same machine in development.',
    '',
    ...kinds('metrics').map((route) => `- ${name(route)}`),
    '',
    '## By signature',
    '',
    '`/connectors/:connector/callback` and, in development, `/connectors/clock` know their callers by a signature over the raw',
    'body; being logged in gives nothing there. `/sandbox` answers this machine only.',
    '',
  ];
  return lines.join('\n');
}

/** Roles as they are given: those of the product, and those of the processes in force. */
export function applicantLast(roles: readonly string[]): readonly string[] {
  return [...roles.filter((role) => role !== APPLICANT), APPLICANT];
}
