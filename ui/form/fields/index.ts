import type { FieldKind } from '../../../engine/forms/live.ts';
import { agreement } from './agreement.tsx';
import { cascade } from './cascade.tsx';
import { checkbox } from './checkbox.tsx';
import { choices } from './choices.tsx';
import { code } from './code.tsx';
import { date } from './date.tsx';
import { dateRange } from './date-range.tsx';
import type { KindOfField } from './field-kind.ts';
import { file } from './file.tsx';
import { flags } from './flags.tsx';
import { group } from './group.tsx';
import { list } from './list.tsx';
import { money } from './money.tsx';
import { address, multiline } from './multiline.tsx';
import { number } from './number.tsx';
import { qr } from './qr.tsx';
import { radio } from './radio.tsx';
import { readonly } from './readonly.tsx';
import { search } from './search.tsx';
import { select } from './select.tsx';
import { summary } from './summary.tsx';
import { text } from './text.tsx';

/** Every kind of field that can be drawn, in the order of `forms/README.md`. */
export const kinds: readonly KindOfField[] = [
  text,
  multiline,
  radio,
  select,
  checkbox,
  choices,
  search,
  cascade,
  number,
  money,
  date,
  dateRange,
  file,
  agreement,
  code,
  qr,
  flags,
  address,
  group,
  list,
  readonly,
  summary,
];

const byKind = new Map<FieldKind, KindOfField>(kinds.map((kind) => [kind.kind, kind]));

export function kindOfField(kind: FieldKind): KindOfField {
  return byKind.get(kind) ?? text;
}
