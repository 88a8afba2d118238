import { Room } from '../workbench/workbench.tsx';
import { StaffPage } from './staff-page.tsx';

/** Accounts and roles of whoever works here. */
export default function Staff() {
  return (
    <Room room="staff">
      <StaffPage />
    </Room>
  );
}
