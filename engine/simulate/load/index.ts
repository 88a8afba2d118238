/**
 * A load what-if: a crowd of simulated applicants through a process, with queues before the people who work.
 *
 * assumptionsFor(definition, calendar?)                   -> Assumptions   what can be read off the process, for a start
 * unplayable(assumptions)                                  -> Unplayable[]  what is no number in its limits
 * playLoad(definition, assumptions, { calendar, progress }) -> LoadReport
 */
import type { Definition } from '../../model/definition.ts';
import type { Assumptions } from './assumptions.ts';
import { type LoadOptions, Play } from './play.ts';
import { type LoadReport, reportOf } from './report.ts';

export * from './assumptions.ts';
export { assumptionsFor } from './defaults.ts';
export { type Draws, drawsOf, spreads } from './draws.ts';
export { asidesOf, type Option, operationsOf, outsideOf, staffOf, type Task, tasksOf } from './options.ts';
export type * from './report.ts';
export type { Short } from './short.ts';
export type { TimeSummary } from './tally.ts';
export type { LoadOptions };

/** Plays the crowd to its end. The same for the same definition, assumptions and calendar. */
export function playLoad(definition: Definition, given: Assumptions, options: LoadOptions = {}): LoadReport {
  const play = new Play(definition, given, options);
  play.run();
  return reportOf(definition, play);
}
