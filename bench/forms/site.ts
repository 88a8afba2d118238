import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { build } from 'vite';
import { standaloneValidators } from '../../engine/forms/index.ts';
import { ours } from './ours.ts';
import { specs } from './schema.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const types: { [extension: string]: string } = {
  js: 'text/javascript',
  css: 'text/css',
  html: 'text/html; charset=utf-8',
};

/** The contestants' pages, built for production with one copy of React, on a server that takes drafts. */
export class Site {
  readonly url: string;
  private readonly server: Server;
  private readonly folder: string;

  private constructor(server: Server, folder: string) {
    this.server = server;
    this.folder = folder;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  static async open(names: readonly string[]): Promise<Site> {
    const folder = mkdtempSync(join(tmpdir(), 'bench-forms-'));
    for (const name of names) await buildPage(name, join(folder, name));
    const server = createServer((request, response) => {
      const url = new URL(request.url ?? '/', 'http://localhost');
      const send = (type: string, body: string | Buffer, status = 200) => {
        response.writeHead(status, { 'content-type': type });
        response.end(body);
      };
      if (url.pathname === '/draft') {
        request.resume().on('end', () => send('application/json', '{}'));
      } else if (url.pathname === '/validators.js') {
        send('text/javascript', standaloneValidators({ sample: ours(specs(Number(url.searchParams.get('fields')))) }));
      } else {
        try {
          send(types[url.pathname.split('.').at(-1) ?? ''] ?? 'text/plain', readFileSync(join(folder, url.pathname)));
        } catch {
          send('text/plain', 'not found', 404);
        }
      }
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return new Site(server, folder);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
    rmSync(this.folder, { recursive: true, force: true });
  }
}

async function buildPage(name: string, outDir: string): Promise<void> {
  const entry = here(`./page/${name}.html`);
  writeFileSync(
    entry,
    `<!doctype html><meta charset="utf-8"><title>${name}</title><div id="root"></div><script type="module" src="./${name}.tsx"></script>`,
  );
  const before = process.env.NODE_ENV;
  process.env.NODE_ENV = 'production';
  try {
    await build({
      root: here('./page'),
      base: `/${name}/`,
      configFile: false,
      logLevel: 'error',
      plugins: [react()],
      resolve: {
        alias: ['react', 'react-dom'].map((find) => ({ find, replacement: here(`../../node_modules/${find}`) })),
      },
      build: {
        outDir,
        emptyOutDir: true,
        target: 'es2022',
        modulePreload: { polyfill: false },
        chunkSizeWarningLimit: 5000,
        rolldownOptions: { input: entry },
      },
    });
  } finally {
    process.env.NODE_ENV = before;
    rmSync(entry);
  }
}
