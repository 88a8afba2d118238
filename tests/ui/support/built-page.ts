import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { type Browser, chromium } from 'playwright-core';
import { build } from 'vite';

/** Builds a page of the tests the way the product's are built. @returns the folder, which the caller removes */
export async function buildPage(root: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'page-'));
  const before = process.env.NODE_ENV;
  // Under 'test' React would be the development one.
  process.env.NODE_ENV = 'production';
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    plugins: [react()],
    build: { outDir: folder, emptyOutDir: true, target: 'es2023', modulePreload: { polyfill: false } },
  });
  process.env.NODE_ENV = before;
  return folder;
}

export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROME_PATH ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic'],
  });
}

const types: { [extension: string]: string } = {
  js: 'text/javascript',
  css: 'text/css',
  html: 'text/html; charset=utf-8',
};

/** A file of a built page with its type; null where there is none. */
export function builtFile(folder: string, name: string): { readonly type: string; readonly body: Buffer } | null {
  try {
    return { type: types[name.split('.').at(-1) ?? ''] ?? 'text/plain', body: readFileSync(join(folder, name)) };
  } catch {
    return null;
  }
}
