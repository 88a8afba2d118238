/** What people see of a case and of a definition, made from the definition alone. Rules: engine/SPEC.md, [XPL-…]. */
export { type Board, emptyBoard, withBoard } from './board.ts';
export { type CourseEvent, type CourseMark, course, courseStart, type Kept } from './course.ts';
export { diagram } from './diagram.ts';
export {
  groupedNumber,
  type Printed,
  type PrintedCell,
  type PrintedLine,
  type PrintedRun,
  type PrintedSection,
  printed,
} from './document.ts';
export { type Earlier, earlier } from './earlier.ts';
export { leadsOf } from './leads.ts';
export { announced, whyClosed } from './open.ts';
export { type Standing, standings } from './queue.ts';
export { renderText, type TextWorld } from './text.ts';
export { type Notice, row, tasksFor, type Viewer, view } from './view.ts';
