import { Room } from '../workbench/workbench.tsx';
import { LabPage } from './lab-page.tsx';

/** The lab: a case of any project, played by the production interpreter in the browser, with a virtual clock and world. */
export default function Lab() {
  return (
    <Room room="lab">
      <LabPage />
    </Room>
  );
}
