import { expect, test } from 'vitest';
import { loadAll } from '../../../engine/index.ts';
import { actorFor, begin, completeCommand, play, walkTo } from '../../../engine/simulate/index.ts';
import { definitionFiles } from '../../support/definitions.ts';

const call = 'main.work.agent.check';

test('what is known of a request counts when the case comes back, whichever answer came first [RUN-16]', () => {
  const definition = loadAll(definitionFiles()).projects.szmg!;
  for (const order of [
    ['UNAVAILABLE', 'MATCH'],
    ['MATCH', 'UNAVAILABLE'],
  ]) {
    let session = walkTo({ ...begin(definition), world: { 'telecom.verifyPerson': 'none' } }, call)!;
    const { generation } = session.state.calls[call]!;
    const press = (event: string) => {
      const played = play(session, completeCommand(session, event, actorFor(session, event)));
      expect(played.kind).toBe('played');
      session = played.session;
    };
    press('HOLD');
    for (const outcome of order) session = play(session, { kind: 'outcome', call, generation, outcome }).session;
    press('UNHOLD');
    expect(session.state.active.join(' ')).toContain('main.work.payment.order');
  }
});
