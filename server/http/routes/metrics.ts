import { conditionOf } from '../../metrics/condition.ts';
import { healthOf } from '../../metrics/health.ts';
import type { Route } from '../route.ts';

/** How the server does, for machines and for people. */
export const metricsRoutes: readonly Route[] = [
  {
    method: 'get',
    path: '/metrics',
    access: { kind: 'metrics' },
    async handle(context, { response }) {
      const { metrics } = context;
      const page = await metrics.page(await conditionOf(context));
      response.setHeader('content-type', metrics.contentType);
      response.setHeader('cache-control', 'no-store');
      response.send(page);
      return undefined;
    },
  },
  {
    method: 'get',
    path: '/api/operations/health',
    access: { kind: 'may', ability: 'letters' },
    handle: async (context) => healthOf(context, await conditionOf(context)),
  },
];
