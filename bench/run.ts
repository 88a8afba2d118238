import { existsSync, readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { chdir } from 'node:process';
import { fileURLToPath } from 'node:url';

/** `npm run bench -- NAME`: measures against peers, side by side in one run, one JSON line for each figure. */
const here = dirname(fileURLToPath(import.meta.url));
chdir(dirname(here));
const names = readdirSync(here).filter((name) => existsSync(`${here}/${name}/main.ts`));
const [name, ...rest] = process.argv.slice(2);
if (name === undefined || !names.includes(name)) {
  console.error(`npm run bench -- NAME, where NAME is one of: ${names.join(', ')}`);
  process.exitCode = 2;
} else if (!existsSync(`${here}/node_modules`)) {
  console.error('The peers are not installed: npm ci --prefix bench');
  process.exitCode = 2;
} else {
  const { main } = (await import(`./${name}/main.ts`)) as { main(args: readonly string[]): Promise<number> };
  process.exitCode = await main(rest);
}
