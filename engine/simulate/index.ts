/**
 * Playing cases in a virtual world: the production interpreter, a clock that is moved by hand, calls that answer as told.
 *
 * begin(definition, options) -> Session
 * play(session, command), answer(session, call, outcome, data?) -> Played
 * settleCalls(session), advance(session, duration), advanceTo(session, ms) -> Session
 * completeCommand(session, event, actor, fill?), actorFor(session, event) -> what somebody would send
 * outsideData(definition, state, event, env) -> data of an event from outside
 * resume(definition, { state, journal }, calendar) -> Session: a stored case, played on
 * walkTo(session, state) -> Session | null
 * runScenario(definition, scenario, options) -> ScenarioResult
 * readScenario(name, text), scenarioOf(source), projectsOf(scenario) -> a scenario file as data
 */
export { actorFor, completeCommand, type Fill, personOf } from './complete.ts';
export { projectsOf, readScenario, scenarioOf } from './file.ts';
export { type Wanted, walkTo } from './path.ts';
export { resume } from './resume.ts';
export { outsideData, sampleOf } from './sample.ts';
export {
  type Expectation,
  runScenario,
  type Scenario,
  type ScenarioFailure,
  type ScenarioResult,
  type ScenarioStep,
} from './scenario.ts';
export {
  advance,
  advanceTo,
  answer,
  begin,
  nextDue,
  type Played,
  play,
  type Session,
  type SimulationOptions,
  settleCalls,
  worldOutcome,
} from './session.ts';
