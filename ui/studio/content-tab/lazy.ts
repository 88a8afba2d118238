import { createElement, lazy, Suspense } from 'react';
import { Loading } from '../../app/parts/states.tsx';
import type { TabProps } from '../tab.ts';

/** Comes with the form renderer and the engine's overlay, when somebody opens it. */
const Loaded = lazy(() => import('./content-tab.tsx').then((module) => ({ default: module.ContentTab })));

export function ContentTab(props: TabProps) {
  return createElement(Suspense, { fallback: createElement(Loading, { lines: 10 }) }, createElement(Loaded, props));
}
