import { parseArgs } from 'node:util';
import { fuzz } from './fuzz.ts';

/** `npm run campaign -- fuzz --mutants 20000 [--seed 1]`: loads mutated definitions until something is not as promised. */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { mutants: { type: 'string', default: '20000' }, seed: { type: 'string', default: '1' } },
});
if (positionals[0] !== 'fuzz') {
  console.error('npm run campaign -- fuzz --mutants 20000 [--seed 1]');
  process.exitCode = 2;
} else {
  const report = fuzz(Number(values.mutants), Number(values.seed), (line) => console.error(line));
  console.log(JSON.stringify(report));
  process.exitCode = report.failures.length === 0 ? 0 : 1;
}
