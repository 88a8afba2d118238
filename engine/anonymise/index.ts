/**
 * A real case made anonymous, as the start of a play. Pure: what comes out follows from the definition, from where the case
 * stands and from which of its values are equal, never from the values themselves.
 *
 * anonymise(definition, { state, journal }, calendar) -> Anonymous        @throws Leak when something of the original is in it
 * resume(definition, anonymous, calendar)              -> Session         engine/simulate/resume.ts plays on from there
 */
export { type Anonymous, anonymise } from './case.ts';
export { Leak, leaksIn } from './leaks.ts';
