import { Fault } from '../../fault.ts';
import type { Route } from '../route.ts';

export const healthRoutes: readonly Route[] = [
  { method: 'get', path: '/healthz', access: { kind: 'public' }, handle: async () => ({ ok: true }) },
  {
    method: 'get',
    path: '/readyz',
    access: { kind: 'public' },
    async handle({ store, cases, clock, isStopping }) {
      if (isStopping()) throw new Fault(503, 'try-later', {}, { extra: { trouble: 'stopping' } });
      // After a refused write somebody has to try again, or a server that gets no traffic would never be ready.
      if (store.trouble() !== null) {
        await store.writeDocument('probe', 'ready', { at: clock.now() }).catch(() => undefined);
      }
      const trouble = store.trouble();
      if (trouble !== null) throw new Fault(503, 'try-later', {}, { extra: { trouble } });
      const damaged = store.damaged().length;
      const counted = cases.rebuilding();
      return { ok: true, ...(damaged > 0 && { damaged }), ...(counted !== null && { counted }) };
    },
  },
];
