import type { Route } from '../route.ts';
import { accountRoutes } from './account.ts';
import { batchRoutes } from './batches.ts';
import { boardRoutes } from './board.ts';
import { caseRoutes } from './cases.ts';
import { companyRoutes } from './companies.ts';
import { deskRoutes } from './desk.ts';
import { doorRoutes } from './doors.ts';
import { entryRoutes } from './entries.ts';
import { evidenceRoutes } from './evidence.ts';
import { fileRoutes } from './files.ts';
import { hallRoutes } from './hall.ts';
import { healthRoutes } from './health.ts';
import { labRoutes } from './lab.ts';
import { linkRoutes } from './links.ts';
import { messageRoutes } from './messages.ts';
import { metricsRoutes } from './metrics.ts';
import { operationsRoutes } from './operations.ts';
import { portalRoutes } from './portal.ts';
import { portalsRoutes } from './portals.ts';
import { privacyRoutes } from './privacy.ts';
import { reportRoutes } from './reports.ts';
import { runningRoutes } from './running.ts';
import { sentRoutes } from './sent.ts';
import { sessionRoutes } from './session.ts';
import { staffRoutes } from './staff.ts';
import { studioRoutes } from './studio.ts';
import { talkRoutes } from './talk.ts';

/** Every route of the server, in the order of the table in engine/contract/routes.ts. */
export const routes: readonly Route[] = [
  ...healthRoutes,
  ...metricsRoutes,
  ...sessionRoutes,
  ...accountRoutes,
  ...entryRoutes,
  ...companyRoutes,
  ...staffRoutes,
  ...privacyRoutes,
  ...hallRoutes,
  ...batchRoutes,
  ...caseRoutes,
  ...fileRoutes,
  ...evidenceRoutes,
  ...talkRoutes,
  ...sentRoutes,
  ...linkRoutes,
  ...messageRoutes,
  ...deskRoutes,
  ...doorRoutes,
  ...operationsRoutes,
  ...portalsRoutes,
  ...portalRoutes,
  ...boardRoutes,
  ...reportRoutes,
  ...runningRoutes,
  ...studioRoutes,
  ...labRoutes,
];
