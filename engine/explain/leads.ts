import type { Definition } from '../model/definition.ts';
import { once } from '../model/once.ts';
import { within } from '../run/configuration.ts';

/**
 * Who leads whom: a role that is told at the desk when a promise presses or is late leads the roles that have to keep it.
 * Leader -> led. [XPL-14]
 */
export const leadsOf = once((definition: Definition): ReadonlyMap<string, ReadonlySet<string>> => {
  const { chart, declared, states } = definition;
  const found = new Map<string, Set<string>>();
  for (const { address, promise, remind } of Object.values(chart.states)) {
    if (promise === null) continue;
    const keepers = Object.values(states).flatMap((state) =>
      state.task !== null && within(state.address, address) ? [state.task.by] : [],
    );
    for (const { notice } of remind) {
      const told = declared.notices[notice];
      if (told?.by !== 'desk' || told.role === undefined) continue;
      const led = found.get(told.role) ?? new Set();
      for (const role of keepers) if (role !== told.role) led.add(role);
      if (led.size > 0) found.set(told.role, led);
    }
  }
  return found;
});
