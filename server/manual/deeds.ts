import { begin, type Session, walkTo } from '../../engine/index.ts';
import type { Definition } from '../../engine/model/definition.ts';
import type { JsonObject } from '../../engine/model/json.ts';
import { ownerOf } from '../../engine/simulate/session.ts';
import { ManualTrouble } from './trouble.ts';

/** What somebody or something does on the usual way, in order. What calls answer is the sandbox's business. */
export type Deed =
  /** `account`: a demo account of the role. `via`: the secret whose link the person came by. */
  | {
      readonly kind: 'event';
      readonly event: string;
      readonly own: boolean;
      readonly account: string;
      readonly via: string | null;
    }
  | { readonly kind: 'outside'; readonly event: string; readonly data: JsonObject }
  /** The next request of an operation is answered so. */
  | { readonly kind: 'next'; readonly operation: string; readonly outcome: string }
  /** Time passes, ms. */
  | { readonly kind: 'time'; readonly ms: number };

/** The usual way of a project to its goal, as the production interpreter walks it. @throws ManualTrouble when it finds none */
export function deedsOf(definition: Definition): readonly Deed[] {
  const begun = begin(definition);
  const [goal] = definition.declared.goals;
  const arrived = goal === undefined ? null : walkTo(begun, goal);
  if (arrived === null) throw new ManualTrouble('没有找到从开始到办成的路，手册没有图可拍');
  return deedsIn(arrived, begun.now);
}

/** What was done in a played case. @param start when it began */
export function deedsIn({ definition, commands = [] }: Session, start: number): readonly Deed[] {
  const owner = ownerOf(definition).split('/')[0] ?? '';
  const opened = new Set(Object.values(definition.declared.secrets).map(({ opens }) => opens));
  const deeds: Deed[] = [];
  let now = start;
  for (const { command, at } of commands) {
    if (at > now) deeds.push({ kind: 'time', ms: at - now });
    now = at;
    // A link is opened by whoever goes on with it.
    if (command.kind === 'outside' && !opened.has(command.event))
      deeds.push({ kind: 'outside', event: command.event, data: command.data });
    if (command.kind !== 'event') continue;
    const { id, roles, via = null } = command.actor;
    const [role = owner] = roles;
    const own = role === owner;
    // The sandbox's hall has two people of every role.
    const account = id.endsWith('/two') ? `${role}2` : role;
    deeds.push({ kind: 'event', event: command.event, own, account, via });
  }
  return deeds;
}
