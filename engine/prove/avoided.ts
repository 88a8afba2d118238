import type { Step } from '../explore/explore.ts';
import { evaluateText, parse, references } from '../expressions/index.ts';
import type { Definition } from '../model/definition.ts';
import { historyOf } from '../run/configuration.ts';
import { scopeOf } from '../run/scope.ts';
import { worldOf } from '../run/world.ts';
import type { Session } from '../simulate/index.ts';
import { envOf } from '../simulate/session.ts';

type Stepped = Pick<Step, 'move' | 'taken' | 'voided' | 'choices'>;

/** What no case does, as far as ways that did not play have shown. */
export interface Avoided {
  /** Steps, see `keyOf`. */
  readonly steps: ReadonlySet<string>;
  /** Answers to what the search does not know: `has(invoice.wanted)=0`. */
  readonly answers: ReadonlySet<string>;
}

export function isAvoided(step: Stepped, { steps, answers }: Avoided): boolean {
  return (
    (answers.size > 0 && step.choices.some(({ about, option }) => answers.has(`${about}=${option}`))) ||
    (steps.size > 0 && steps.has(keyOf(step)))
  );
}

/**
 * What is avoided from now on, since this step could not be made in that session: the answers about forms that are not
 * what the forms hold, or else the step itself.
 */
export function avoidingAlso(avoided: Avoided, definition: Definition, session: Session, step: Stepped): Avoided {
  const wrong = wrongAnswers(definition, session, step).filter((answer) => !avoided.answers.has(answer));
  if (wrong.length > 0) return { ...avoided, answers: new Set([...avoided.answers, ...wrong]) };
  return { ...avoided, steps: new Set([...avoided.steps, keyOf(step)]) };
}

function wrongAnswers(definition: Definition, session: Session, { choices }: Stepped): readonly string[] {
  const { state } = session;
  const world = worldOf(state, historyOf(state), { event: {}, actor: null }, envOf(session));
  const scope = scopeOf(definition, world);
  return choices.flatMap(({ about, option }) => {
    const parsed = parse(about);
    if (parsed.kind === 'failed') return [];
    const roots = references(parsed.expression.ast).map(({ path }) => path[0] as string);
    if (roots.length === 0 || !roots.every((root) => state.forms[root] !== undefined)) return [];
    const known = evaluateText(about, scope);
    return known.kind === 'value' && (known.value === true) !== (option === 1) ? [`${about}=${option}`] : [];
  });
}

/** What tells a step from others. */
function keyOf({ move, taken, voided, choices }: Stepped): string {
  const chosen = choices.map(({ about, option }) => `${about}=${option}`);
  return [move.type, taken.map(({ id }) => id).join(), voided.join(), ...chosen].join('|');
}
