/**
 * Forms on the screen. Nothing here knows a server or a workflow.
 *
 * 1. The page compiles its forms: `formFromStandalone(await import('/api/releases/<hash>/validators.js'), release.forms)`
 *    from `engine/forms/live.ts` (once per release).
 * 2. `new FormSet({ forms: [{ form, values, editable, notes? }], context: { forms, settings, tables, locale } })`
 *    for the form sections of one task; keep it while the task stands (useMemo / useState), `merge` newer values.
 *    `editable`: SectionView.editable. `context.forms`: every other form of the case that the page knows.
 * 3. `<ErrorSummary complaints={set.complaints()} focus={n} />`, then one `<FormView store services />` per form.
 * 4. On a button that saves completely: `const { errors, warnings } = set.check()`; with errors raise `n`, the summary
 *    takes the focus. Without: send `set.values()`. The server's refusal: `set.refuse(blocker.fields)`.
 *    Warnings block nothing: show `set.complaints('warnings')` once and let the second press go on.
 *    `set.busy()` uploads are still under way: wait until it is 0.
 * 5. Autosave: `set.subscribe(...)`, debounce, `const patch = set.takeDirty()` is the body's `forms` of PATCH …/draft;
 *    when saving failed `set.giveBack(patch)`.
 * 6. Contents rail: `useFormSet(set)`, then `store.whole().status` of each store in `set.stores`.
 *
 * A dialogue form of an event is a FormSet with one form (values: OfferView.formValues).
 * To read: `<ReadView schema values services />`, also for records with a connector's schema.
 */
export { Dialog, Paragraphs } from './dialog.tsx';
export { ErrorSummary } from './error-summary.tsx';
export type { FieldState, FormState, FormStatus } from './field-state.ts';
export { type Flag, flagsOf } from './fields/flags.tsx';
export { type Complaint, elementId, FormSet, type FormSetOptions } from './form-set.ts';
export { FormView, type FormViewProps } from './form-view.tsx';
export { useField, useForm, useFormSet } from './hooks.ts';
export { Qr } from './qr.tsx';
export { ReadView, type ReadViewProps, Value } from './read-view.tsx';
export type { Article, Example, FormServices } from './services.ts';
export { FormStore } from './store.ts';
export { Viewer } from './viewer.tsx';
