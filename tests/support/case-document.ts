import type { CaseState } from '../../engine/model/case.ts';
import type { CaseDocument } from '../../server/store/store.ts';

/** A case of no definition, for tests of the store alone. */
export function caseState(id: string, over: Partial<CaseState> = {}): CaseState {
  return {
    id,
    number: '01626112310000001',
    project: 'sample',
    workflow: 'sample',
    release: 'f'.repeat(64),
    owner: 'person-1',
    createdAt: 1,
    updatedAt: 1,
    revision: 1,
    over: false,
    snapshot: { value: 'a' },
    active: ['a'],
    forms: {},
    facts: {},
    counters: {},
    records: {},
    people: {},
    secrets: {},
    timers: {},
    calls: {},
    entered: { a: 1 },
    parked: {},
    reservations: {},
    ...over,
  };
}

export function caseDocument(id: string, over: Partial<CaseDocument> = {}): CaseDocument {
  return { state: caseState(id), journal: [], outbox: [], secrets: {}, notices: [], consumed: [], ...over };
}
