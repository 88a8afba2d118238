import { Room } from '../workbench/workbench.tsx';
import { AuditPage } from './audit-page.tsx';

/** What others looked at and did. */
export default function Audit() {
  return (
    <Room room="audit">
      <AuditPage />
    </Room>
  );
}
