// A thread of its own for passwords, of a lower rank: whoever floods the door with log-ins takes no time from anybody
// who is inside, and none of the threads that wait for the disk.
import { setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import { hashSync, verifySync } from '@node-rs/argon2';

try {
  // Linux ranks threads, not processes: the others keep theirs.
  if (process.platform === 'linux') setPriority(5);
} catch {
  // A system that does not let us: the line before this thread is still short.
}

parentPort?.on('message', ({ password, stored, options }) => {
  try {
    const result = stored === undefined ? hashSync(password, options) : verifySync(stored, password);
    parentPort?.postMessage({ result });
  } catch {
    // What is stored is no hash.
    parentPort?.postMessage({ result: stored === undefined ? null : false });
  }
});
