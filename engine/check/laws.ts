import type { Issue } from '../model/issue.ts';
import { condition } from './conditions.ts';
import { type Rule, unknown, valueAt } from './rule.ts';
import { typesOf } from './types.ts';

/** Laws, those that the project adds among them: what must hold can be worked out, and what they name exists. */
export const laws: Rule = {
  id: 'laws',
  check(composition) {
    const issues: Issue[] = [];
    const { declared, written, places } = composition;
    const states = Object.keys(written.states).filter((address) => address !== '');
    const events = Object.keys(declared.events);
    for (const [id, law] of Object.entries(declared.laws)) {
      condition(composition, law.must, typesOf(composition), `laws.${id}.must`, issues);
      for (const [index, address] of (law.at ?? []).entries()) {
        if (address === 'case' || Object.hasOwn(written.states, address)) continue;
        const at = places.has(`laws.${id}.at.${index}`) ? `laws.${id}.at.${index}` : `laws.${id}.at`;
        issues.push(unknown(valueAt(composition, at), 'unknown-state', address, states, at, { from: '根' }));
      }
      const at = `laws.${id}.offers`;
      if (law.offers !== undefined && !events.includes(law.offers))
        issues.push(unknown(valueAt(composition, at), 'unknown-event', law.offers, events, at));
    }
    return issues;
  },
};
