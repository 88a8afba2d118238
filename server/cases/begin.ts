import type { Blocker } from '../../engine/model/blocker.ts';
import type { StepResult } from '../../engine/model/case.ts';
import type { Command, Environment } from '../../engine/model/command.ts';
import type { Definition } from '../../engine/model/definition.ts';
import type { CaseDocument } from '../store/store.ts';
import { here, traceparent } from '../trace/place.ts';
import type { Prepared } from './answers.ts';
import { assemble, firstDocument, type Step } from './commit.ts';
import type { Engine } from './deps.ts';
import type { Secrets } from './secrets.ts';

/** A case as it would be after its first commands; nothing is stored. */
export type Played =
  | { readonly kind: 'played'; readonly document: CaseDocument; readonly incidents: readonly string[] }
  | { readonly kind: 'refused'; readonly blockers: readonly Blocker[] };

/** Starts a case and sends it commands, one after the other, until one is refused. */
export function playFirst(
  { engine, secrets }: { readonly engine: Pick<Engine, 'start' | 'step'>; readonly secrets: Secrets },
  definition: Definition,
  identity: { readonly id: string; readonly number: string; readonly owner: string },
  commands: readonly Command[],
  env: Environment,
): Played {
  const begun = engine.start(definition, identity, env);
  if (begun.kind === 'refused') return begun;
  const incidents = [...begun.incidents];
  let document = firstDocument(stepOf(definition, begun, { command: null, now: env.now }), secrets);
  for (const command of commands) {
    const result = engine.step(definition, document.state, command, env);
    if (result.kind === 'refused') return result;
    incidents.push(...result.incidents);
    document = assemble(document, stepOf(definition, result, { command, now: env.now }), secrets);
  }
  return { kind: 'played', document, incidents };
}

/** An accepted step with what the shell has to remember of it. */
export function stepOf(
  definition: Definition,
  result: Extract<StepResult, { kind: 'stepped' }>,
  given: { readonly command: Command | null; readonly now: number; readonly more?: Step['more'] } & Partial<
    Omit<Prepared, 'command'>
  >,
): Step {
  const { command } = given;
  const place = here();
  return {
    next: result.next,
    effects: result.effects,
    more: given.more ?? [],
    entry: result.entry,
    now: given.now,
    consumed: given.consumed ?? [],
    burn: given.burn ?? [],
    ...(place && { trace: traceparent(place) }),
    once: (connector, operation) => definition.connectors[connector]?.operations[operation]?.once === true,
    answered:
      command?.kind === 'outcome'
        ? { call: command.call, generation: command.generation, outcome: command.outcome }
        : null,
  };
}
