#!/usr/bin/env node
// `npm run test:all`: every browser suite. Names given on the command line narrow it: npm run test:all -- hall
import { chdir } from 'node:process';
import { ensureBrowser } from './support/browser.mjs';
import { ensureInstalled } from './support/install.mjs';
import { root } from './support/process.mjs';
import { Tally, vitest } from './support/suite.mjs';
import { ensureUi } from './support/ui.mjs';

chdir(root);
await ensureInstalled();
const browser = await ensureBrowser();
await ensureUi();
const tally = new Tally();
tally.add('browser', await vitest('vitest.e2e.config.ts', process.argv.slice(2), { CHROME_PATH: browser }));
tally.end();
