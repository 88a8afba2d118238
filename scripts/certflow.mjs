#!/usr/bin/env node
// The command line: plain JavaScript that lets Node read TypeScript, then hands over.
import { register } from 'tsx/esm/api';

register();
const { main } = await import('../server/cli/main.ts');
process.exitCode = await main(process.argv.slice(2));
