import { type ParseArgsConfig, parseArgs } from 'node:util';

type Options = NonNullable<ParseArgsConfig['options']>;

/** Options that every command about definitions has. */
export const commonOptions = {
  dir: { type: 'string' },
  project: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

/**
 * A command's arguments, or the exit code with which it ends at once: help was asked for (0), or they are wrong (2).
 * What is wrong, and the usage, are said.
 */
export function argumentsOf<O extends Options>(args: string[], usage: string, options: O, positionals = false) {
  try {
    const parsed = parseArgs({ args, options, allowPositionals: positionals });
    if ((parsed.values as { help?: boolean }).help !== true) return { code: null, ...parsed };
    console.log(usage);
    return { code: 0, ...parsed };
  } catch (error) {
    return {
      code: usedWrongly(error instanceof Error ? error.message : String(error), usage),
      values: null,
      positionals: null,
    };
  }
}

/** @returns the exit code */
export function usedWrongly(message: string, usage: string): 2 {
  console.error(`${message}\n\n${usage}`);
  return 2;
}
