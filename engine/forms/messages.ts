import type { Json } from '../model/json.ts';
import { codePoints } from './json.ts';
import { moneyText } from './money.ts';
import type { Field, FormLocale } from './types.ts';

/** What to say when a field that must be there is not. */
export function missingMessage(field: Field, locale: FormLocale): string {
  const name = field.title;
  if (locale === 'en') {
    switch (field.kind) {
      case 'file':
        return `Upload “${name}”`;
      case 'agreement':
      case 'checkbox':
        return 'Tick the box to go on';
      case 'flags':
        return 'Flag at least one field';
      default:
        return `Enter “${name}”`;
    }
  }
  switch (field.kind) {
    case 'file':
      return `请上传${name}`;
    case 'agreement':
      return '请阅读后勾选同意，再继续';
    case 'checkbox':
      return `请勾选“${name}”`;
    case 'select':
    case 'radio':
    case 'choices':
    case 'cascade':
    case 'date':
    case 'dateRange':
      return `请选择${name}`;
    case 'search':
      return `请从列表中选择${name}`;
    case 'flags':
      return '请至少标出 1 处要修改的地方';
    case 'code':
      return `请输入${name}`;
    default:
      return `请填写${name}`;
  }
}

/** What to say for one keyword of JSON Schema that a value does not meet. `value` is the field's whole value. */
export function keywordMessage(
  field: Field,
  keyword: string,
  params: { readonly [name: string]: unknown },
  value: Json | undefined,
  locale: FormLocale,
): string {
  const zh = locale === 'zh-CN';
  const limit = Number(params.limit ?? params.multipleOf ?? 0);
  const length = typeof value === 'string' ? codePoints(value) : 0;
  switch (keyword) {
    case 'minLength':
      return zh
        ? `少 ${limit - length} 个字，至少 ${limit} 个字`
        : `At least ${limit} characters, ${limit - length} are missing`;
    case 'maxLength':
      return zh
        ? `多 ${length - limit} 个字，最多 ${limit} 个字`
        : `At most ${limit} characters, ${length - limit} too many`;
    case 'pattern':
      return patternMessage(field, String(value ?? ''), zh);
    case 'minimum':
    case 'exclusiveMinimum':
      return zh
        ? `${keyword === 'minimum' ? '不能小于' : '要大于'} ${amount(field, limit, locale)}`
        : `${keyword === 'minimum' ? 'Not less than' : 'More than'} ${amount(field, limit, locale)}`;
    case 'maximum':
    case 'exclusiveMaximum':
      return zh
        ? `${keyword === 'maximum' ? '不能大于' : '要小于'} ${amount(field, limit, locale)}`
        : `${keyword === 'maximum' ? 'Not more than' : 'Less than'} ${amount(field, limit, locale)}`;
    case 'multipleOf':
      return zh ? `要是 ${amount(field, limit, locale)} 的整数倍` : `A multiple of ${amount(field, limit, locale)}`;
    case 'enum':
    case 'const':
      return zh ? '请从列出的选项中选择' : 'Choose one of the options';
    case 'minItems':
      return zh ? `请至少选 ${limit} 项` : `Choose at least ${limit}`;
    case 'maxItems':
      return zh
        ? `最多 ${limit} 项，请去掉 ${(Array.isArray(value) ? value.length : limit) - limit} 项`
        : `At most ${limit}`;
    case 'uniqueItems':
      return zh ? '有重复的，请去掉一个' : 'There are duplicates; remove one';
    case 'required':
      return zh ? '还没有填完整，请补全' : 'Not complete yet';
    case 'type':
      return typeMessage(field, zh);
    default:
      return zh ? `请核对${field.title}` : `Check “${field.title}”`;
  }
}

function typeMessage(field: Field, zh: boolean): string {
  if (field.kind === 'money') return zh ? '请输入金额，如 280.00，最多两位小数' : 'Enter an amount such as 280.00';
  if (field.type === 'integer') return zh ? '请输入整数，如 3' : 'Enter a whole number';
  if (field.type === 'number') return zh ? '请输入数字，如 12.5' : 'Enter a number';
  return zh ? `请重新填写${field.title}` : `Enter “${field.title}” again`;
}

/** For `^\d{6}$` and the like the difference is told in digits; otherwise the hint says how it is written. */
function patternMessage(field: Field, value: string, zh: boolean): string {
  const digits = /^\^(?:\\d|\[0-9\])\{(\d+)\}\$$/.exec(String(field.schema.pattern ?? ''));
  if (digits) {
    const wanted = Number(digits[1]);
    const missing = wanted - value.length;
    if (/\D/.test(value)) return zh ? `只能是数字，请输入 ${wanted} 位数字` : `Digits only; enter ${wanted} digits`;
    if (!zh) return `${Math.abs(missing)} too ${missing > 0 ? 'few' : 'many'}; enter ${wanted} digits`;
    return `${missing > 0 ? '少' : '多'} ${Math.abs(missing)} 位，请输入 ${wanted} 位数字`;
  }
  if (field.placeholder)
    return zh ? `写法不对，请参照：${field.placeholder}` : `Write it like this: ${field.placeholder}`;
  return zh ? `${field.title}的写法不对，请核对` : `Check how “${field.title}” is written`;
}

/** A limit as the person sees the field: money in yuan, numbers with their unit. */
function amount(field: Field, value: number, locale: FormLocale): string {
  if (field.kind === 'money') return moneyText(value, locale);
  return field.unit ? `${value} ${field.unit}` : String(value);
}
