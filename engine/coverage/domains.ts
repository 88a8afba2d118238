import { parse, print } from '../expressions/index.ts';
import { type CompiledForm, compileForm } from '../forms/index.ts';
import { offered } from '../forms/options.ts';
import type { Definition } from '../model/definition.ts';

/** All that a field can hold in one project. */
export interface Domain {
  /** As expressions print them. */
  readonly literals: readonly string[];
  /** `delivery.way` */
  readonly path: string;
  /** The setting that leaves only these: `settings.deliveryWays`; null: the form itself. */
  readonly by: string | null;
}

type Described = Pick<Definition, 'forms' | 'settings' | 'declared'>;

/**
 * What paths that conditions read can hold, as the project's settings leave the options of the fields: of the forms, of
 * the form that an event brings (`event.mode`), of the newest entry of a record that a form fills (`last.orders.mode`).
 */
export class Domains {
  private readonly described: Described;
  private readonly forms = new Map<string, CompiledForm>();

  constructor(described: Described) {
    this.described = described;
  }

  form(id: string): CompiledForm | null {
    const known = this.forms.get(id);
    if (known !== undefined) return known;
    const schema = this.described.forms[id];
    if (schema === undefined) return null;
    const form = compileForm(id, schema);
    this.forms.set(id, form);
    return form;
  }

  /** @param around form whose own fields are named without it (`way`), or that came with the event; null: none */
  of(path: string, around: string | null): Domain | null {
    const { declared } = this.described;
    const [root = '', ...names] = path.split('.');
    if (names.length === 0) return this.field(around, root, path);
    if (root === 'event') return names.length === 1 ? this.field(around, names[0] as string, path) : null;
    if (root !== 'last') return names.length === 1 ? this.field(root, names[0] as string, path) : null;
    const [record = '', name] = names;
    return name === undefined ? null : this.field(declared.records[record]?.form ?? null, name, path);
  }

  /** Only a field that is there whenever its form is has no other value. */
  private field(form: string | null, name: string, path: string): Domain | null {
    const field = form === null ? null : (this.form(form)?.field(name) ?? null);
    if (field === null || field.required !== true || field.visible !== true || field.type !== 'string') return null;
    const { options } = field;
    const bySettings = options?.kind === 'from' && options.path.startsWith('settings.') ? options.path : null;
    if (bySettings === null && !(options === null && Array.isArray(field.schema.enum))) return null;
    const literals = offered(field, { settings: this.described.settings, forms: {} }).map(({ value }) =>
      printed(JSON.stringify(value)),
    );
    return literals.length === 0 ? null : { literals, path, by: bySettings };
  }
}

/** A literal as expressions print it. */
function printed(text: string): string {
  const parsed = parse(text);
  return parsed.kind === 'parsed' ? print(parsed.expression.ast) : text;
}
