import { parseArgs } from 'node:util';
import { crash } from './crash/crash.ts';
import { soak } from './crash/soak.ts';
import { inNamespace, trouble } from './crash/trouble.ts';
import { disks } from './disk/disk.ts';
import { type CorpusName, fuzz } from './fuzz/fuzz.ts';
import { hall } from './lists/hall.ts';
import { lists } from './lists/lists.ts';
import { certificateProjects } from './mutants/measure.ts';
import { mutants } from './mutants/mutants.ts';
import { nodesCampaign, noted } from './nodes/nodes.ts';
import { pathsOfProjects } from './paths/paths.ts';
import { faultyWorlds, worlds } from './world/worlds.ts';

const usage = `npm run campaign -- fuzz --mutants 20000 [--corpus small|shipped] [--seed 1]
npm run campaign -- mutants [--seconds 1800] [--write]
npm run campaign -- paths [--project szmg]
npm run campaign -- world --cases 50 --seeds 200 [--from 1] [--workers 2] [--faults] [--store postgres [--nodes 3]]
npm run campaign -- disk --cycles 100000 [--from 1] [--faults] [--sealed]
npm run campaign -- crash --kills 200 [--seed 1]
npm run campaign -- nodes --kills 200 [--seed 1] [--out nodes.jsonl]
npm run campaign -- soak --minutes 30
npm run campaign -- trouble
npm run campaign -- lists [--cases 1000000] [--most 50] [--keep FOLDER]
npm run campaign -- hall [--cases 1000000]`;

/**
 * `fuzz`: loads mutated definitions until something is not as promised; both corpora by halves.
 * `mutants`: which changes of the certificate process no scenario notices; --write puts it into docs/coverage.md.
 * `world`: so many applicants of each seed in a world that misbehaves; --faults: broken builds, each of which has to be found;
 *   --store postgres: on so many equal nodes of one PostgreSQL, any of which dies while the others go on.
 * `disk`: so many processes that end at an operation of a simulated disk; --faults: broken stores, each of which has to be found;
 *   --sealed: with files, the log of who did what, and keys that change meanwhile.
 * `nodes`: three real nodes on a PostgreSQL, of which one is killed or frozen, or which lose their database, so many times;
 *   --out: what became of the seed is written behind the others of this file.
 * `crash`: a real server under load, killed so many times; `soak`: one that works on for so long; `trouble`: one
 * whose disk is full or can only be read, that is frozen for a minute, whose files are damaged (Linux, util-linux).
 * `lists`: a PostgreSQL with so many cases is asked for every kind of list, each of which may take --most ms; --keep: it is
 *   filled once, stays in this folder and is asked again the next time.
 * `hall`: fills the database (DATABASE_URL) of a server that has started once with it and with DATA_DIR with so many real cases.
 * `paths`: every path of the certificate process is written, read again and played; all five projects or one.
 */
const { values, positionals } = asked();
const corpora: readonly CorpusName[] = (['small', 'shipped'] as const).filter((name) =>
  ['both', name].includes(values.corpus),
);
if (values.help) console.log(usage);
else if (positionals[0] === 'mutants') {
  const report = await mutants(Number(values.seconds), values.write ? 'docs/coverage.md' : null);
  console.log(JSON.stringify(report, null, 2));
  if (report.failures.length > 0) process.exitCode = 1;
} else if (positionals[0] === 'paths') {
  const projects = values.project === undefined ? certificateProjects : [values.project];
  const report = pathsOfProjects(projects, (line) => console.error(line));
  console.log(JSON.stringify(report, null, 2));
  if (report.failures.length > 0) process.exitCode = 1;
} else if (positionals[0] === 'world') {
  const { cases = '50', seeds, from, workers } = values;
  const given = {
    ...{ cases: Number(cases), seeds: Number(seeds), from: Number(from), workers: Number(workers) },
    ...(values.store === 'postgres' && { nodes: Number(values.nodes) }),
  };
  const play = values.faults ? faultyWorlds : worlds;
  const failed = await play(
    given,
    (line) => console.log(line),
    (line) => console.error(line),
  );
  if (failed) process.exitCode = 1;
} else if (positionals[0] === 'lists') {
  const { cases = '1000000', most, keep } = values;
  const report = await lists(Number(cases), Number(most), keep, (line) => console.error(line));
  console.log(JSON.stringify(report, null, 2));
  if (report.slow.length > 0) process.exitCode = 1;
} else if (positionals[0] === 'hall') {
  const { DATABASE_URL: url, DATA_DIR: dataDir } = process.env;
  if (url === undefined || dataDir === undefined) throw new Error('hall needs DATABASE_URL and DATA_DIR');
  await hall({ url, dataDir, count: Number(values.cases ?? 1_000_000) }, (line) => console.error(line));
} else if (positionals[0] === 'disk') {
  const { cycles, from, faults, sealed } = values;
  const given = { cycles: Number(cycles), from: Number(from), mutants: faults, sealed };
  if (await disks(given, (line) => console.log(line))) process.exitCode = 1;
} else if (positionals[0] === 'crash') {
  const report = await crash(Number(values.seed), Number(values.kills));
  console.log(JSON.stringify(report));
  if (report.wrongs.length > 0) process.exitCode = 1;
} else if (positionals[0] === 'nodes') {
  const report = await nodesCampaign(Number(values.seed), Number(values.kills), 60, (line) => console.error(line));
  console.log(JSON.stringify(report));
  if (values.out !== undefined) await noted(report, values.out);
  if (report.wrongs.length > 0) process.exitCode = 1;
} else if (positionals[0] === 'soak') {
  const report = await soak(Number(values.minutes) * 60_000, (line) => console.log(line));
  console.log(JSON.stringify(report));
  if (report.wrongs.length > 0) process.exitCode = 1;
} else if (positionals[0] === 'trouble' && process.env.CERTFLOW_MAY_MOUNT === undefined) {
  process.exitCode = inNamespace();
} else if (positionals[0] === 'trouble') {
  const report = await trouble(60, (line) => console.log(line));
  console.log(JSON.stringify({ ...report, scenes: report.scenes.length }));
  if (report.wrongs.length > 0) process.exitCode = 1;
} else if (positionals[0] !== 'fuzz' || corpora.length === 0) {
  console.error(usage);
  process.exitCode = 2;
} else {
  for (const corpus of corpora) {
    const count = Math.ceil(Number(values.mutants) / corpora.length);
    const report = fuzz(corpus, count, Number(values.seed), (line) => console.error(`${corpus}: ${line}`));
    console.log(JSON.stringify(report));
    if (report.failures.length > 0) process.exitCode = 1;
  }
}

function asked() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        mutants: { type: 'string', default: '20000' },
        corpus: { type: 'string', default: 'both' },
        seed: { type: 'string', default: '1' },
        seconds: { type: 'string', default: '1800' },
        write: { type: 'boolean', default: false },
        project: { type: 'string' },
        cases: { type: 'string' },
        most: { type: 'string', default: '50' },
        keep: { type: 'string' },
        seeds: { type: 'string', default: '200' },
        from: { type: 'string', default: '1' },
        workers: { type: 'string', default: '2' },
        store: { type: 'string', default: 'file' },
        nodes: { type: 'string', default: '3' },
        out: { type: 'string' },
        kills: { type: 'string', default: '200' },
        minutes: { type: 'string', default: '30' },
        cycles: { type: 'string', default: '100000' },
        faults: { type: 'boolean', default: false },
        sealed: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${usage}`);
    process.exit(2);
  }
}
