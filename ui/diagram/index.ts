export { DiagramView, type DiagramViewProps } from './diagram-view.tsx';
export { wayOf } from './marks.ts';
