import { type Place, parseText } from '../compose/text.ts';
import { fieldAt, labelOf, renderText } from '../explain/text.ts';
import { object } from '../forms/fields.ts';
import type { Definition } from '../model/definition.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { type Known, knownScope } from './known.ts';

/** A text of the definition for everybody: settings are filled in, what only a case knows stands as its name in 〔 〕. */
export function generalText(known: Known, text: string, state = ''): string {
  const world = { scope: knownScope(known), state, deadline: null, now: 0, calendar: { offsetMinutes: 0 } };
  return parseText(text)
    .map((part) => {
      if (part.kind === 'words') return part.text;
      const name = nameOf(known.definition, part.place, state);
      return name === null ? renderText(known.definition, `{${part.source}}`, world) : name;
    })
    .join('');
}

/** What stands for a value that hangs on the case; null for one that does not. */
function nameOf(definition: Definition, place: Place, state: string): string | null {
  switch (place.kind) {
    case 'deadline':
      return '〔截止时间〕';
    case 'nextLabel':
      return '〔下一步〕';
    case 'stateLabel':
      return state === '' ? '〔状态〕' : labelOf(definition, state);
    case 'expression': {
      const path = place.text.split('.');
      if (path[0] === 'settings' && path.length === 2) return null;
      if (place.text === 'case.number') return '〔业务单号〕';
      const field = fieldAt(definition, path);
      return field === null ? '〔…〕' : `〔${field.title}〕`;
    }
    default:
      return null;
  }
}

/** The entries of a list in an article. */
export function entries(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

export function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

export function article(definition: Definition, kind: string | null): JsonObject {
  return kind === null ? {} : object(definition.content[kind]);
}
