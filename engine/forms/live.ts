/** The door for browsers: everything of forms but ajv itself, which needs eval. See `index.ts` for the signatures. */

export { affectedBy, readsRoot } from './affected.ts';
export { committedSchema } from './committed.ts';
export { aboutOf, documentDigest } from './digest.ts';
export { display } from './display.ts';
export { fillText, formula } from './expression.ts';
export { fieldsOf, kindOf, remoteFields, secretFields, sensitiveFields } from './fields.ts';
export { fileProblem, readableBytes } from './files.ts';
export { formats } from './formats/index.ts';
export { formFromStandalone, type ValidatorModule } from './from-standalone.ts';
export { entryOf, entryValue, innerContext, partsOf, partValue } from './inner.ts';
export { mask, maskValue } from './mask.ts';
export { moneyText, yuan } from './money.ts';
export { normalise, normaliseValue } from './normalise.ts';
export { offered } from './options.ts';
export { scopeIn } from './scope.ts';
export { isSeenBy, seenBy } from './seen.ts';
export { committedValues, isAccepted, isEmpty, prune, resettle, settle, visibleFields } from './settle.ts';
export { shownForm } from './shown.ts';
export { smallest } from './smallest.ts';
export { tableValues } from './tables.ts';
export type * from './types.ts';
export { checkForm, validateForm } from './validate.ts';
