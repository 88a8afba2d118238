import { createElement, lazy, Suspense } from 'react';
import { Loading } from '../../app/parts/states.tsx';
import type { TabProps } from '../tab.ts';

/** The form renderer and the engine's overlay come with the tab that needs them. */
const Loaded = lazy(() => import('./forms-tab.tsx').then((module) => ({ default: module.FormsTab })));

export function FormsTab(props: TabProps) {
  return createElement(Suspense, { fallback: createElement(Loading, { lines: 10 }) }, createElement(Loaded, props));
}
