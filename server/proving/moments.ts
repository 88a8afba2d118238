import type { PathMoment } from '../../engine/contract/verdict.ts';
import type { ScenarioResult, ScenarioStep } from '../../engine/index.ts';
import type { Definition } from '../../engine/model/definition.ts';

/** The beginning, and what stands after each step; a step that only looks or says something leads nowhere. */
export function momentsOf(
  definition: Definition,
  steps: readonly ScenarioStep[],
  { moments, session, failure }: ScenarioResult,
): readonly PathMoment[] {
  const all = moments.flatMap(({ state }, index): PathMoment[] => {
    const step = index === 0 ? null : (steps[index - 1] ?? null);
    if (step !== null && (step.expect !== undefined || step.say !== undefined)) return [];
    return [{ ...wordsOf(definition, step), active: state.active }];
  });
  // The step that breaks a law is made, and is the one that matters.
  const last = failure === null ? undefined : steps[failure.step];
  if (last === undefined || last.expect !== undefined || session === null || session === moments.at(-1)) return all;
  return [...all, { ...wordsOf(definition, last), active: session.state.active }];
}

function wordsOf(definition: Definition, step: ScenarioStep | null): Pick<PathMoment, 'kind' | 'title' | 'detail'> {
  const event = (name: string) => definition.declared.events[name]?.title ?? name;
  if (step === null) return { kind: 'begin', title: '', detail: '' };
  if (step.do !== undefined) return { kind: 'do', title: event(step.do), detail: step.as ?? '' };
  if (step.notice !== undefined) return { kind: 'notice', title: event(step.notice), detail: '' };
  if (step.refused !== undefined) return { kind: 'refused', title: event(step.refused), detail: step.why ?? '' };
  if (step.advance !== undefined) return { kind: 'advance', title: step.advance, detail: '' };
  if (step.answer !== undefined) {
    const [connector = '', operation = ''] = step.answer.split('.');
    const known = definition.connectors[connector]?.operations[operation];
    const outcome = step.outcome ?? '';
    return {
      kind: 'answer',
      title: known?.title ?? step.answer,
      detail: known?.outcomes[outcome]?.title ?? outcome,
    };
  }
  if (step.through !== undefined)
    return { kind: 'through', title: definition.chart.states[step.through]?.title ?? step.through, detail: '' };
  return { kind: 'world', title: Object.keys(step.world ?? {}).join(', '), detail: '' };
}
