/** The operation manual of a project, made from its effective definition. Rules: engine/SPEC.md, [MAN-…]. */
export type { Block, Chapter, Manual, Section, Step } from './blocks.ts';
export { numeral } from './blocks.ts';
export { manual, manualOf } from './manual.ts';
export { otherTasksOf } from './way.ts';
