/** The operation manual of a project, made from its effective definition. Rules: engine/SPEC.md, [MAN-…]. */
export { manual } from './manual.ts';
