import type { ReactNode } from 'react';
import { Routes } from '../app/route/index.ts';
import { NoSuchPage, Room } from '../workbench/workbench.tsx';
import { CasesPage } from './cases-page.tsx';
import { ProjectPage } from './project-page.tsx';
import { ProjectsPage } from './projects-page.tsx';

const pages: readonly (readonly [string, ReactNode])[] = [
  ['/studio', <ProjectsPage key="all" />],
  ['/studio/:id', <ProjectPage key="one" />],
  ['/studio/:id/cases', <CasesPage key="cases" />],
  ['/studio/*', <NoSuchPage key="none" home="/studio" />],
];

/** The studio: a project's settings, its text, its diagram, its releases. */
export default function Studio() {
  return (
    <Room room="studio">
      <Routes pages={pages} />
    </Room>
  );
}
