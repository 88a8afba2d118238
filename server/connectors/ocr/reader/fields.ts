import { essential, fieldsOf } from './kinds/index.ts';
import type { Models } from './models.ts';
import { rank } from './numbers.ts';
import { readPage } from './page.ts';
import type { Picture } from './picture.ts';
import type { Value } from './value.ts';

/** Side of the closer look, in pixels: twice the time, for small and blurred print. */
const closer = 1440;

type Found = { readonly [field: string]: Value };

/** What a picture of that kind says. Where something is missing that every such picture has, it is looked at more closely. */
export async function readFields(models: Models, picture: Picture, kind: string): Promise<Found> {
  const first = fieldsOf(kind, await readPage(models, picture));
  if (essential(kind).every((field) => field in first)) return first;
  return better(first, fieldsOf(kind, await readPage(models, picture, closer)));
}

/** Field by field the surer one. */
function better(one: Found, other: Found): Found {
  const result: { [field: string]: Value } = { ...one };
  for (const [field, value] of Object.entries(other)) {
    const before = result[field];
    if (!before || rank(value) > rank(before)) result[field] = value;
  }
  return result;
}
