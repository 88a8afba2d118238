import type { Json, JsonObject } from '../model/json.ts';
import { rangeText } from './date-range.ts';
import { list, object, text } from './fields.ts';
import { dayText } from './formats/date.ts';
import { momentText } from './formats/date-time.ts';
import { formatOf } from './formats/index.ts';
import { partsOf } from './inner.ts';
import { moneyText } from './money.ts';
import { labelOf } from './options.ts';
import { isAccepted } from './settle.ts';
import type { Field, FormLocale, Inner } from './types.ts';

/** A value as people read it: words of an enum, yuan, units, digits in groups. Empty text for what is not there. */
export function display(field: Field, value: Json | undefined, locale: FormLocale = 'zh-CN'): string {
  const zh = locale === 'zh-CN';
  if (value === undefined || value === null || value === '') return '';
  if (field.agreements.length > 0) return consentText(value, locale);
  if (field.kind === 'money' && typeof value === 'number') return moneyText(value, locale);
  if (typeof value === 'boolean') {
    return field.labels[String(value)] ?? (value ? (zh ? '是' : 'Yes') : zh ? '否' : 'No');
  }
  if (field.kind === 'dateRange') return rangeText(value, locale);
  if (field.inner !== null && !field.inner.plain && typeof value === 'object')
    return partsText(field.inner, value, locale);
  if (Array.isArray(value)) {
    if (field.kind === 'flags') return zh ? `${value.length} 处` : String(value.length);
    return list(value)
      .map((item) => labelOf(field, item))
      .join(zh ? '；' : '; ');
  }
  if (typeof value === 'object') return text(object(value).name);
  if (field.format === 'date-time' && typeof value === 'string') return momentText(value);
  if (field.format === 'date' && typeof value === 'string') return dayText(value, locale);
  if (typeof value === 'string' && !value.includes('*')) {
    const present = formatOf(field.format)?.present;
    if (present) return present(value);
  }
  return labelOf(field, value);
}

/** `已同意（版本 2026-01，2026-03-05 16:20）`: what was agreed to, and when. */
function consentText(value: Json, locale: FormLocale): string {
  const zh = locale === 'zh-CN';
  if (!isAccepted(value)) return zh ? '未同意' : 'Not accepted';
  const { versions, at } = object(value);
  const different = [...new Set(Object.values(object(versions)).map(String))].filter((version) => version !== '');
  const which = different.length === 0 ? [] : [`${zh ? '版本' : 'version'} ${different.join(zh ? '、' : ', ')}`];
  const when = typeof at === 'number' ? [momentText(new Date(at).toISOString())] : [];
  const words = [...which, ...when].join(zh ? '，' : ', ');
  const accepted = zh ? '已同意' : 'Accepted';
  if (words === '') return accepted;
  return zh ? `${accepted}（${words}）` : `${accepted} (${words})`;
}

/** `姓名 林知夏，电话 138 0000 0000；姓名 …` */
function partsText(inner: Inner, value: Json, locale: FormLocale): string {
  const zh = locale === 'zh-CN';
  const one = (part: JsonObject) =>
    inner.form.fields
      .map((field) => [field.title, display(field, part[field.name], locale)])
      .filter(([, text]) => text !== '')
      .map((words) => words.join(' '))
      .join(zh ? '，' : ', ');
  return partsOf(inner, value)
    .map(one)
    .join(zh ? '；' : '; ');
}
