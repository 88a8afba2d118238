export { DiagramView, type DiagramViewProps } from './diagram-view.tsx';
