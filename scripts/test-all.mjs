#!/usr/bin/env node
// `npm run test:all`: every browser suite, and the long ones without. Names on the command line narrow it to browser suites:
// npm run test:all -- hall
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
const names = process.argv.slice(2);
if (names.length === 0) tally.add('long suites', await vitest('vitest.long.config.ts'));
tally.add('browser', await vitest('vitest.e2e.config.ts', names, { CHROME_PATH: browser }));
tally.end();
