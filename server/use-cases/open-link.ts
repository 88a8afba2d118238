import type { Command } from '../../engine/model/command.ts';
import type { Definition } from '../../engine/model/definition.ts';
import type { Linked } from '../accounts/sessions.ts';
import { caseOfToken } from '../cases/secrets.ts';
import type { Context } from '../context.ts';
import { Fault } from '../fault.ts';
import type { Caller } from '../policies/case-access.ts';
import type { CaseDocument, SealedSecret } from '../store/store.ts';

export interface OpenedLink extends Linked {
  /** What was left of the link's own time, ms; 0 when it has no end. */
  readonly life: number;
}

/**
 * Somebody opens a one-time link: the token is judged and burnt in the step that the workflow names for it (`opens`).
 * The same phone may open the page again while its session lasts.
 * @throws Fault link-dead, link-used
 */
export async function openLink(context: Context, caller: Caller, token: string): Promise<OpenedLink> {
  const caseId = caseOfToken(token);
  if (caseId === null || !(await context.cases.entry(caseId))) throw new Fault(410, 'link-dead');
  let opened: OpenedLink | null = null;
  const result = await context.cases.apply(caseId, (document, definition) => {
    const found = secretOf(context, document, token);
    if (!found) throw new Fault(410, 'link-dead');
    const via = found.secret;
    const { generation, validUntil } = document.secrets[via] as SealedSecret;
    opened = { caseId, via, generation, life: validUntil === null ? 0 : Math.max(0, validUntil - context.clock.now()) };
    const { link } = caller;
    const same = link?.caseId === caseId && link.via === via && link.generation === generation;
    if (found.verdict === 'used' && same) return null;
    if (found.verdict === 'used') throw new Fault(410, 'link-used');
    const opens = definition.declared.secrets[via]?.opens;
    if (found.verdict !== 'right' || opens === undefined) throw new Fault(410, 'link-dead');
    return { command: commandOf(definition, opens, via, document), burn: [via] };
  });
  if (opened === null || result.kind === 'refused') throw new Fault(410, 'link-dead');
  return opened;
}

/** Tokens are compared with every token secret of the case; there are one or two. */
function secretOf(context: Context, document: CaseDocument, token: string) {
  const now = context.clock.now();
  for (const secret of Object.keys(document.secrets)) {
    const verdict = context.secrets.verdict(document, secret, token, now);
    if (verdict !== 'wrong') return { secret, verdict };
  }
  return null;
}

/** The event may be declared as coming from the phone's connector or as the owner's. */
function commandOf(definition: Definition, event: string, via: string, document: CaseDocument): Command {
  const data = { [via]: 'right' };
  const declared = definition.declared.events[event];
  if (declared?.by === undefined) return { kind: 'outside', event, data };
  return { kind: 'event', event, actor: { id: document.state.owner, roles: [declared.by], via }, data };
}
