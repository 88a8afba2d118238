#!/usr/bin/env node
// `npm run test:all`: every browser suite, the long ones without, and a part of them all on PostgreSQL. Names on the command
// line narrow it to browser suites; with --store postgres halls keep everything there, those of the quick suites too:
// npm run test:all -- hall
// npm run test:all -- --store postgres [names]
import { chdir } from 'node:process';
import { parseArgs } from 'node:util';
import { ensureBrowser } from './support/browser.mjs';
import { ensureInstalled } from './support/install.mjs';
import { fail, root } from './support/process.mjs';
import { Tally, vitest } from './support/suite.mjs';
import { ensureUi } from './support/ui.mjs';

/** What differs most by store: lists, queues, drafts, messages, money, batches, jobs; ways under which the server dies. */
const ON_BOTH = {
  halls: [
    'http/batches',
    'http/cases',
    'http/desk-queue',
    'http/finance',
    'http/messages',
    'http/reports',
    'jobs/jobs',
  ],
  browser: ['hall-drafts', 'hall-kill', 'desk-queue'],
};

chdir(root);
const { values, positionals: names } = parseArgs({
  allowPositionals: true,
  options: { store: { type: 'string', default: 'file' } },
});
if (!['file', 'postgres'].includes(values.store)) fail(`--store must be file or postgres, not "${values.store}"`);
await ensureInstalled();
const CHROME_PATH = await ensureBrowser();
await ensureUi();
const tally = new Tally();
const browser = (args, env = {}) => vitest('vitest.e2e.config.ts', args, { CHROME_PATH, ...env });
const TEST_STORE = 'postgres';
if (values.store === 'postgres') {
  // A name may be one of either.
  const some = names.length === 0 ? [] : [...names, '--passWithNoTests'];
  tally.add('halls on PostgreSQL', await vitest('vitest.halls.config.ts', some, { TEST_STORE }));
  tally.add('browser on PostgreSQL', await browser(some, { TEST_STORE }));
} else {
  if (names.length === 0) tally.add('long suites', await vitest('vitest.long.config.ts'));
  tally.add('browser', await browser(names));
  if (names.length === 0) {
    tally.add(
      'halls on PostgreSQL',
      await vitest('vitest.halls.config.ts', pathsOf('server', ON_BOTH.halls), { TEST_STORE }),
    );
    tally.add('browser on PostgreSQL', await browser(pathsOf('e2e', ON_BOTH.browser), { TEST_STORE }));
  }
}
tally.end();

function pathsOf(folder, list) {
  return list.map((name) => `tests/${folder}/${name}.test`);
}
