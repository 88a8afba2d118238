import type { Play } from './complete.ts';

/**
 * A case as a durable workflow of DBOS: it waits for its next event, works out the case with the same engine, and keeps
 * what came of it as the result of a step. An event is acknowledged when that is durable. Whoever asks is told in the
 * same process, which costs nothing: an event or a message back would be a further write.
 */
export interface DurableWorkflows {
  begin(id: string): Promise<void>;
  /** Gives the workflow event `n` and waits until its result is durable. */
  step(id: string, n: number): Promise<void>;
  stop(): Promise<void>;
}

const TOPIC = 'events';

/** @returns null where it is not installed @param url of a database; DBOS makes a schema of its own in it */
export async function openWorkflows(url: string, connections: number, play: Play): Promise<DurableWorkflows | null> {
  const found = await import('@dbos-inc/dbos-sdk').catch(() => null);
  if (found === null) return null;
  const { DBOS } = found;
  const told = new Map<string, () => void>();
  const workflow = DBOS.registerWorkflow(
    async (id: string) => {
      for (let n = 1; ; n += 1) {
        const event = await DBOS.recv(TOPIC, 600);
        if (event === null || event === '') return;
        await DBOS.runStep(async () => play.work(n), { name: 'step' });
        told.get(id)?.();
      }
    },
    { name: 'case' },
  );
  const settings = { systemDatabaseUrl: url, systemDatabasePoolSize: connections, logLevel: 'error' };
  DBOS.setConfig({ name: 'bench', ...settings, runAdminServer: false });
  await DBOS.launch();
  const begun = new Set<string>();
  return {
    async begin(id) {
      begun.add(id);
      await DBOS.startWorkflow(workflow, { workflowID: id })(id);
    },
    async step(id, n) {
      const durable = new Promise<void>((resolve) => told.set(id, resolve));
      await DBOS.send(id, play.event(n), TOPIC);
      await durable;
    },
    async stop() {
      for (const id of begun) await DBOS.send(id, '', TOPIC);
      await DBOS.shutdown();
    },
  };
}
