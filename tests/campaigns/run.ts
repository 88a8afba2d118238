import { parseArgs } from 'node:util';
import { type CorpusName, fuzz } from './fuzz/fuzz.ts';

const usage = 'npm run campaign -- fuzz --mutants 20000 [--corpus small|shipped] [--seed 1]';

/** `npm run campaign -- fuzz`: loads mutated definitions until something is not as promised; both corpora by halves. */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    mutants: { type: 'string', default: '20000' },
    corpus: { type: 'string', default: 'both' },
    seed: { type: 'string', default: '1' },
  },
});
const corpora: readonly CorpusName[] = (['small', 'shipped'] as const).filter((name) =>
  ['both', name].includes(values.corpus),
);
if (positionals[0] !== 'fuzz' || corpora.length === 0) {
  console.error(usage);
  process.exitCode = 2;
} else {
  for (const corpus of corpora) {
    const mutants = Math.ceil(Number(values.mutants) / corpora.length);
    const report = fuzz(corpus, mutants, Number(values.seed), (line) => console.error(`${corpus}: ${line}`));
    console.log(JSON.stringify(report));
    if (report.failures.length > 0) process.exitCode = 1;
  }
}
