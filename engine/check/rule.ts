import type { Composition } from '../compose/index.ts';
import type { IssueCode } from '../errors/issues.ts';
import type { Origin } from '../model/definition.ts';
import type { Issue } from '../model/issue.ts';
import { issueAt, suggest } from '../read/index.ts';
import type { Process } from './process.ts';

/** One rule, one file. A rule only reads; it never throws, whatever the definition says. */
export interface Rule extends AnyRule {
  readonly of?: never;
  check(composition: Composition): Issue[];
}

/** A rule about the process as it is written: asked once for all the projects that have it in common. */
export interface ProcessRule extends AnyRule {
  readonly of: 'process';
  check(process: Process): Issue[];
}

interface AnyRule {
  readonly id: string;
  /** Looked at only when nothing else is wrong: what it finds would follow from other mistakes. */
  readonly last?: true;
}

type Placed = Pick<Composition, 'places' | 'workflowFile'>;

/** Where the name of an element stands; the workflow's first line where nobody knows better. */
export function keyAt(placed: Placed, address: string): Origin {
  return placeOf(placed, address)?.key ?? { file: placed.workflowFile, line: 1, column: 1 };
}

/** Where the content of an element begins. */
export function valueAt(placed: Placed, address: string): Origin {
  return placeOf(placed, address)?.value ?? { file: placed.workflowFile, line: 1, column: 1 };
}

function placeOf({ places }: Placed, address: string) {
  let here = address;
  for (;;) {
    const place = places.get(here);
    if (place !== undefined) return place;
    const cut = Math.max(here.lastIndexOf('.'), here.lastIndexOf(':'));
    if (cut < 0) return undefined;
    here = here.slice(0, cut);
  }
}

/** An issue about a name that nothing declares, with the nearest that something does, or with the few there are. */
export function unknown(
  origin: Origin,
  code: IssueCode,
  name: string,
  known: Iterable<string>,
  path: string,
  params: { readonly [name: string]: unknown } = {},
): Issue {
  const names = [...known];
  return issueAt(origin, code, { name, ...params }, { path, proposal: suggest(name, names) ?? fewOf(names) });
}

/** The names to choose from, where they are few enough to be read. */
export function fewOf(names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined;
  return names.slice(0, 8).join('、') + (names.length > 8 ? ' …' : '');
}
