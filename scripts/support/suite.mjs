import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { root, tool } from './process.mjs';

/** What each part came to begins with this line: whoever keeps only the end of a long log (`.ci/run`) looks for it. */
const SUMMARY = '=== What it came to';

/** Adds up what ran and names what failed, and counts in the last line: `N passed, N failed`. */
export class Tally {
  passed = 0;
  failed = 0;
  notes = [];

  add(title, result) {
    this.passed += result.passed;
    this.failed += result.failed;
    this.notes.push(`${result.failed === 0 ? '✓' : '✗'} ${title}: ${result.passed} passed, ${result.failed} failed`);
    for (const name of result.names ?? []) this.notes.push(`    ${name}`);
  }

  /** Prints the summary and sets the exit code. Nothing run at all is a failure too. */
  end() {
    const failed = this.passed + this.failed === 0 ? 1 : this.failed;
    process.exitCode = failed === 0 ? 0 : 1;
    console.log(`\n${SUMMARY}\n${this.notes.join('\n')}\n${this.passed} passed, ${failed} failed`);
  }
}

/** Runs vitest with a configuration. @returns the numbers of its tests; a suite that could not even load is a failure. */
export async function vitest(config, args = [], env = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'certflow-test-'));
  const report = join(folder, 'report.json');
  try {
    const code = await tool(
      'vitest/vitest.mjs',
      ['run', '--config', config, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...args],
      { spawn: { env: { ...process.env, ...env } } },
    );
    let numbers;
    try {
      numbers = JSON.parse(readFileSync(report, 'utf8'));
    } catch {
      return { passed: 0, failed: 1, names: ['vitest ended without a report: see above'] };
    }
    const names = numbers.testResults.flatMap(failuresOf);
    // An unhandled error fails vitest without failing a test.
    if (names.length === 0 && code !== 0) names.push('an error outside of every test: see above');
    return { passed: numbers.numPassedTests, failed: names.length, names };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A line for every test of a file that failed, with its reason; one for a file that could not even load. */
function failuresOf(file) {
  const path = relative(root, file.name);
  const tests = file.assertionResults.filter((test) => test.status === 'failed');
  if (tests.length === 0) return file.status === 'failed' ? [line(path, file.message)] : [];
  return tests.map((test) => line(`${path} > ${test.fullName}`, test.failureMessages[0]));
}

function line(where, message = '') {
  return `${where}: ${stripVTControlCharacters(message).trim().split('\n')[0].slice(0, 300)}`;
}
