import type { ConnectorDefinition } from '../../engine/model/definition.ts';
import type { JsonObject } from '../../engine/model/json.ts';
import { isObject } from '../json.ts';
import type { Inbox, Received, Reply, Taken, Told } from './connector.ts';
import { checkOutcome, eventProblem } from './contract.ts';
import type { Refusals } from './outside/refusals.ts';
import { verify } from './signature.ts';

export interface DoorDeps {
  readonly inbox: Inbox;
  /** The contract that the case's own release holds; null when case or connector is unknown. */
  contractOf(caseId: string, connector: string): Promise<ConnectorDefinition | null>;
  /** What the sandbox signs with; null in production. */
  sandboxSecret(): string | null;
  /** The clients of this server, for messages of real providers. */
  readonly clients?: {
    /** Null when none hears this connector's messages. */
    receive(connector: string, message: Received): Promise<Taken | null>;
    readonly refusals: Pick<Refusals, 'record'>;
  };
}

/**
 * Where messages from outside come in: whoever sends one is known by its signature, what it says is looked at in the
 * contract of the case, and only then the case is told. A sender repeats what was not answered with 200.
 */
export type Door = (connector: string, message: Received) => Promise<Reply>;

export function createDoor(deps: DoorDeps): Door {
  return async (connector, message) => {
    const taken = await deps.clients?.receive(connector, message);
    if (taken) return answerClient(deps, connector, taken);
    const secret = deps.sandboxSecret();
    if (secret !== null && message.method === 'POST') return answerSandbox(deps, secret, connector, message);
    return { status: 404 };
  };
}

/** What a client believed is told to the case; what it did not is noted down. */
async function answerClient(deps: DoorDeps, connector: string, taken: Taken): Promise<Reply> {
  const { refused, told = [], reply } = taken;
  if (refused) deps.clients?.refusals.record({ connector, ...refused });
  for (const one of told) {
    const status = await tell(deps, connector, one);
    if (status === 200) continue;
    if (status !== 409) deps.clients?.refusals.record({ connector, reason: status === 404 ? 'orphan' : 'shape' });
    return { status };
  }
  await taken.done?.();
  return reply;
}

/**
 * @returns 200 when the case has it, 404 without such a case, 422 when the contract does not know what is told, 409 when the
 * case does not take it: noted down here with its number, since money may have moved otherwise than was asked
 */
async function tell(deps: DoorDeps, connector: string, told: Told): Promise<200 | 404 | 409 | 422> {
  const contract = await deps.contractOf(told.caseId, connector);
  if (contract === null) return 404;
  if (told.kind === 'event') {
    if (eventProblem(contract, told.event, told.data) !== null) return 422;
    return (await deps.inbox.event(connector, told.event, { caseId: told.caseId }, told.data)) ? 200 : 404;
  }
  const { caseId, call, generation, outcome, data } = told;
  try {
    checkOutcome(contract, told.operation, { outcome, data });
  } catch {
    return 422;
  }
  const untaken = await deps.inbox.outcome({ caseId, call, generation }, { outcome, data });
  if (untaken === null) return 200;
  const reason = untaken.code === 'outcome-other' ? 'other' : 'shape';
  deps.clients?.refusals.record({ connector, reason, reference: untaken.caseNumber });
  return 409;
}

async function answerSandbox(deps: DoorDeps, secret: string, connector: string, message: Received): Promise<Reply> {
  const { path, body, headers, now } = message;
  // Freshness is a matter of real time, whatever the sandbox has made of the server's clock.
  if (!verify(secret, path, body, headers, now)) return refusal(401, 'bad-signature', '签名不符');
  const told = parse(body);
  if (told === null) return refusal(400, 'bad-request', '不是约定的消息');
  const status = await tell(deps, connector, told);
  if (status === 200) return { status, type: 'application/json', text: JSON.stringify({ taken: true }) };
  if (status === 404) return refusal(404, 'not-found', '没有这个业务单');
  return refusal(status, 'contract', status === 409 ? '与请求的内容不同' : '不是约定的内容');
}

function refusal(status: number, code: string, message: string): Reply {
  return { status, type: 'application/json', text: JSON.stringify({ error: { code, message } }) };
}

function parse(bytes: Buffer): Told | null {
  const message = jsonOf(bytes);
  if (message === null || typeof message.caseId !== 'string') return null;
  const data = message.data ?? {};
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return null;
  const { caseId, event, operation, call, generation, outcome } = message;
  if (typeof event === 'string') return { kind: 'event', caseId, event, data };
  if (typeof operation !== 'string' || typeof call !== 'string' || typeof outcome !== 'string') return null;
  if (typeof generation !== 'number') return null;
  return { kind: 'outcome', caseId, operation, call, generation, outcome, data };
}

/** The object that a body says, or null. */
export function jsonOf(bytes: Buffer): JsonObject | null {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}
