/** Running cases: one step at a time, everything that lasts is data. Rules: engine/SPEC.md, [RUN-…]. */
export { migrate } from './migrate/index.ts';
export { available, type Offer } from './offers.ts';
export { start, step } from './step.ts';
