import type { Command } from '../../engine/model/command.ts';
import type { Definition } from '../../engine/model/definition.ts';
import { caseOfToken } from '../cases/secrets.ts';
import type { Context } from '../context.ts';
import { Fault } from '../fault.ts';
import type { Caller } from '../policies/case-access.ts';
import type { CaseDocument } from '../store/store.ts';

export interface OpenedLink {
  readonly caseId: string;
  readonly via: string;
}

/**
 * Somebody opens a one-time link: the token is judged and burnt in the step that the workflow names for it (`opens`).
 * The same phone may open the page again while its session lasts.
 * @throws Fault link-dead, link-used
 */
export async function openLink(context: Context, caller: Caller, token: string): Promise<OpenedLink> {
  const caseId = caseOfToken(token);
  if (caseId === null || !context.cases.index.get(caseId)) throw new Fault(410, 'link-dead');
  let via: string | null = null;
  const result = await context.cases.apply(caseId, (document, definition) => {
    const found = secretOf(context, document, token);
    if (!found) throw new Fault(410, 'link-dead');
    via = found.secret;
    const { link } = caller;
    if (found.verdict === 'used' && link?.caseId === caseId && link.via === via) return null;
    if (found.verdict === 'used') throw new Fault(410, 'link-used');
    const opens = definition.declared.secrets[via]?.opens;
    if (found.verdict !== 'right' || opens === undefined) throw new Fault(410, 'link-dead');
    return { command: commandOf(definition, opens, via, document), burn: [via] };
  });
  if (via === null || result.kind === 'refused') throw new Fault(410, 'link-dead');
  return { caseId, via };
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
