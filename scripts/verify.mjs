#!/usr/bin/env node
// `npm run verify`: everything that can be known without a browser or a clock. Each step runs, whatever failed before it.
import { existsSync } from 'node:fs';
import { chdir } from 'node:process';
import { ensureInstalled } from './support/install.mjs';
import { run as program, root, tool } from './support/process.mjs';
import { Tally, vitest } from './support/suite.mjs';

chdir(root);
await ensureInstalled();
const tsx = (args) => tool('tsx/dist/cli.mjs', args);
const steps = [
  ['format and lint', () => tool('@biomejs/biome/bin/biome', ['ci', '--max-diagnostics=50'])],
  ['types of the engine', () => tool('typescript/bin/tsc', ['-p', 'engine'])],
  ['types of the server', () => tool('typescript/bin/tsc', ['-p', 'server'])],
  ['types of the pages', () => tool('typescript/bin/tsc', ['-p', 'ui'])],
  ['types of the tests', () => tool('typescript/bin/tsc', ['-p', 'tests'])],
  ['types of the benches', () => typesOfBenches()],
  ['generated files are up to date', () => tsx(['scripts/generate-types.ts', '--check'])],
  ['no word of a business in TypeScript', () => tsx(['scripts/domain-gate.ts'])],
  ['definitions', () => run('scripts/certflow.mjs', ['check'])],
  ['scenarios', () => run('scripts/certflow.mjs', ['run'])],
  ['parts of others without a known hole (npm audit)', () => run('scripts/audit.mjs', [])],
  ['the pages build, and the first step is light', () => tsx(['scripts/size-gate.ts'])],
];

/** The benches' peers are packages of their own, which a user's install does not bring. */
async function typesOfBenches() {
  const quietly = ['--no-audit', '--no-fund', '--loglevel=error'];
  const code = existsSync('bench/node_modules') ? 0 : await program('npm', ['ci', '--prefix', 'bench', ...quietly]);
  return code === 0 ? tool('typescript/bin/tsc', ['-p', 'bench']) : code;
}

const run = (script, args) => tool(`../${script}`, args);
const tally = new Tally();
for (const [title, step] of steps) {
  console.log(`\n— ${title}`);
  const code = await step();
  tally.add(title, code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });
}
// What the browser gets must live without eval: the page's content security policy forbids it.
if (existsSync('tests/engine')) {
  console.log('\n— what the browser gets, without code from strings');
  tally.add('without code from strings', await vitest('vitest.noeval.config.ts'));
}
tally.end();
