import { Route, Routes } from 'react-router';
import { Room } from '../workbench/workbench.tsx';
import { QueuePage } from './queue-page.tsx';
import { TaskPage } from './task-page.tsx';

/** The desk: whoever works on other people's cases, whatever the role. All it knows comes from the case's view. */
export default function Desk() {
  return (
    <Room room="desk">
      <Routes>
        <Route index element={<QueuePage />} />
        <Route path=":id" element={<TaskPage />} />
      </Routes>
    </Room>
  );
}
