import type { Outcome, RequestContext } from '../connectors/connector.ts';
import { ContractViolation, NotYet, OtherAnswer } from '../connectors/failure.ts';
import type { Connectors } from '../connectors/index.ts';
import { type Tracing, traced } from '../trace/tracing.ts';
import type { Metrics } from './metrics.ts';

const NOT_SENT = 'not-sent';

/**
 * The same connectors: what is asked of other systems is counted by how it ended, and is a part of its trace. An outcome is
 * a word of the contract; what another system said instead is not repeated.
 */
export function meteredConnectors(
  connectors: Connectors,
  metrics: Pick<Metrics, 'call'>,
  tracing: Tracing,
): Connectors {
  const asked = <T>(
    connector: string,
    operation: string,
    { caseId }: RequestContext,
    work: () => Promise<T>,
    outcomeOf: (result: T) => string,
  ): Promise<T> => {
    const about = { 'certflow.connector': connector, 'certflow.operation': operation };
    return traced(
      tracing,
      { name: `${connector}.${operation}`, kind: 'client', about, ...(caseId && { case: caseId }) },
      async () => {
        const start = performance.now();
        const done = (outcome: string) =>
          // What was not sent says nothing about how long the other side takes.
          metrics.call(connector, operation, outcome, outcome === NOT_SENT ? null : (performance.now() - start) / 1000);
        try {
          const result = await work();
          done(outcomeOf(result));
          return result;
        } catch (error) {
          done(failureOf(error));
          throw error;
        }
      },
    );
  };
  const { receive } = connectors;
  return {
    perform: (contract, operation, input, request) =>
      asked(contract.id, operation, request, () => connectors.perform(contract, operation, input, request), wordOf),
    poll: (contract, operation, request) =>
      asked(contract.id, operation, request, () => connectors.poll(contract, operation, request), wordOf),
    send: (message, request) =>
      asked(
        'message',
        message.by,
        request,
        () => connectors.send(message, request),
        () => 'sent',
      ),
    ...(receive && { receive: (...given) => receive.apply(connectors, given) }),
  };
}

const wordOf = (result: Outcome | 'pending'): string => (result === 'pending' ? 'pending' : result.outcome);

function failureOf(error: unknown): string {
  if (error instanceof NotYet) return NOT_SENT;
  if (error instanceof OtherAnswer) return 'other-answer';
  return error instanceof ContractViolation ? 'violation' : 'failed';
}
