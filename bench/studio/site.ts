import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { build } from 'vite';
import { diagram } from '../../engine/explain/diagram.ts';
import { load } from '../../engine/load.ts';
import type { Files } from '../../engine/model/definition.ts';
import { generated } from '../definitions.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const own = 'workflows/projects/generated.project.yaml';
const types: { readonly [extension: string]: string } = {
  js: 'text/javascript',
  css: 'text/css',
  html: 'text/html; charset=utf-8',
};
/** As the product's: nothing is made from strings. */
const policy =
  "default-src 'self'; script-src 'self'; worker-src 'self'; style-src 'self' 'nonce-bench'; img-src 'self' data:";

/** A project of a generated process with a change, so that every keystroke in it makes another chart. */
export function project(states: number): Files {
  const files = generated(states);
  const with0 = (was: string) => ({
    ...files,
    [own]: `${files[own]}changes:\n  words: { title: 说法, set: stage0.label, was: "${was}", is: 阶段零 }\n`,
  });
  const asked = load(with0('00000000'), 'generated').issues.find(({ code }) => code === 'change-conflict');
  if (asked?.proposal === undefined) throw new Error('the check proposes no hash');
  return with0(asked.proposal);
}

/** The page, built for production, with the files of a project and a route that checks as the product's does. */
export class Site {
  readonly url: string;
  private readonly server: Server;
  private readonly folder: string;

  private constructor(server: Server, folder: string) {
    this.server = server;
    this.folder = folder;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  static async open(): Promise<Site> {
    const folder = mkdtempSync(join(tmpdir(), 'bench-studio-'));
    await buildPage(folder);
    const projects = new Map<number, Files>();
    const filesOf = (states: number): Files => {
      const files = projects.get(states) ?? project(states);
      projects.set(states, files);
      return files;
    };
    const server = createServer((request, response) => {
      const url = new URL(request.url ?? '/', 'http://localhost');
      const states = Number(url.searchParams.get('states') ?? 100);
      const send = (type: string, body: string | Buffer, status = 200) => {
        response.writeHead(status, { 'content-type': type, 'content-security-policy': policy });
        response.end(body);
      };
      if (url.pathname === '/files') send('application/json', JSON.stringify(filesOf(states)));
      else if (url.pathname === '/check') {
        let text = '';
        request.setEncoding('utf8');
        request.on('data', (part: string) => {
          text += part;
        });
        request.on('end', () => {
          const { definition, issues } = load({ ...filesOf(states), [own]: text }, 'generated');
          const picture = definition === null ? { nodes: [], edges: [] } : diagram(definition);
          send('application/json', JSON.stringify({ issues, diagram: picture }));
        });
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

async function buildPage(outDir: string): Promise<void> {
  const entry = here('./page/studio.html');
  writeFileSync(
    entry,
    '<!doctype html><meta charset="utf-8"><meta name="csp-nonce" content="bench"><title>studio</title><div id="root"></div><script type="module" src="./studio.tsx"></script>',
  );
  const before = process.env.NODE_ENV;
  process.env.NODE_ENV = 'production';
  try {
    await build({
      root: here('./page'),
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
        assetsInlineLimit: 0,
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
