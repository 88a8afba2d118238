import { labelOf } from '../explain/text.ts';
import { chainOf } from '../run/configuration.ts';
import { type Block, table } from './blocks.ts';
import type { Known } from './known.ts';

/** The words that the person reads for where the case is, and whose turn it is then. */
export function statuses({ definition }: Known, person: string): readonly Block[] {
  const { chart, roles, connectors } = definition;
  const rows = new Map<string, readonly string[]>();
  for (const state of Object.values(chart.states)) {
    if (state.children.length > 0 || state.label === null) continue;
    const label = labelOf(definition, state.address);
    const around = chainOf(state.address).flatMap((address) => chart.states[address] ?? []);
    const task = around.findLast((each) => each.task !== null)?.task ?? null;
    const call = state.call === null ? null : connectors[state.call.connector];
    const who =
      state.kind === 'final'
        ? '已结束'
        : task !== null
          ? task.by === person
            ? '您'
            : (roles[task.by]?.title ?? task.by)
          : (call?.title ?? '系统');
    // One word may stand for several states: where one of them asks for something, that is told.
    if (!rows.has(label) || (who === '您' && rows.get(label)?.[1] !== '您'))
      rows.set(label, [label, who, task?.by === person ? (task.title ?? '') : '']);
  }
  return table(['状态', '轮到谁', '要做什么'], [...rows.values()]);
}
