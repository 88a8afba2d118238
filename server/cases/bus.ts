/** Tells listeners of this process that a case has changed. A hint only: whoever needs the truth reads the case. */
export interface CaseBus {
  tell(caseId: string, revision: number): void;
  /** @returns a function that stops listening. */
  listen(caseId: string, hear: (revision: number) => void): () => void;
}

export function createBus(): CaseBus {
  const listeners = new Map<string, Set<(revision: number) => void>>();
  return {
    tell(caseId, revision) {
      for (const hear of [...(listeners.get(caseId) ?? [])]) hear(revision);
    },
    listen(caseId, hear) {
      const mine = listeners.get(caseId) ?? new Set();
      listeners.set(caseId, mine.add(hear));
      return () => {
        mine.delete(hear);
        if (mine.size === 0) listeners.delete(caseId);
      };
    },
  };
}
