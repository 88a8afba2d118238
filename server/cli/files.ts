import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

const largest = 2 * 1024 * 1024;

/**
 * Definition files below a folder: path with `/` (from the folder) -> text. Looks into `workflows` and `forms` only, or what
 * is asked for in them; leaves hidden files and links aside. A file that cannot be definition text (too large) is cut: reading refuses it.
 */
export async function readDefinitionFiles(
  root: string,
  folders: readonly string[] = ['forms', 'workflows'],
): Promise<{ [path: string]: string }> {
  const files: { [path: string]: string } = {};
  for (const folder of folders) await collect(root, folder, files);
  return files;
}

async function collect(root: string, folder: string, files: { [path: string]: string }): Promise<void> {
  const path = join(root, folder);
  let names: { name: string; isDirectory(): boolean; isFile(): boolean }[];
  try {
    names = await readdir(path, { withFileTypes: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  for (const entry of names.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith('.')) continue;
    const below = `${folder}/${entry.name}`;
    if (entry.isDirectory()) await collect(root, below, files);
    else if (entry.isFile() && /\.(ya?ml|json)$/.test(entry.name)) {
      const { size } = await stat(join(root, below));
      files[below] = size > largest ? ' '.repeat(largest) : await readFile(join(root, below), 'utf8');
    }
  }
}
