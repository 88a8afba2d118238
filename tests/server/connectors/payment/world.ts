import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RequestContext, Taken, Told } from '../../../../server/connectors/connector.ts';
import { createOutside, type Outside } from '../../../../server/connectors/outside/hosts.ts';
import { createReferences, type References } from '../../../../server/connectors/outside/references.ts';
import { PaymentConnector } from '../../../../server/connectors/payment/connector.ts';
import { createLedger, type Ledger } from '../../../../server/connectors/payment/ledger.ts';
import type { PaymentProvider } from '../../../../server/connectors/payment/provider.ts';
import { createUntold } from '../../../../server/connectors/payment/untold.ts';
import { createMemoryStore } from '../../../../server/store/memory.ts';

/** A provider's sandbox on a port of this machine. */
export async function listen(listener: RequestListener): Promise<{ base: string; outside: Outside; close(): void }> {
  const server: Server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    base: `http://${host}`,
    outside: createOutside({ hosts: [], privateHosts: [host] }),
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** The payment connector as the server has it, with a case that only listens. */
export function connectorOf(provider: PaymentProvider): {
  readonly connector: PaymentConnector;
  readonly references: References;
  readonly ledger: Ledger;
  readonly told: object[];
  readonly context: (key: string) => RequestContext;
  readonly receive: (message: { headers: { [name: string]: string }; body: string }, now?: number) => Promise<Taken>;
} {
  const store = createMemoryStore();
  const references = createReferences(store);
  const ledger = createLedger(store);
  const told: object[] = [];
  const connector = new PaymentConnector({
    providers: [provider],
    references,
    inbox: {
      async event(_connector, event, { caseId }, data) {
        told.push({ event, caseId, data });
        return true;
      },
    },
    ledger,
    untold: createUntold(store),
    warn: (reason) => {
      throw new Error(reason);
    },
    now: Date.now,
    publicUrl: () => 'https://hall.example.com',
  });
  return {
    connector,
    ledger,
    references,
    told,
    context: (key) => ({
      ...{ key, caseId: 'case-1', caseNumber: '99926112310424301', project: 'example' },
      ...{ call: 'main.pay', generation: 3 },
    }),
    async receive({ headers, body }, now = Date.now()) {
      const taken = await connector.receive({
        ...{ part: provider.id, method: 'POST', path: `/connectors/payment/callback/${provider.id}`, query: {} },
        ...{ headers, body: Buffer.from(body), now },
      });
      if (!taken) throw new Error('the message was for nobody');
      return taken;
    },
  };
}

export const eventsOf = (taken: Taken): readonly Told[] => taken.told ?? [];
