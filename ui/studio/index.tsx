import { Route, Routes } from 'react-router';
import { Room } from '../workbench/workbench.tsx';
import { ProjectPage } from './project-page.tsx';
import { ProjectsPage } from './projects-page.tsx';

/** The studio: a project's settings, its text, its diagram, its releases. */
export default function Studio() {
  return (
    <Room room="studio">
      <Routes>
        <Route index element={<ProjectsPage />} />
        <Route path=":id" element={<ProjectPage />} />
      </Routes>
    </Room>
  );
}
