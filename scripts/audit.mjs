#!/usr/bin/env node
// `npm audit` at high and above, of what a server runs with. Where its endpoint does not answer it says "not run" and passes:
// a machine without it must not fail for that, and must not claim that nothing was found.
import { spawnSync } from 'node:child_process';

const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--json', '--audit-level=high'], {
  encoding: 'utf8',
  timeout: 60_000,
  shell: process.platform === 'win32',
});
let report = null;
try {
  report = JSON.parse(stdout);
} catch {
  // Told below.
}
const counts = report?.metadata?.vulnerabilities;
if (!counts) {
  console.log(`npm audit: not run (${report?.error?.summary || report?.message || 'its endpoint did not answer'})`);
} else {
  const bad = (counts.high ?? 0) + (counts.critical ?? 0);
  console.log(
    `npm audit: ${counts.critical} critical, ${counts.high} high, ${counts.moderate} moderate, ${counts.low} low`,
  );
  for (const { name, severity, range } of Object.values(report.vulnerabilities ?? {}))
    if (severity === 'high' || severity === 'critical') console.error(`${severity}: ${name} ${range}`);
  process.exitCode = bad > 0 ? 1 : 0;
}
