import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import express, { type Request, type Response, Router } from 'express';
import type { Config } from '../config.ts';
import { packed } from './packed.ts';

/** Replaced in index.html for every answer, so that the styles an editor makes at run time pass the policy. */
const PLACE = /__CSP_NONCE__/g;

export function newNonce(): string {
  return randomBytes(16).toString('base64');
}

/** The built user interface: hashed assets for ever, every other address is the single page. */
export function pages(config: Config): Router {
  const router = Router();
  router.use(
    '/assets',
    packed(join(config.uiDir, 'assets')),
    express.static(join(config.uiDir, 'assets'), { immutable: true, maxAge: '365d', index: false, fallthrough: true }),
    (_request: Request, response: Response) => void response.status(404).end(),
  );
  router.use(express.static(config.uiDir, { index: false, maxAge: '1h' }));
  router.get('/{*path}', async (_request, response) => {
    const page = await readFile(join(config.uiDir, 'index.html'), 'utf8').catch(() => null);
    response.setHeader('cache-control', 'no-store');
    if (page === null) {
      response.status(503).type('text').send('页面还没有构建：请运行 npm start，或先运行 npx vite build');
      return;
    }
    response.type('html').send(page.replace(PLACE, String(response.locals.nonce)));
  });
  return router;
}
