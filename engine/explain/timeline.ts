import type { TimelineView } from '../contract/view.ts';
import type { CaseState, JournalEntry } from '../model/case.ts';
import type { Definition } from '../model/definition.ts';
import { partOf } from './parts.ts';
import { labelOf } from './text.ts';
import { nameOf } from './why.ts';

/** What happened, newest first. The owner does not see what changed nothing; whoever works on the case sees all. */
export function timelineOf(
  definition: Definition,
  state: CaseState,
  viewerId: string,
  journal: readonly JournalEntry[],
): readonly TimelineView[] {
  const owner = viewerId === state.owner;
  return journal
    .filter((entry) => !(owner && /^(stale|unheard):/.test(entry.what)))
    .map((entry) => lineOf(definition, state, entry))
    .reverse();
}

function lineOf(definition: Definition, state: CaseState, entry: JournalEntry): TimelineView {
  const details: string[] = [];
  const titles = (facts: readonly string[]) => facts.map((fact) => nameOf(definition, ['facts', fact])).join('、');
  if (entry.proved.length > 0) details.push(titles(entry.proved));
  if (entry.voided.length > 0) details.push(`作废：${titles(entry.voided)}`);
  if (entry.changed.length > 0) details.push(changedText(definition, entry.changed));
  // A move within one label is the engine's business.
  const before = new Set(entry.left.map((address) => labelOf(definition, address)));
  const entered = new Set(entry.entered.map((address) => labelOf(definition, address)));
  const labels = [...entered].filter((label) => label !== '' && !before.has(label));
  if (labels.length > 0 && entry.what !== 'start') details.push(`进入：${labels.join('、')}`);
  const looks = entry.entered.map((address) => definition.chart.states[address]?.look ?? null);
  const look = looks.includes('err') ? 'err' : entry.proved.length > 0 || looks.includes('ok') ? 'ok' : 'plain';
  const part = entry.part === 'start' ? ownerPart(definition, state) : partOf(definition, entry.part);
  return { at: entry.at, part, title: entry.title, details, look };
}

/** Who starts a case is whoever has the first task of the workflow. */
function ownerPart(definition: Definition, _state: CaseState) {
  const first = Object.values(definition.chart.states).find((each) => each.task !== null);
  return partOf(definition, first?.task?.by ?? 'start');
}

function changedText(definition: Definition, changed: readonly string[]): string {
  if (changed.length > 4) {
    const forms = [...new Set(changed.map((path) => path.split('.')[0] as string))];
    return `填写：${forms.map((form) => definition.forms[form]?.title ?? form).join('、')}`;
  }
  return `填写：${changed.map((path) => nameOf(definition, path.split('.'))).join('、')}`;
}
