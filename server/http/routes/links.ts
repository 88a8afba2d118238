import { limitPer, requireNow } from '../../accounts/limits.ts';
import type { Context } from '../../context.ts';
import { openLink } from '../../use-cases/open-link.ts';
import { setCookie } from '../cookies.ts';
import { param } from '../request.ts';
import type { Route } from '../route.ts';

const limitOf = limitPer<Context>(60, 60_000);

export const linkRoutes: readonly Route[] = [
  {
    method: 'post',
    path: '/api/links/:token',
    access: { kind: 'public' },
    async handle(context, call) {
      requireNow(limitOf(context).take(call.address));
      const opened = await openLink(context, call.caller, param(call, 'token'));
      const token = await context.sessions.open({ kind: 'link', ...opened });
      if (call.tokens.link !== null) await context.sessions.close(call.tokens.link);
      setCookie(call.response, context.config, 'link', token, opened.life);
      return { case: opened.caseId };
    },
  },
];
