import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { argumentsOf, commonOptions, usedWrongly } from './arguments.ts';
import { explain } from './explain.ts';
import { chooseFiles } from './stored.ts';

const usage = `certflow export <name> --out <folder>

  Writes the files of a release or a draft of DATA_DIR as they are, so that they can go back into the repository:
  workflows/ and forms/ below <folder>, the scenarios that it was tried with among them. Files that are there and differ are written over; others are left alone.

  <name>   a release by its hash or the beginning of it (3f9a02c1), by its number (north@3), the one in force
           (north@current), the draft (north@draft)`;

/** `certflow export`. @returns the exit code: 0 done, 2 used wrongly or there is no such release */
export async function exportDefinitions(args: string[]): Promise<number> {
  const { help } = commonOptions;
  const options = { help, out: { type: 'string' } } as const;
  const { code, values, positionals } = argumentsOf(args, usage, options, true);
  if (code !== null || values === null) return code ?? 2;
  const [name, more] = positionals;
  if (name === undefined || more !== undefined) return usedWrongly('要一个：发布或者草稿', usage);
  if (values.out === undefined) return usedWrongly('--out 要写到哪个文件夹', usage);
  const out = resolve(values.out);
  try {
    const files = await chooseFiles(name);
    if (files === null) return 2;
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(out, path)), { recursive: true });
      await writeFile(join(out, path), text);
    }
    console.log(`${Object.keys(files).length} 个文件已写到 ${out}`);
    return 0;
  } catch (error) {
    return explain(error);
  }
}
