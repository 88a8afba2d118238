import type { ChartState } from '../model/composed.ts';
import type { Definition } from '../model/definition.ts';
import { once } from '../model/once.ts';

/** A claimed task, and the queue that it comes from and goes back to. */
export interface Handing {
  /** State of the claimed task. */
  readonly state: string;
  readonly queue: string;
  /** Part as which somebody signed for it. */
  readonly part: string;
  readonly role: string;
  /** Event that puts it back, and the one that takes it. */
  readonly giveBack: string;
  readonly take: string;
}

/**
 * The tasks that can be handed on while whoever has claimed them is away: somebody's own, with a button that leads back
 * to a state of the same role out of which one signs for it again, both without a form. [RUN-34]
 */
export const handings = once((definition: Definition): readonly Handing[] => {
  const { chart } = definition;
  return Object.values(chart.states).flatMap((state) => {
    const part = state.task?.only;
    const role = state.task?.by;
    if (part == null || role === undefined) return [];
    for (const [giveBack, queue] of leadingFrom(definition, state, role)) {
      if (queue.task?.by !== role || queue.task.only !== null) continue;
      const back = leadingFrom(definition, queue, role).find(
        ([take, target]) => target.address === state.address && signs(queue, take, part),
      );
      if (back !== undefined)
        return [{ state: state.address, queue: queue.address, part, role, giveBack, take: back[0] }];
    }
    return [];
  });
});

/** Whether an event puts the claimed task of this state back, or takes it out of this queue. */
export function isHandedOn(definition: Definition, address: string | undefined, event: string): boolean {
  return handings(definition).some(
    ({ state, queue, giveBack, take }) =>
      (address === state && event === giveBack) || (address === queue && event === take),
  );
}

/** Buttons of the role in a state that ask for nothing, and where each leads. */
function leadingFrom(
  { chart, declared }: Definition,
  state: ChartState,
  role: string,
): readonly (readonly [string, ChartState])[] {
  return Object.entries(state.on).flatMap(([event, { branches }]) => {
    const { by, form } = declared.events[event] ?? {};
    const to = branches.find((branch) => branch.refuse === null)?.to;
    const target = to?.kind === 'state' ? chart.states[to.address] : undefined;
    return by === role && form === undefined && target !== undefined ? [[event, target] as const] : [];
  });
}

function signs(queue: ChartState, event: string, part: string): boolean {
  return queue.on[event]?.branches.some(({ words }) => words.sign.includes(part)) ?? false;
}
