import fc from 'fast-check';

/**
 * Properties try the same cases every time, so that a change is judged by itself and not by luck. `FUZZ_SEED` chooses
 * others; with `FUZZ_RUNS` alone each run tries new ones, and what fails names its seed.
 */
const { FUZZ_SEED, FUZZ_RUNS } = process.env;
const seed = FUZZ_SEED === undefined ? (FUZZ_RUNS === undefined ? 20_261_123 : undefined) : Number(FUZZ_SEED);
if (seed !== undefined) fc.configureGlobal({ ...fc.readConfigureGlobal(), seed });
