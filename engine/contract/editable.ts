import type { Said } from '../errors/index.ts';
import type { Tables } from '../forms/types.ts';
import type { FormSchema } from '../model/definition.ts';
import type { JsonObject } from '../model/json.ts';

/** What a project may say otherwise in its forms and texts, as it stands without the project's own changes. */
export interface EditableParts {
  /** In the order in which the process asks for them; dialogues and those that nobody fills in come last. */
  readonly forms: readonly EditableForm[];
  /** Who reads a field: it cannot be taken away. */
  readonly needs: readonly EditableNeed[];
  readonly content: { readonly [kind: string]: JsonObject };
  readonly notices: { readonly [notice: string]: EditableNotice };
  /** What conditions of forms see besides fields and settings. */
  readonly tables: Tables;
  readonly roles: { readonly [role: string]: { readonly title: string } };
  /** Settings that the amount of a case, or a table of amounts, is worked out from. */
  readonly priced: readonly string[];
}

export interface EditableForm {
  readonly id: string;
  readonly schema: FormSchema;
  /** Role that fills it in; null where nobody does. */
  readonly by: string | null;
  /** Where it is filled in: titles of tasks, or of the buttons that ask it. */
  readonly where: readonly string[];
}

export interface EditableNeed {
  /** `<form>.<field>`, and what is inside of it. */
  readonly path: string;
  readonly by: Said;
  /** It has to be there: the field cannot be left open either. */
  readonly always: boolean;
  /** The expression: choices that stand in it are needed, too. */
  readonly source: string;
  /** Each choice has a row of its own. */
  readonly rows: boolean;
}

export interface EditableNotice {
  readonly by: 'sms' | 'email' | 'page' | 'desk' | 'inbox';
  readonly text: string;
  readonly inbox?: string;
  /** Role at the desk. */
  readonly role?: string;
  /** What it is sent for: titles of steps and buttons. */
  readonly when: readonly string[];
}
