/**
 * How often a property is tried: few by default, so that `npm test` stays quick; `FUZZ_RUNS=5000 npx vitest run <file>`
 * for a long campaign.
 */
export const runs = (usual: number): { numRuns: number } => ({ numRuns: Number(process.env.FUZZ_RUNS ?? usual) });
