import type { Request, Response } from 'express';
import type { Config } from '../config.ts';

/** Opening a one-time link on a browser must not log its person out; `flow` is a journey to the identity provider. */
type Kind = 'person' | 'link' | 'flow';

const NAMES = { person: 'certflow', link: 'certflow-link', flow: 'certflow-flow' } as const;

/** `__Host-` binds a cookie to this very host and to https; plain http in development cannot have it. */
function nameOf(config: Config, kind: Kind): string {
  return config.development ? NAMES[kind] : `__Host-${NAMES[kind]}`;
}

export function readCookie(request: Request, config: Config, kind: Kind): string | null {
  const wanted = nameOf(config, kind);
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const [name, value] = part.trim().split('=', 2);
    if (name === wanted && value && /^[A-Za-z0-9_-]{20,100}$/.test(value)) return value;
  }
  return null;
}

/** @param life how long the browser keeps it, ms; without it until the browser is closed */
export function setCookie(response: Response, config: Config, kind: Kind, token: string, life?: number): void {
  response.cookie(nameOf(config, kind), token, {
    httpOnly: true,
    sameSite: 'lax',
    secure: !config.development,
    path: '/',
    ...(life ? { maxAge: life } : {}),
  });
}

export function clearCookie(response: Response, config: Config, kind: Kind): void {
  response.clearCookie(nameOf(config, kind), {
    httpOnly: true,
    sameSite: 'lax',
    secure: !config.development,
    path: '/',
  });
}
