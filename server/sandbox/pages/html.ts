import { zoneMinutes } from '../../../engine/zone.ts';
import type { Speech } from './words.ts';

/** Text that is safe to stand in HTML. Everything else that goes into a template is escaped. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Part = Html | string | number | null | undefined | false | readonly Part[];

export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  let text = strings[0] ?? '';
  for (const [index, part] of parts.entries()) text += write(part) + (strings[index + 1] ?? '');
  return new Html(text);
}

function write(part: Part): string {
  if (part instanceof Html) return part.text;
  if (part === null || part === undefined || part === false) return '';
  if (typeof part === 'object') return part.map(write).join('');
  return String(part).replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

const weekdays = ['日', '一', '二', '三', '四', '五', '六'];
const english = new Intl.DateTimeFormat('en', { timeZone: 'UTC', weekday: 'short', month: 'short', day: 'numeric' });

/** `11月23日 周一 10:42` or `Mon, Nov 23 10:42`, in the house's zone (UTC+8, no daylight saving). */
export function time(ms: number, speech: Speech): string {
  const date = new Date(ms + zoneMinutes * 60_000);
  const clock = date.toISOString().slice(11, 16);
  if (speech.locale === 'en') return `${english.format(date)} ${clock}`;
  return `${date.getUTCMonth() + 1}月${date.getUTCDate()}日 周${weekdays[date.getUTCDay()]} ${clock}`;
}

/** `280.00 元` or `¥280.00` from fen. */
export function money(fen: number, speech: Speech): string {
  const sum = (fen / 100).toFixed(2);
  return speech.locale === 'en' ? `¥${sum}` : `${sum} 元`;
}

/** A case's number in its groups; copied without spaces. */
export function caseNumber(number: string): Html {
  const groups = [number.slice(0, 3), number.slice(3, 9), number.slice(9, 15), number.slice(15)].filter((one) => one);
  return html`<span class="no">${groups.map((group, at) => (at === 0 ? group : html`<i>${group}</i>`))}</span>`;
}
