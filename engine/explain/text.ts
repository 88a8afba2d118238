import { durationWords, parseDuration } from '../compose/duration.ts';
import { optionsOf } from '../compose/options.ts';
import { type Place, parseText } from '../compose/text.ts';
import { type Locale, sentence } from '../errors/index.ts';
import { evaluateText, type Scope } from '../expressions/index.ts';
import { display } from '../forms/index.ts';
import type { Calendar } from '../model/command.ts';
import type { Definition } from '../model/definition.ts';
import { type Json, objectOf } from '../model/json.ts';
import { chainOf } from '../run/configuration.ts';
import { formOf } from '../run/forms.ts';
import { momentText } from './moment.ts';

/** What the places of a text are filled from. */
export interface TextWorld {
  readonly scope: Scope;
  /** The state that the text is about. */
  readonly state: string;
  /** Its deadline, epoch ms. */
  readonly deadline: number | null;
  readonly now: number;
  readonly calendar: Pick<Calendar, 'offsetMinutes'>;
}

/** A text with its places filled. What has no value is left out; never throws. [XPL-2] */
export function renderText(definition: Definition, text: string, world: TextWorld): string {
  return parseText(text)
    .map((part) => (part.kind === 'words' ? part.text : placeText(definition, part.place, world)))
    .join('');
}

function placeText(definition: Definition, place: Place, world: TextWorld): string {
  switch (place.kind) {
    case 'expression':
      return valueText(definition, place.text, world.scope);
    case 'deadline':
      return world.deadline === null ? '' : momentText(world.deadline, world.now, world.calendar);
    case 'stateLabel':
      return labelOf(definition, world.state);
    case 'label':
      return labelOf(definition, place.address);
    case 'nextLabel':
      return nextLabel(definition, world);
    case 'menu':
      return menuText(definition, place.id);
    case 'stage':
      return definition.declared.stages[place.id] ?? place.id;
    case 'option':
      return optionsOf(definition.settingsSchema, place.setting)[place.value] ?? place.value;
  }
}

/** The applicant's word for a state, or its title. */
export function labelOf(definition: Definition, address: string): string {
  const state = definition.chart.states[address] ?? definition.removed[address];
  return state?.label ?? state?.title ?? address;
}

/** An expression's value as people read it: a field as its form writes it. */
export function valueText(definition: Definition, text: string, scope: Scope): string {
  const result = evaluateText(text, scope);
  if (result.kind !== 'value') return '';
  const field = fieldAt(definition, text.trim().split('.'));
  if (field !== null) return display(field, result.value);
  if (text.trim().startsWith('settings.') && typeof result.value === 'string') return durationText(result.value);
  return plainText(result.value);
}

/** The field of a form that a path (`form.field`, `last.record.field`) names. */
export function fieldAt(definition: Definition, path: readonly string[]) {
  const [one, two, three, more] = path;
  if (one === 'last' && two !== undefined && three !== undefined && more === undefined) {
    const form = definition.declared.records[two]?.form;
    return form === undefined ? null : (formOf(definition, form)?.field(three) ?? null);
  }
  if (one === undefined || two === undefined || three !== undefined || one === 'settings') return null;
  return formOf(definition, one)?.field(two) ?? null;
}

function durationText(value: string): string {
  const duration = parseDuration(value);
  return duration === null ? value : durationWords(duration);
}

export function plainText(value: Json, locale: Locale = 'zh-CN'): string {
  if (value === null) return '';
  if (typeof value === 'boolean') return sentence(value ? 'yes' : 'no', {}, locale);
  if (Array.isArray(value)) return value.map((each) => plainText(each, locale)).join(locale === 'en' ? '; ' : '；');
  return typeof value === 'object' ? '' : String(value);
}

/** Where the obligations around the state lead now. */
function nextLabel(definition: Definition, world: TextWorld): string {
  for (const address of chainOf(world.state)) {
    const obligations = definition.chart.states[address]?.obligations ?? [];
    for (const obligation of obligations) {
      const terms = [obligation.fact === null ? null : `!facts.${obligation.fact}`, obligation.if];
      const fits = terms.every((term) => {
        if (term === null) return true;
        const result = evaluateText(term, world.scope);
        return result.kind === 'value' && result.value === true;
      });
      if (fits) return labelOf(definition, obligation.go);
    }
  }
  return '';
}

/** The title of an entry of the content `hall`: `menus: [{ id: cases, title: 我的业务单 }]`. */
function menuText(definition: Definition, id: string): string {
  const menus = definition.content.hall?.menus;
  for (const entry of Array.isArray(menus) ? menus : []) {
    const { id: own, title } = objectOf(entry);
    if (own === id && typeof title === 'string') return title;
  }
  return id;
}
