import type { Charts } from '../compose/charts.ts';
import type { Composition } from '../compose/index.ts';
import type { Overlay } from '../compose/overlay.ts';
import { said } from '../errors/index.ts';
import type { Issue } from '../model/issue.ts';
import { issueAt } from '../read/index.ts';
import { keyAt, type Rule, valueAt } from './rule.ts';
import { type Lack, lacksOf } from './ways.ts';

/**
 * Every state can be reached, has somebody who moves it on, and a way to an end; every goal can be reached. What the
 * project's own changes or settings take from a state of the base is told where the project says it.
 */
export const reach: Rule = {
  id: 'reach',
  last: true,
  check(composition) {
    const { written, declared, composed, overlay } = composition;
    const lacks = lacksOf({ written, chart: composed.chart, declared });
    return lacks.map((lack) => strandedBy(composition, overlay, lack) ?? issueOf(composition, lack));
  },
};

function issueOf(composition: Composition, lack: Lack): Issue {
  const params = paramsOf(composition, lack);
  if (lack.code === 'goal-unreachable') {
    const at = `goals.${composition.declared.goals.indexOf(lack.state)}`;
    return issueAt(valueAt(composition, at), lack.code, params, { path: at });
  }
  return issueAt(keyAt(composition, lack.state), lack.code, params, { path: lack.state });
}

function paramsOf(composition: Composition, lack: Lack) {
  return { name: lack.state, project: composition.composed.project.id };
}

/** The change or the setting of the project without which the state would not lack it; null when the base lacks it too. */
function strandedBy(composition: Composition, overlay: Overlay, lack: Lack): Issue | null {
  const what = said(lack.code, paramsOf(composition, lack));
  if (overlay.changes.length > 0 && !lacking(overlay.base(), lack) && lack.state in overlay.base().written.states) {
    const change = overlay.changes.find(({ after }) => lacking(after(), lack));
    if (change !== undefined) {
      const params = { change: change.name, what };
      return issueAt(change.origin, 'change-strands', params, { path: `changes.${change.name}` });
    }
  }
  const setting = overlay.settings.find(({ without }) => !lacking(without(), lack));
  if (setting === undefined) return null;
  const proposal = `${setting.name}: ${JSON.stringify(setting.usual)}`;
  const params = { name: setting.name, what };
  return issueAt(setting.origin, 'setting-strands', params, { path: `settings.${setting.name}`, proposal });
}

function lacking(charts: Charts, lack: Lack): boolean {
  return lacksOf(charts).some((other) => other.code === lack.code && other.state === lack.state);
}
