import { type ComponentType, lazy, type ReactNode, Suspense } from 'react';
import { Loading } from '../app/parts/states.tsx';
import { Routes } from '../app/route/index.ts';
import { NoSuchPage, Room } from '../workbench/workbench.tsx';
import { LettersPage } from './letters-page.tsx';
import { MoneyPage } from './money-page.tsx';
import { NoticesPage } from './notices-page.tsx';
import { QueuePage } from './queue-page.tsx';
import { TaskPage } from './task-page.tsx';

/** Pages that few open are loaded when they are opened. */
const BoardPage = lazy(() => import('./board/board-page.tsx'));
const PortalsPage = lazy(() => import('./portals/portals-page.tsx'));
const HealthPage = lazy(() => import('./health/health-page.tsx'));
const RunningPage = lazy(() => import('./running/running-page.tsx'));
const ReportsPage = lazy(() => import('./reports/reports-page.tsx'));

const pages: readonly (readonly [string, ReactNode])[] = [
  ['/desk', <QueuePage key="all" />],
  ['/desk/letters', <LettersPage key="letters" />],
  ['/desk/money', <MoneyPage key="money" />],
  ['/desk/notices', <NoticesPage key="notices" />],
  ['/desk/reports', later(ReportsPage)],
  ['/desk/running', later(RunningPage)],
  ['/desk/board', later(BoardPage)],
  ['/desk/portals', later(PortalsPage)],
  ['/desk/health', later(HealthPage)],
  ['/desk/:id', <TaskPage key="one" />],
  ['/desk/*', <NoSuchPage key="none" home="/desk" />],
];

function later(Page: ComponentType): ReactNode {
  return (
    <Suspense fallback={<Loading />}>
      <Page />
    </Suspense>
  );
}

/** The desk: whoever works on other people's cases, whatever the role. All it knows comes from the case's view. */
export default function Desk() {
  return (
    <Room room="desk">
      <Routes pages={pages} />
    </Room>
  );
}
