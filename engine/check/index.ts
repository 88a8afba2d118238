import type { Composition } from '../compose/index.ts';
import type { Issue } from '../model/issue.ts';
import type { Bundle } from '../read/bundle.ts';
import { names } from './names.ts';
import type { Rule } from './rule.ts';

/** All rules, in the order in which a person would want to know. */
export const rules: readonly Rule[] = [names];

/** Issues of one project's composition that its files alone do not show. */
export function checkComposition(composition: Composition): Issue[] {
  return rules.flatMap((rule) => rule.check(composition));
}

/** Issues between files that no single project shows. */
export function checkBundle(_bundle: Bundle, _compositions: readonly Composition[]): Issue[] {
  return [];
}
