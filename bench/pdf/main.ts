import { mkdirSync, writeFileSync } from 'node:fs';
import { loadAll } from '../../engine/index.ts';
import { definitionFiles } from '../definitions.ts';
import { env, papers } from './cases.ts';

/** Milliseconds of CPU, and bytes. */
const most = { first: 3_000, next: 300, bytes: 200_000 };

/**
 * `npm run bench -- pdf [--out=FOLDER]`: the first document after a start, the fonts and the library being loaded for it; the next ones;
 * their sizes. @returns exit code, 1 when one is slower or larger than it may be
 */
export async function main(args: readonly string[]): Promise<number> {
  const definition = loadAll(definitionFiles()).projects.szmg;
  if (!definition) throw new Error('no project szmg');
  const out = args.find((one) => one.startsWith('--out='))?.slice(6);
  if (out) mkdirSync(out, { recursive: true });
  const cases = papers(definition);
  let good = true;
  const line = (metric: string, ours: number, limit: number) => {
    good &&= ours <= limit;
    console.log(JSON.stringify({ bench: 'pdf', metric, ours: Math.round(ours), limit }));
  };

  const began = process.cpuUsage();
  const { renderDocument } = await import('../../server/documents/index.ts');
  await renderDocument(definition, cases[0]!.state, 'applicationForm', env);
  line('first-after-start-cpu-ms', cpuSince(began), most.first);

  for (const document of ['applicationForm', 'sealSheet']) {
    for (const { title, state } of cases) {
      const times: number[] = [];
      let pdf: Buffer = Buffer.alloc(0);
      for (let turn = 0; turn < 7; turn++) {
        const before = process.cpuUsage();
        pdf = await renderDocument(definition, state, document, env);
        times.push(cpuSince(before));
      }
      line(`${document}-${title}-cpu-ms`, times.sort((a, b) => a - b)[3]!, most.next);
      line(`${document}-${title}-bytes`, pdf.length, most.bytes);
      if (out) writeFileSync(`${out}/${document}-${title}.pdf`, pdf);
    }
  }
  return good ? 0 : 1;
}

function cpuSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
