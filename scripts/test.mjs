#!/usr/bin/env node
// `npm test`: the quick suites, then one way through the product in a real browser. Under ten minutes.
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
tally.add('quick suites', await vitest('vitest.config.ts'));
tally.add('browser, short', await vitest('vitest.e2e.config.ts', ['tests/e2e/hall-way'], { CHROME_PATH: browser }));
tally.end();
