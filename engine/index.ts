/**
 * The only door of the engine for the shells.
 *
 * load(files, project)                      -> { definition | null, issues }           engine/compose, check, compile
 * loadAll(files)                            -> { projects: {id -> Definition}, issues }
 * start(definition, {id, number, owner}, env)                  -> StepResult           engine/run
 * step(definition, caseState, command, env)                    -> StepResult
 * available(definition, caseState, actor, env)                 -> OfferOf<task>[]  (with blockers)
 * view(definition, caseState, viewer, journal, env)            -> CaseView             engine/explain
 * row(definition, caseState, viewer, env)                      -> CaseRow
 * runScenario(definition, scenario, options)                   -> ScenarioResult       engine/simulate
 * diagram(definition)                                          -> nodes and edges      engine/explain
 * compileForm(schema), validateForm(...), visibleFields(...), prune(...), mask(...), smallest(...)   engine/forms
 * standaloneValidators(forms)               -> JavaScript text that needs no eval      engine/forms
 */
export {};
