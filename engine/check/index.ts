import type { Composition } from '../compose/index.ts';
import type { Issue } from '../model/issue.ts';
import type { Bundle } from '../read/bundle.ts';
import { calls } from './calls.ts';
import { conditions } from './conditions.ts';
import { events } from './events.ts';
import { names } from './names.ts';
import { reach } from './reach.ts';
import { references } from './references.ts';
import type { Rule } from './rule.ts';
import { shape } from './shape.ts';
import { tables } from './tables.ts';
import { texts } from './texts.ts';
import { unused } from './unused.ts';

/** All rules, in the order in which a person would want to know. */
export const rules: readonly Rule[] = [
  shape,
  names,
  references,
  events,
  calls,
  conditions,
  texts,
  tables,
  reach,
  unused,
];

/** Issues of one project's composition that its files alone do not show. */
export function checkComposition(composition: Composition): Issue[] {
  return rules.flatMap((rule) => rule.check(composition));
}

/** Issues between files that no single project shows. */
export function checkBundle(_bundle: Bundle, _compositions: readonly Composition[]): Issue[] {
  return [];
}
