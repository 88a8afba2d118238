import { endAmong } from '../../engine/explain/ends.ts';
import type { CaseState } from '../../engine/model/case.ts';
import type { Environment } from '../../engine/model/command.ts';
import type { Definition } from '../../engine/model/definition.ts';
import type { JsonObject } from '../../engine/model/json.ts';
import type { Engine } from '../cases/deps.ts';
import { ownerOf } from '../cases/describe.ts';
import { APPLICANT } from '../policies/roles.ts';

/** How a case stands, for a system of others: nothing of a person, not even whom it is about. */
export interface CaseStatus {
  readonly number: string;
  readonly project: string;
  readonly business: { readonly id: string; readonly title: string };
  /** As the applicant sees it in their list. */
  readonly status: string;
  /** `open`, `done` (it reached its goal), `ended` (it did not). */
  readonly phase: 'open' | 'done' | 'ended';
  /** Who has the turn; `none` when it is over or waits for a time. */
  readonly turn: 'applicant' | 'authority' | 'outside' | 'none';
  readonly updatedAt: string;
  /** Rises with every step: of two messages the one with the higher number is the newer one. */
  readonly revision: number;
}

export function statusOf(
  engine: Pick<Engine, 'row'>,
  definition: Definition,
  state: CaseState,
  env: Environment,
): CaseStatus {
  const row = engine.row(definition, state, ownerOf(state), env);
  return {
    number: state.number,
    project: state.project,
    business: definition.workflow,
    status: row.status.label,
    phase: phaseOf(definition, state),
    turn: turnOf(definition, row.waiting[0]?.who.id),
    updatedAt: new Date(state.updatedAt).toISOString(),
    revision: state.revision,
  };
}

function phaseOf(definition: Definition, { active, over }: CaseState): CaseStatus['phase'] {
  const end = endAmong(definition, active);
  if (end === 'reached') return 'done';
  return over || end === 'ended' ? 'ended' : 'open';
}

function turnOf({ roles, connectors }: Definition, part: string | undefined): CaseStatus['turn'] {
  if (part === APPLICANT) return 'applicant';
  if (part !== undefined && part in roles) return 'authority';
  return part !== undefined && part in connectors ? 'outside' : 'none';
}

/** What is told of a change; null when nothing changed that a portal knows of. */
export function changeOf(before: CaseStatus, after: CaseStatus): JsonObject | null {
  const { status, phase, turn } = after;
  if (before.status === status && before.phase === phase && before.turn === turn) return null;
  return {
    type: 'case.status_changed',
    timestamp: after.updatedAt,
    data: { ...after, business: { ...after.business }, previous: before.status },
  };
}
