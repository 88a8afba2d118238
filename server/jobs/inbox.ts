import type { Cases } from '../cases/cases.ts';
import type { Inbox } from '../connectors/connector.ts';
import { Fault } from '../fault.ts';
import type { Log } from '../log.ts';

/**
 * What connectors tell unasked, as commands. Already authenticated and checked against the contract; duplicates are known
 * by the sender's own id, which is kept in the case's document in the very commit that applies the message.
 */
export function createInbox(cases: Cases, log: Log): Inbox {
  return {
    async outcome({ caseId, call, generation }, { outcome, data }) {
      const key = `outcome:${call}:${generation}`;
      const result = await cases.apply(caseId, (document) => {
        if (document.consumed.includes(key)) return null;
        const command = { kind: 'outcome', call, generation, outcome, ...(data ? { data } : {}) } as const;
        return { command, consumed: [key] };
      });
      if (result.kind !== 'refused') return null;
      const codes = result.blockers.map(({ code }) => code);
      log.error({ case: caseId, call, outcome, blockers: codes }, 'outcome refused');
      return { code: codes[0] ?? '', caseNumber: result.document.state.number };
    },

    async event(connector, event, { caseId }, data) {
      try {
        const { definition } = await cases.read(caseId);
        const from = `${connector}.${event}`;
        const name = Object.entries(definition.declared.events).find(([, declared]) => declared.from === from)?.[0];
        const idField = definition.connectors[connector]?.events[event]?.id;
        if (name === undefined || idField === undefined) {
          log.warn({ case: caseId, event: from }, 'nobody hears this event');
          return true;
        }
        const key = `${from}:${String(data[idField])}`;
        const result = await cases.apply(caseId, (document) =>
          document.consumed.includes(key) ? null : { command: { kind: 'outside', event: name, data }, consumed: [key] },
        );
        if (result.kind === 'refused') {
          log.error({ case: caseId, event: from, blockers: result.blockers.map(({ code }) => code) }, 'event refused');
        }
        return true;
      } catch (error) {
        if (error instanceof Fault && error.status === 404) return false;
        throw error;
      }
    },
  };
}
