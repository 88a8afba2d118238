import { Document, isMap, isSeq, type Node, visit } from 'yaml';
import { language } from '../read/upgrade/language.ts';
import type { Scenario } from '../simulate/scenario.ts';

/** A scenario as its file: each step on a line of its own, as people write them. */
export function scenarioText(scenario: Scenario): string {
  const { scenario: title, project, now, calendar, steps } = scenario;
  const when = { ...(now === undefined ? {} : { now }), ...(calendar === undefined ? {} : { calendar }) };
  const head = { language, scenario: title, project, ...when };
  const document = new Document({ ...head, steps }, { aliasDuplicateObjects: false });
  visit(document, {
    Seq(_key, node, path) {
      if (path.some((each) => isSeq(each as Node))) node.flow = true;
    },
    Map(_key, node, path) {
      // The steps stand below each other, and so do the words of one step; what is inside them is in one line.
      const inside = path.filter((each) => isMap(each as Node) || isSeq(each as Node)).length;
      if (inside > 2) node.flow = true;
    },
  });
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
}
