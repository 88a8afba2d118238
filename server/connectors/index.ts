import type { ConnectorDefinition } from '../../engine/model/definition.ts';
import type { JsonObject } from '../../engine/model/json.ts';
import type { Connector, Outcome, Received, RequestContext, Taken } from './connector.ts';
import { checkInput, checkOutcome, checkSame } from './contract.ts';
import { ContractViolation, TechnicalFailure } from './failure.ts';
import { HttpConnector, type HttpTools } from './http/connector.ts';
import type { Breaker } from './outside/breaker.ts';
import { type SandboxAddress, SandboxConnector } from './sandbox/client.ts';

export { ContractViolation, TechnicalFailure } from './failure.ts';
export { connectorRoutes } from './routes.ts';

/** What leaves the house by SMS or e-mail. The text is final. */
export interface Message {
  readonly by: 'sms' | 'email';
  readonly to: string;
  readonly text: string;
}

/** The connectors of this server: a client of ours, else what the contract's file says of HTTP, else the sandbox's, else none. */
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
  /**
   * Takes a message from outside. `contracts` are those in force of that id: the first whose callback knows the signature
   * speaks. @returns null when no client of this server hears it.
   */
  receive?(id: string, contracts: readonly ConnectorDefinition[], message: Received): Promise<Taken | null>;
}

/** Id of the connector that carries notices; its operations are the channels. */
const messages = 'message';

export interface ConnectorOptions {
  readonly sandbox: SandboxAddress | null;
  /** Clients by id, each in a folder of its own, made from the configuration. */
  readonly real?: readonly Connector[];
  /** For contracts that say themselves how they are kept over HTTP. */
  readonly http?: HttpTools;
  readonly breaker?: Breaker;
}

export function createConnectors({ sandbox, real = [], http, breaker }: ConnectorOptions): Connectors {
  const known = new Map<string, Connector>(real.map((connector) => [connector.id, connector]));
  const played = new Map<string, Connector>();
  const written = new WeakMap<ConnectorDefinition, HttpConnector>();

  function httpOf(contract: ConnectorDefinition): HttpConnector | null {
    if (!http || !contract.http) return null;
    let made = written.get(contract);
    if (!made) {
      made = new HttpConnector({ ...contract, http: contract.http }, http);
      written.set(contract, made);
    }
    return made;
  }

  function sandboxOf(id: string): Connector | null {
    if (sandbox === null) return null;
    const made = played.get(id) ?? new SandboxConnector(id, sandbox);
    played.set(id, made);
    return made;
  }

  function find(id: string, operation: string, contract: ConnectorDefinition | null): Connector {
    const found = known.get(id);
    if (found) return found;
    const spoken = contract && httpOf(contract);
    if (spoken && http?.outside.allows(spoken.base)) return spoken;
    const toy = sandboxOf(id);
    if (toy) return toy;
    if (spoken)
      throw new ContractViolation(
        `${id}.${operation}`,
        `${spoken.base} is not in CERTFLOW_HOSTS or CERTFLOW_PRIVATE_HOSTS`,
      );
    throw new TechnicalFailure(`${id}.${operation}`, 'no client is configured for it');
  }

  /** The sandbox is not spared: tests want it to fail as often as they say. */
  function guarded<T>(connector: Connector, operation: string, work: () => Promise<T>): Promise<T> {
    if (!breaker || connector instanceof SandboxConnector) return work();
    return breaker.run(connector.id, `${connector.id}.${operation}`, work);
  }

  return {
    async perform(contract, operation, input, request) {
      checkInput(contract, operation, input);
      const connector = find(contract.id, operation, contract);
      return guarded(connector, operation, async () => {
        const result = await connector.perform(operation, input, request);
        if (result !== 'pending') {
          checkOutcome(contract, operation, result);
          checkSame(contract, operation, input, result);
        }
        return result;
      });
    },
    async poll(contract, operation, request) {
      const connector = find(contract.id, operation, contract);
      return guarded(connector, operation, async () => {
        const result = await (connector.poll?.(operation, request) ?? 'pending');
        if (result !== 'pending') checkOutcome(contract, operation, result);
        return result;
      });
    },
    async send(message, request) {
      const connector = find(messages, message.by, null);
      const { by, to, text } = message;
      const input = { to, text, ...(by === 'email' ? { subject: subject(text) } : {}) };
      const result = await guarded(connector, by, () => connector.perform(by, input, request));
      if (result !== 'pending' && result.outcome !== 'SENT')
        throw new TechnicalFailure(`${messages}.${by}`, result.outcome);
    },
    async receive(id, contracts, message) {
      const client = known.get(id);
      if (client) return client.receive?.(message) ?? null;
      let refused: Taken | null = null;
      for (const contract of contracts) {
        const connector = contract.http?.callback ? httpOf(contract) : null;
        if (!connector || !http?.outside.allows(connector.base)) continue;
        const taken = await connector.receive(message);
        if (taken.refused?.reason !== 'signature') return taken;
        refused = taken;
      }
      return refused;
    },
  };
}

/** The first sentence, as far as a subject line goes. */
function subject(text: string): string {
  return (/^[^。！？\n]+/.exec(text)?.[0] ?? text).slice(0, 60);
}
