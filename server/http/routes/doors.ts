import { doorsOf } from '../../policies/leading.ts';
import { personOf } from '../request.ts';
import type { Route } from '../route.ts';

/** Which pages of the desk somebody may open. */
export const doorRoutes: readonly Route[] = [
  {
    method: 'get',
    path: '/api/desk/doors',
    access: { kind: 'may', ability: 'desk' },
    handle: async (context, call) => ({ doors: doorsOf(context.inForce(), personOf(call)) }),
  },
];
