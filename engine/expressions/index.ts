/**
 * CEL, wrapped: what the language may say, checked when it is written. Pure, synchronous, without `eval`.
 *
 * parse(text)                    -> { parsed, expression } | { failed, issue with offsets }
 * check(text, types, options)    -> { checked, type } | { failed, issues with offsets and proposals }; rules of their own are judges
 * evaluate(expression, scope)    -> { value } | { missing | failed, reason }; never throws
 * evaluateText(text, scope)      -> the same from text
 * typeOfSchema(schema)           -> Type of a JSON Schema's values
 * walk, childrenOf, print, conjuncts, disjuncts, pathOf, atAddress, references: the tree of an expression
 */
export * from './ast.ts';
export { type Checked, type CheckOptions, check } from './check.ts';
export { before, type Evaluated, evaluate, evaluateText, rootsOf, type Scope } from './evaluate.ts';
export type { Judge, Reading, Verdict } from './judge.ts';
export { nearest } from './nearest.ts';
export { type Expression, type ExpressionCode, type ExpressionIssue, type Parsed, parse } from './parse.ts';
export * from './types.ts';
