import { Fault } from '../../fault.ts';
import { doorsOf } from '../../policies/leading.ts';
import type { Route } from '../route.ts';

/** Which pages of the desk somebody may open. */
export const doorRoutes: readonly Route[] = [
  {
    method: 'get',
    path: '/api/desk/doors',
    access: { kind: 'may', ability: 'desk' },
    async handle(context, { caller: { person } }) {
      if (!person) throw new Fault(401, 'not-logged-in');
      return { doors: doorsOf(context.inForce(), person) };
    },
  },
];
