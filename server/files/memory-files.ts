import { checked, pathOf, type SealedFiles } from './sealed-files.ts';

/** Files in memory: what the contract means, without a disk. */
export function memoryFiles(): SealedFiles {
  const cases = new Map<string, Map<string, Buffer>>();
  return {
    title: 'memory',
    async put(piece, bytes) {
      pathOf(piece);
      const own = cases.get(piece.caseId) ?? new Map<string, Buffer>();
      cases.set(piece.caseId, own.set(piece.name, Buffer.from(bytes)));
    },
    async get(piece) {
      pathOf(piece);
      const bytes = cases.get(piece.caseId)?.get(piece.name);
      return bytes ? checked(piece, Buffer.from(bytes)) : null;
    },
    of: async (caseId) => [...(cases.get(caseId)?.keys() ?? [])],
    async *all() {
      for (const [caseId, own] of cases) for (const name of [...own.keys()]) yield { caseId, name };
    },
    async remove({ caseId, name }) {
      cases.get(caseId)?.delete(name);
    },
    async clear(caseId) {
      cases.delete(caseId);
    },
    trouble: async () => null,
  };
}
