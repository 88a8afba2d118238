import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Files } from '../../engine/model/definition.ts';
import {
  type Family,
  type FamilyProof,
  familyOf,
  familyProof,
  type Member,
  type Members,
  memberId,
  membersOf,
  memberText,
} from '../../engine/prove/index.ts';
import { inChild } from '../proving/in-child.ts';
import { printTold, sayUndecided, writeTold } from './prove-text.ts';

interface FamilyOptions {
  readonly limit: number | undefined;
  readonly out: string | undefined;
  readonly json: boolean;
}

/** `certflow prove --family`. @returns the exit code */
export async function proveFamilies(
  files: Files,
  workflows: readonly string[],
  options: FamilyOptions,
): Promise<number> {
  const proven: (FamilyProof & { readonly ms: number })[] = [];
  for (const workflow of workflows) {
    const family = familyOf(files, workflow);
    if (family === null) {
      // It is nothing without what its projects settle; they are proven one by one.
      if (!options.json) console.log(`${workflow}  只用默认设置不能使用，没有查`);
      continue;
    }
    const begun = performance.now();
    const proof = familyProof(family, await proveParts(files, family, options.limit));
    const ms = Math.round(performance.now() - begun);
    proven.push({ ...proof, ms });
    if (!options.json) print(family, proof, ms);
    if (options.out !== undefined) await write(files, proof, options.out);
  }
  if (options.json) console.log(JSON.stringify(proven, null, 2));
  return proven.every(({ bad, unfinished }) => bad.length === 0 && unfinished.length === 0) ? 0 : 1;
}

/** The members in as many parts as there are processors, each proven in a process of its own. */
function proveParts(files: Files, family: Family, limit: number | undefined): Promise<readonly Members[]> {
  const { workflow } = family;
  const parts = split(membersOf(family), availableParallelism());
  const more = limit === undefined ? {} : { limit };
  return Promise.all(parts.map((members) => inChild({ kind: 'members', files, workflow, members, ...more })));
}

/** Those that share settings stay together: what they have in common is searched once in a process. */
function split(members: readonly Member[], parts: number): readonly (readonly Member[])[] {
  const size = Math.ceil(members.length / parts);
  const sorted = [...members].sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
  const found: Member[][] = [];
  for (let from = 0; from < sorted.length; from += size)
    found.push(sorted.slice(from, from + size).sort((one, other) => changes(one) - changes(other)));
  return found;
}

function changes(member: Member): number {
  return Object.keys(member).length;
}

function print(family: Family, proof: FamilyProof, ms: number): void {
  const { workflow, combinations, covered, refused, machines, bad, unfinished, undecided } = proof;
  const wrong = bad.length === 0 ? '没有发现违反' : `${bad.length} 处违反`;
  const names = family.settings.map(({ name, values }) => `${name}×${values.length}`).join(' ');
  console.log(
    `${workflow}  ${wrong}，${covered}/${combinations} 种设置组合，归为 ${machines} 个不同的流程，${ms} ms` +
      `\n  影响流程的设置：${names === '' ? '没有' : names}${refused === 0 ? '' : `；其中 ${refused} 种组合检查不通过，不能发布`}`,
  );
  for (const { settings, told } of bad) {
    console.log(`  最少改动：${Object.keys(settings).length === 0 ? '默认设置' : JSON.stringify(settings)}`);
    printTold(told);
  }
  for (const regions of unfinished) console.log(`  未完  ${regions}：状态太多，没有查完`);
  sayUndecided(undecided);
}

/** Each bad combination in a folder of its own: all of them are projects of the same name. */
async function write(files: Files, { workflow, bad }: FamilyProof, out: string): Promise<void> {
  for (const [index, { settings, told }] of bad.entries()) {
    const project = memberText(files, workflow, settings);
    await writeTold(join(out, `${workflow}-${index + 1}`), memberId(files, workflow), [told], project);
  }
}
