import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Files } from '../../engine/model/definition.ts';
import type { JsonObject } from '../../engine/model/json.ts';

/** Every definition of the repository, path -> text, as the server reads them. */
export function definitionFiles(): Files {
  const files: Record<string, string> = {};
  for (const folder of ['workflows', 'forms'])
    for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort())
      if (/\.(yaml|json)$/.test(path)) files[`${folder}/${path}`] = readFileSync(`${folder}/${path}`, 'utf8');
  return files;
}

/** The files whose path fits, parsed; `id` is the first group of the pattern. */
export function parsed(files: Files, pattern: RegExp): { id: string; path: string; data: JsonObject }[] {
  return Object.entries(files).flatMap(([path, text]) => {
    const found = pattern.exec(path);
    return found === null ? [] : [{ id: found[1] ?? path, path, data: parse(text) as JsonObject }];
  });
}

export interface FormFile {
  readonly title: string;
  readonly properties: { readonly [field: string]: JsonObject };
}

/** Forms by id. */
export function formFiles(files: Files): { [form: string]: FormFile } {
  return Object.fromEntries(
    parsed(files, /^forms\/([A-Za-z]+)\.form\.json$/).map(({ id, data }) => [id, data as unknown as FormFile]),
  );
}
