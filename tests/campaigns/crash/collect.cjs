// Loaded into a server that is soaked: at SIGUSR2 it collects its garbage and writes down what is left.
const { writeFileSync, renameSync } = require('node:fs');

const path = process.env.CERTFLOW_MEMORY_FILE;
process.on('SIGUSR2', () => {
  globalThis.gc();
  writeFileSync(`${path}.tmp`, JSON.stringify({ heap: process.memoryUsage().heapUsed }));
  renameSync(`${path}.tmp`, path);
});
