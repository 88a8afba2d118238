#!/usr/bin/env node
// `npm start` on a fresh clone: installs what is missing, builds the pages if they are stale, serves.
// Plain JavaScript on Node's own modules, since it runs before anything is installed.
import { chdir } from 'node:process';
import { ensureInstalled } from './support/install.mjs';
import { root } from './support/process.mjs';
import { ensureUi } from './support/ui.mjs';

chdir(root);
await ensureInstalled();
await ensureUi();
// The server lives in this process, so that a signal for `npm start` reaches it and nothing is left behind.
const { register } = await import('tsx/esm/api');
register();
await import('../server/main.ts');
