import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';
import type { RequestHandler } from 'express';

const pack = promisify(gzip);

/** What shrinks; pictures and fonts are packed already. */
const types: { readonly [extension: string]: string } = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
};
const NAME = /^\/[\w-][\w.-]*$/;

/**
 * Sends built files gzipped to browsers that take it: a third of the bytes on a phone. Each file is packed once and
 * kept, its name holds the hash of its content. Everything else is left to whoever comes next.
 */
export function packed(folder: string): RequestHandler {
  const kept = new Map<string, Promise<Buffer | null>>();
  return async (request, response, next) => {
    const type = types[extname(request.path)];
    const wanted = request.method === 'GET' && type !== undefined && NAME.test(request.path);
    if (!wanted || !request.acceptsEncodings('gzip')) return next();
    const known = kept.get(request.path) ?? packFile(join(folder, request.path));
    kept.set(request.path, known);
    const bytes = await known;
    if (bytes === null) {
      // Not remembered: names that do not exist must not fill the memory.
      kept.delete(request.path);
      return next();
    }
    response.setHeader('vary', 'accept-encoding');
    response.setHeader('content-encoding', 'gzip');
    response.setHeader('cache-control', 'public, max-age=31536000, immutable');
    response.setHeader('content-type', type);
    response.end(bytes);
  };
}

async function packFile(path: string): Promise<Buffer | null> {
  const bytes = await readFile(path).catch(() => null);
  return bytes === null ? null : pack(bytes, { level: constants.Z_BEST_COMPRESSION });
}
