import { timerId } from '../compile/names.ts';
import { delayWords } from '../compose/duration.ts';
import { labelOf } from '../explain/text.ts';
import type { Command } from '../model/command.ts';
import type { Definition } from '../model/definition.ts';

/** The line of the journal for what no person did. */
export function titleOfCommand(
  definition: Definition,
  command: Extract<Command, { kind: 'outcome' } | { kind: 'timer' }>,
): string {
  if (command.kind === 'outcome') {
    const call = definition.chart.states[command.call]?.call;
    const operation = call == null ? undefined : definition.connectors[call.connector]?.operations[call.operation];
    const outcome =
      command.outcome === 'UNAVAILABLE' ? '没有答复' : (operation?.outcomes[command.outcome]?.title ?? command.outcome);
    return operation === undefined ? outcome : `${operation.title}：${outcome}`;
  }
  const address = command.timer.slice(0, command.timer.indexOf('|'));
  const state = definition.chart.states[address];
  const reminder = state?.remind.find((each) => timerId(address, 'remind', each.key) === command.timer);
  if (reminder !== undefined) return `“${labelOf(definition, address)}”已 ${delayWords(reminder.duration)}，发出提醒`;
  const deadline = state?.after.find((each) => timerId(address, 'after', each.key) === command.timer);
  return deadline === undefined
    ? '到期'
    : `“${labelOf(definition, address)}”已到期限（${delayWords(deadline.duration)}）`;
}
