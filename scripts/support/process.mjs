import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The folder that holds package.json; every script runs there, wherever it was called from. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Runs a program with this terminal's streams and waits for its end.
 * @returns its exit code; 127 when it could not be started, 128 when a signal ended it.
 */
export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: 'inherit',
      shell: process.platform === 'win32',
      ...options,
    });
    child.on('error', (error) => {
      console.error(`${command}: ${error.message}`);
      resolve(127);
    });
    child.on('exit', (code) => resolve(code ?? 128));
  });
}

/** Runs a program quietly. @returns what it wrote, or null when it failed or is not there. */
export function output(command, args) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'ignore'] });
    let text = '';
    child.stdout.on('data', (part) => {
      text += part;
    });
    child.on('error', () => resolve(null));
    child.on('exit', (code) => resolve(code === 0 ? text : null));
  });
}

/** Runs a package's command line tool with this very Node: no shell, no PATH. */
export function tool(path, args, options = {}) {
  return run(process.execPath, [...(options.node ?? []), `node_modules/${path}`, ...args], options.spawn ?? {});
}

/** Stops the script with a sentence that says what to do. */
export function fail(message) {
  console.error(`\n${message}\n`);
  process.exit(1);
}
