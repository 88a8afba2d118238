/**
 * The only door of the engine for the shells. Everything here is pure: no clock, no randomness, no IO.
 *
 * load(files, project)                                    -> { definition | null, issues }        engine/load.ts
 * loadReleased(files, project)                            -> the same for what was published: no rule is asked again
 * composedOf(definition), recompile(composed)              -> plain data, and the definition again
 * loadAll(files)                                          -> { projects: {id -> Definition}, issues }
 * editableParts(files, project)                            -> EditableParts | null   what a project may say otherwise in forms and texts
 * upgradeFiles(files, chosen?)                            -> { files, issues }: an older language in the newest   engine/upgrade.ts
 * start(definition, {id, number, owner}, env)             -> StepResult                           engine/run
 * step(definition, caseState, command, env)               -> StepResult
 * migrate(from, to, caseState, {plan, by}, env)           -> StepResult   under another release
 * wouldHold(definition, caseState, {form, field, values}, env)  -> WouldHold[]   for each choice of a field with `x-places`
 * available(definition, caseState, actor, env)            -> Offer[]  (with blockers: why not)
 * view(definition, caseState, viewer, journal, env, notices?)  -> CaseView                        engine/explain
 * tasksFor(definition, caseState, viewer, journal, env)    -> TaskView[]   the tasks of that view alone
 * row(definition, caseState, viewer, env)                 -> CaseRow
 * standings(definition, caseState, env)                   -> Standing[]   what a list of tasks is sorted by
 * course(definition, caseState, journal, mark, env)       -> { mark, events }   what a report counts of it since
 * handings(definition)                                     -> claimed tasks that can be handed on
 * leadsOf(definition)                                     -> leader -> roles that are led
 * earlier(forms, caseState)                               -> { form: values }   what an earlier case spares a person typing
 * diagram(definition)                                     -> Diagram
 * editable(files, project, address)                      -> Editable   what a project may change there   engine/edit/index.ts
 * whyClosed(project, now, locale?)                       -> string | null   why it takes no new cases now
 * columnsOf, readHead, readRow                           -> the table of a batch                   engine/batch/index.ts
 * announced(project, now)                                -> Announcement[]   what it tells people now
 * printed(definition, caseState, document, env)           -> Printed | null   what a printable document says
 * begin(definition, options) -> Session; play, answer, settleCalls, advance, completeCommand, …   engine/simulate/index.ts
 * runScenario(definition, scenario, options)              -> ScenarioResult
 * compileForm(id, schema), validateForm(form, values, context), …: see engine/forms/index.ts
 * parse, check, evaluate: see engine/expressions/index.ts
 */
export { type Column, columnsOf, type Head, readHead, readRow } from './batch/index.ts';
export type * from './contract/edit.ts';
export type * from './contract/editable.ts';
export type * from './contract/routes.ts';
export type * from './contract/view.ts';
export { type Editable, editable } from './edit/index.ts';
export { editableParts } from './editable.ts';
export { type ErrorCode, type Locale, sentence } from './errors/index.ts';
export {
  announced,
  type CourseEvent,
  type CourseMark,
  course,
  courseStart,
  diagram,
  type Earlier,
  earlier,
  groupedNumber,
  type Kept,
  leadsOf,
  type Notice,
  type Printed,
  type PrintedCell,
  type PrintedLine,
  type PrintedRun,
  type PrintedSection,
  printed,
  row,
  type Standing,
  standings,
  tasksFor,
  type Viewer,
  view,
  whyClosed,
} from './explain/index.ts';
export * as expressions from './expressions/index.ts';
export * as forms from './forms/index.ts';
export { composedOf, type Loaded, type LoadedAll, load, loadAll, loadReleased, recompile } from './load.ts';
export type * from './model/blocker.ts';
export type * from './model/case.ts';
export type * from './model/command.ts';
export type * from './model/definition.ts';
export type * from './model/effect.ts';
export type * from './model/issue.ts';
export type * from './model/migration.ts';
export { language } from './read/upgrade/language.ts';
export { otherThanAsked } from './run/asked.ts';
export { type Handing, handings } from './run/handing.ts';
export { available, migrate, type Offer, start, step } from './run/index.ts';
export { titleOfEntry } from './run/titles.ts';
export { type WouldHold, wouldHold } from './run/would-hold.ts';
export * from './simulate/index.ts';
export { type Upgraded, upgradeFiles } from './upgrade.ts';
