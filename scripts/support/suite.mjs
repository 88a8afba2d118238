import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tool } from './process.mjs';

/** Adds up what ran, and says so in the last line: `N passed, N failed`. */
export class Tally {
  passed = 0;
  failed = 0;
  notes = [];

  add(title, result) {
    this.passed += result.passed;
    this.failed += result.failed;
    this.notes.push(`${result.failed === 0 ? '✓' : '✗'} ${title}: ${result.passed} passed, ${result.failed} failed`);
  }

  /** Prints the summary and sets the exit code. Nothing run at all is a failure too. */
  end() {
    const failed = this.passed + this.failed === 0 ? 1 : this.failed;
    process.exitCode = failed === 0 ? 0 : 1;
    console.log(`\n${this.notes.join('\n')}\n${this.passed} passed, ${failed} failed`);
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
      return { passed: 0, failed: 1 };
    }
    const broken = numbers.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0);
    const failed = numbers.numFailedTests + broken.length;
    // An unhandled error fails vitest without failing a test.
    return { passed: numbers.numPassedTests, failed: failed === 0 && code !== 0 ? 1 : failed };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
