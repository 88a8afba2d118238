import type { Drawn, Look } from './cards.ts';
import type { IdCard } from './people.ts';

/** What all drawn papers share, whatever their layout. */
export const seal = (place: string) => `<div class="seal" style="${place}"><span><i>★</i>虚构登记机关</span></div>`;
export const longDate = (day: string) => day.replace(/^(\d+)-(\d+)-(\d+)$/, '$1年$2月$3日');
const dots = (day: string) => day.replaceAll('-', '.');

/** The paper around its content; it says that it is no real one. */
export function card({ font }: Pick<Look, 'font'>, classes: string, content: string): string {
  return `<div class="card ${classes}" style="font-family:${font}">${content}<div class="specimen">虚构样张</div></div>`;
}

export function front({ name, number, nation, address }: IdCard, html: string): Drawn {
  return { kind: 'idCardFront', expected: { name, number, nation, address }, html };
}

export function back({ authority, validFrom, validUntil }: IdCard, html: string): Drawn {
  const end = validUntil === null ? { longTerm: '长期' } : { validUntil };
  return { kind: 'idCardBack', expected: { authority, validFrom, ...end }, html };
}

/** `2020.01.02-2040.01.02`, or without an end. */
export function validity({ validFrom, validUntil }: IdCard): string {
  return `${dots(validFrom)}-${validUntil === null ? '长期' : dots(validUntil)}`;
}
