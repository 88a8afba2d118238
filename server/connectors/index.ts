import type { ConnectorDefinition } from '../../engine/model/definition.ts';
import type { JsonObject } from '../../engine/model/json.ts';
import type { Connector, Outcome, RequestContext } from './connector.ts';
import { checkInput, checkOutcome } from './contract.ts';
import { TechnicalFailure } from './failure.ts';
import { type SandboxAddress, SandboxConnector } from './sandbox/client.ts';

export { ContractViolation, TechnicalFailure } from './failure.ts';
export { connectorRoutes } from './routes.ts';

/** What leaves the house by SMS or e-mail. The text is final. */
export interface Message {
  readonly by: 'sms' | 'email';
  readonly to: string;
  readonly text: string;
}

/** The connectors of this server: a real client where one is registered, else the sandbox's, else none. */
export interface Connectors {
  /**
   * One operation under the case's own contract; request and result are checked against it.
   * @returns the outcome, or `pending` when it comes later by callback
   * @throws TechnicalFailure: repeat it. ContractViolation: repeating is no use.
   */
  perform(
    contract: ConnectorDefinition,
    operation: string,
    input: JsonObject,
    request: RequestContext,
  ): Promise<Outcome | 'pending'>;
  /** Asks for the result of a pending request; `pending` where the other side cannot be asked. */
  poll(contract: ConnectorDefinition, operation: string, request: RequestContext): Promise<Outcome | 'pending'>;
  /** Sends a notice. @throws TechnicalFailure: repeat it with the same key. */
  send(message: Message, request: RequestContext): Promise<void>;
}

/** Id of the connector that carries notices; its operations are the channels. */
const messages = 'message';

/**
 * Real clients by id, each in a folder of its own, made from the configuration. None stands here yet: production refuses
 * what it has no client for, development asks the sandbox.
 */
export function createConnectors(options: {
  readonly sandbox: SandboxAddress | null;
  readonly real?: readonly Connector[];
}): Connectors {
  const known = new Map<string, Connector>((options.real ?? []).map((connector) => [connector.id, connector]));
  const find = (id: string, operation: string): Connector => {
    const found = known.get(id);
    if (found !== undefined) return found;
    if (options.sandbox === null) throw new TechnicalFailure(`${id}.${operation}`, 'no client is configured for it');
    const made = new SandboxConnector(id, options.sandbox);
    known.set(id, made);
    return made;
  };

  return {
    async perform(contract, operation, input, request) {
      checkInput(contract, operation, input);
      const result = await find(contract.id, operation).perform(operation, input, request);
      if (result !== 'pending') checkOutcome(contract, operation, result);
      return result;
    },
    async poll(contract, operation, request) {
      const result = await (find(contract.id, operation).poll?.(operation, request) ?? 'pending');
      if (result !== 'pending') checkOutcome(contract, operation, result);
      return result;
    },
    async send(message, request) {
      const result = await find(messages, message.by).perform(
        message.by,
        { to: message.to, text: message.text, ...(message.by === 'email' ? { subject: subject(message.text) } : {}) },
        request,
      );
      if (result !== 'pending' && result.outcome !== 'SENT')
        throw new TechnicalFailure(`${messages}.${message.by}`, result.outcome);
    },
  };
}

/** The first sentence, as far as a subject line goes. */
function subject(text: string): string {
  return (/^[^。！？\n]+/.exec(text)?.[0] ?? text).slice(0, 60);
}
