import { expect } from 'vitest';
import type { Actor, Command } from '../../engine/model/command.ts';
import { actorFor, begin, completeCommand, type Fill } from '../../engine/simulate/index.ts';
import type { Applied } from '../../server/cases/answers.ts';
import type { Connectors } from '../../server/connectors/index.ts';
import type { Running } from '../../server/server.ts';

/** An outside world that never answers: tests tell each answer by themselves. */
export const silent: Connectors = {
  perform: async () => 'pending',
  poll: async () => 'pending',
  send: async () => undefined,
};

const applicant: Actor = { id: 'applicant-one', roles: ['applicant'] };

export function tell(running: Running, id: string, command: Command): Promise<Applied> {
  return running.context.cases.apply(id, () => ({ command }));
}

/** `actor`: whoever may, by the link of the task where it has one. */
export async function pressBy(
  running: Running,
  id: string,
  event: string,
  actor: Actor | null,
  fill: Fill = {},
): Promise<Applied> {
  const { document, definition } = await running.context.cases.read(id);
  const session = { ...begin(definition), state: document.state, now: running.context.clock.now() };
  return tell(running, id, completeCommand(session, event, actor ?? actorFor(session, event), fill));
}

/** A case that waits for finance to compare its voucher with the statement. @returns its id */
export async function remitted(running: Running, project: string): Promise<string> {
  const definition = running.context.inForce().find((one) => one.project.id === project)!;
  const { id } = (await running.context.cases.start(definition, applicant.id)).state;
  const press = (event: string, actor: Actor | null, fill?: Fill) => pressBy(running, id, event, actor, fill);
  for (let page = 0; page < 5; page++) await press('NEXT', applicant);
  await tell(running, id, { kind: 'outside', event: 'SCANNED', data: { agentQr: 'right' } });
  await press('ID_UPLOADED', null);
  await tell(running, id, { kind: 'outcome', call: 'main.work.agent.check', generation: 1, outcome: 'MATCH' });
  await press('ORDER', applicant, { order: { mode: 'remittance' } });
  await press('VOUCHER', applicant);
  expect((await running.context.cases.read(id)).document.state.active).toContain('main.work.payment.remitCheck');
  return id;
}
