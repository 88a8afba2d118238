import { contentOrigin } from '../compose/places.ts';
import { bool, type Type, type Types, typeOfSchema } from '../expressions/index.ts';
import { rangeEnds } from '../forms/date-range.ts';
import { kindOf } from '../forms/fields.ts';
import { isLost } from '../forms/part.ts';
import type { FormSchema } from '../model/definition.ts';
import type { Issue } from '../model/issue.ts';
import type { JsonObject } from '../model/json.ts';
import { own } from '../model/own.ts';
import { dataOf, entries, get, issueAt, listed, type Node, plain, suggest, text } from '../read/index.ts';
import { checkExpression, checkText } from './expression.ts';
import { limitsOf } from './form-limits.ts';
import { patternProblem } from './pattern.ts';
import { optional } from './presence.ts';
import type { Process } from './process.ts';
import { type ProcessRule, unknown } from './rule.ts';
import { textNames } from './texts.ts';
import { formType, withFields } from './types.ts';

/** What a form's own shape cannot say: conditions see existing fields, keywords fit the type, names lead somewhere. */
export const forms: ProcessRule = {
  id: 'forms',
  of: 'process',
  check(process) {
    const issues: Issue[] = [];
    const types = process.types;
    for (const source of process.used.forms)
      if (source.node !== null) new FormCheck(process, types, source.id, source.node, issues).run();
    return issues;
  },
};

const conditionKeys = ['x-visible', 'x-required', 'x-readonly'] as const;
const valueKeys = ['x-compute', 'x-prefill'] as const;
const textKeys = ['x-hint', 'title', 'description', 'x-placeholder'] as const;
const fitting: { readonly [keyword: string]: readonly string[] } = {
  minLength: ['string'],
  maxLength: ['string'],
  pattern: ['string'],
  format: ['string'],
  minimum: ['integer', 'number'],
  maximum: ['integer', 'number'],
  multipleOf: ['integer', 'number'],
  items: ['array'],
  minItems: ['array'],
  maxItems: ['array'],
  uniqueItems: ['array'],
  properties: ['object'],
  'x-file': ['object'],
  'x-agreement': ['boolean'],
  'x-secret': ['string'],
};

/** What is sealed, withheld, uploaded or agreed to is a field of the form itself, not a part of one. */
const wholeFieldsOnly: ReadonlySet<string> = new Set([
  ...['x-sensitive', 'x-personal', 'x-mask', 'x-seen-by', 'x-file', 'x-ocr', 'x-agreement', 'x-secret'],
]);

class FormCheck {
  private readonly process: Process;
  private readonly id: string;
  private readonly root: Node;
  private readonly issues: Issue[];
  /** Fields of the form, or of the part that is being looked at, by bare name over everything around. */
  private types: Types;
  private fields: readonly string[];

  constructor(process: Process, types: Types, id: string, root: Node, issues: Issue[]) {
    this.process = process;
    this.id = id;
    this.root = root;
    this.issues = issues;
    this.types = withFields(types, formType(dataOf(root) as FormSchema));
    this.fields = entries(get(root, 'properties')).map(([name]) => name);
  }

  run(): void {
    this.required(this.root);
    this.checks(this.root);
    for (const key of conditionKeys) this.expression(this.root, key, bool);
    this.texts(this.root);
    for (const copy of listed(get(this.root, 'x-copy'))) this.copy(copy);
    for (const [name, entry] of entries(get(this.root, 'properties'))) this.field(entry.value, name);
    for (const [name, entry] of entries(get(this.root, '$defs'))) this.part(entry.value, `$defs.${name}`);
  }

  private reference(node: Node, path: string): void {
    const ref = get(node, '$ref');
    const defs = get(this.root, '$defs');
    if (ref === undefined || !isLost({ $ref: plain(ref) }, defs === undefined ? {} : (plain(defs) as JsonObject)))
      return;
    const known = entries(defs).map(([name]) => `#/$defs/${name}`);
    const near = suggest(text(ref) ?? '', known);
    this.issues.push(issueAt(ref.origin, 'form-ref', { name: text(ref) }, { path, proposal: near }));
  }

  private field(node: Node, name: string): void {
    const path = `${this.id}.${name}`;
    const type = text(get(node, 'type'));
    this.reference(node, path);
    if (['type', 'enum', 'const', '$ref'].every((keyword) => get(node, keyword) === undefined))
      this.issues.push(issueAt(node.origin, 'form-without-type', { name }, { path }));
    for (const [keyword, entry] of entries(node))
      if (type !== undefined && fitting[keyword]?.includes(type) === false)
        this.issues.push(
          issueAt(
            entry.key,
            'form-keyword-type',
            { keyword, type },
            { path, proposal: `type: ${fitting[keyword]![0]}` },
          ),
        );
    const allowed = listed(get(node, 'enum')).map((value) => String(plain(value)));
    for (const [value, entry] of entries(get(node, 'x-labels')))
      if (allowed.length > 0 && !allowed.includes(value))
        this.issues.push(unknown(entry.key, 'form-label', value, allowed, path));
    const pattern = get(node, 'pattern');
    const problem = patternProblem(text(pattern) ?? '');
    if (pattern !== undefined && problem !== null)
      this.issues.push(issueAt(pattern.origin, 'form-pattern', { reason: problem }, { path }));
    this.issues.push(...limitsOf(node, name, path));
    for (const key of conditionKeys) this.expression(node, key, bool);
    const own = typeOfSchema(dataOf(node));
    for (const key of valueKeys) this.expression(node, key, own);
    this.texts(node);
    this.required(node);
    if (kindOf(dataOf(node) as JsonObject) === 'dateRange') this.range(node, name, path);
    this.links(node, path);
    this.within(node, () => {
      this.checks(node);
      for (const [inner, entry] of entries(get(node, 'properties'))) this.part(entry.value, `${name}.${inner}`);
    });
    const items = get(node, 'items');
    if (items !== undefined) this.part(items, `${name}.items`);
  }

  /** A span of days holds two dates of these names. */
  private range(node: Node, name: string, path: string): void {
    const ends = get(node, 'properties');
    const dates = rangeEnds.filter((end) => text(get(get(ends, end), 'format')) === 'date');
    if (dates.length < rangeEnds.length || entries(ends).length > dates.length)
      this.issues.push(issueAt(node.origin, 'form-date-range', { name }, { path }));
  }

  /** What is inside a group or a list. */
  private part(node: Node, name: string): void {
    for (const [keyword, entry] of entries(node))
      if (wholeFieldsOnly.has(keyword))
        this.issues.push(issueAt(entry.key, 'form-part-keyword', { key: keyword }, { path: `${this.id}.${name}` }));
    this.field(node, name);
  }

  /** Conditions and rules of a group see its fields by bare name. */
  private within(node: Node, look: () => void): void {
    const { types, fields } = this;
    const own = get(node, 'properties') === undefined ? null : typeOfSchema(dataOf(node));
    if (own?.kind === 'object') {
      this.types = withFields(types, own);
      this.fields = entries(get(node, 'properties')).map(([name]) => name);
    }
    look();
    this.types = types;
    this.fields = fields;
  }

  private expression(node: Node, key: string, want: Type): void {
    const written = get(node, key);
    if (written?.kind !== 'scalar') return;
    const path = `${this.id}.${key}`;
    // A form that is being filled in misses values all the time: its conditions are total.
    this.issues.push(
      ...optional(checkExpression(String(written.value), this.types, contentOrigin(written), path, { want })),
    );
  }

  private checks(node: Node): void {
    for (const check of listed(get(node, 'x-check'))) {
      this.expression(check, 'if', bool);
      this.place(get(check, 'message'));
      const field = get(check, 'field');
      const name = text(field)?.split('.')[0];
      if (field !== undefined && name !== undefined && !this.fields.includes(name))
        this.issues.push(unknown(field.origin, 'unknown-field', name, this.fields, this.id, { form: this.id }));
    }
  }

  private texts(node: Node): void {
    for (const key of textKeys) this.place(get(node, key));
  }

  private place(node: Node | undefined): void {
    const written = text(node);
    if (node === undefined || written === undefined || !written.includes('{')) return;
    const names = { ...textNames(this.process, this.types), state: false };
    const found = optional(checkText(written, names, contentOrigin(node), this.id));
    // The person who fills in the form may see its own sensitive values.
    this.issues.push(...found.filter((issue) => issue.code !== 'text-sensitive'));
  }

  private required(node: Node): void {
    const known = entries(get(node, 'properties')).map(([name]) => name);
    for (const item of listed(get(node, 'required'))) {
      const name = text(item) ?? '';
      if (!known.includes(name)) this.issues.push(unknown(item.origin, 'form-required', name, known, this.id));
    }
  }

  private copy(copy: Node): void {
    const from = get(copy, 'from');
    const other = text(from) ?? '';
    const schema = own(this.process.composed.forms, other);
    if (schema === undefined) {
      if (from !== undefined)
        this.issues.push(unknown(from.origin, 'unknown-form', other, this.process.formIds, this.id));
      return;
    }
    for (const [own, entry] of entries(get(copy, 'fields'))) {
      if (!this.fields.includes(own))
        this.issues.push(unknown(entry.key, 'unknown-field', own, this.fields, this.id, { form: this.id }));
      const theirs = text(entry.value) ?? '';
      if (!Object.hasOwn(schema.properties, theirs))
        this.issues.push(
          unknown(entry.value.origin, 'unknown-field', theirs, Object.keys(schema.properties), this.id, {
            form: other,
          }),
        );
    }
  }

  /** A summary shows forms, and fields of them, that there are. */
  private summarised(shown: Node, path: string): void {
    this.named(text(shown) ?? '', shown.origin, path);
  }

  /** A form of the process, or a field `<form>.<field>` of one. */
  private named(name: string, origin: Node['origin'], path: string): void {
    const [form = '', field] = name.split('.');
    const schema = own(this.process.composed.forms, form);
    if (schema === undefined) this.issues.push(unknown(origin, 'unknown-form', form, this.process.formIds, path));
    else if (field !== undefined && !Object.hasOwn(schema.properties, field))
      this.issues.push(unknown(origin, 'unknown-field', field, Object.keys(schema.properties), path, { form }));
  }

  /** Names that lead out of the form: settings, secrets, agreements, documents, examples. */
  private links(node: Node, path: string): void {
    const { composed, declared, settings, content } = this.process;
    const from = get(get(node, 'x-options'), 'from');
    if (from !== undefined) {
      const name = (text(from) ?? '').replace(/^settings\./, '');
      if (name !== 'workdays' && !settings.lists.includes(name)) {
        const near = suggest(name, settings.lists);
        this.issues.push(
          issueAt(
            from.origin,
            'form-options',
            { name: text(from) },
            { path, proposal: near === undefined ? undefined : `settings.${near}` },
          ),
        );
      }
    }
    const most = text(get(get(node, 'x-options'), 'most'));
    const setting = most?.replace(/^settings\./, '');
    if (setting !== undefined && setting !== most && !settings.names.includes(setting))
      this.issues.push(issueAt(get(get(node, 'x-options'), 'most')!.origin, 'form-options', { name: most }, { path }));
    const places = get(node, 'x-places');
    const reservation = text(places);
    if (places !== undefined && reservation !== undefined) {
      const known = Object.keys(declared.reservations).filter((id) => declared.reservations[id]?.places !== undefined);
      if (!known.includes(reservation))
        this.issues.push(unknown(places.origin, 'unknown-places', reservation, known, path));
    }
    const secret = get(node, 'x-secret');
    const secretName = text(secret);
    if (secret !== undefined && secretName !== undefined && !Object.hasOwn(declared.secrets, secretName))
      this.issues.push(unknown(secret.origin, 'unknown-secret', secretName, Object.keys(declared.secrets), path));
    const agreements = content.agreements ?? {};
    for (const item of listed(get(node, 'x-agreement'))) {
      const name = text(item) ?? '';
      const article = agreements[name];
      // The version that was consented to is kept: an article without one proves nothing.
      if (!Object.hasOwn(agreements, name))
        this.issues.push(unknown(item.origin, 'unknown-agreement', name, Object.keys(agreements), path));
      else if (
        article === null ||
        typeof article !== 'object' ||
        Array.isArray(article) ||
        typeof article.version !== 'string'
      )
        this.issues.push(issueAt(item.origin, 'agreement-version', { name }, { path }));
    }
    for (const shown of listed(get(node, 'x-summary'))) this.summarised(shown, path);
    const slot = get(node, 'x-file');
    for (const key of ['template', 'digest']) {
      const document = get(slot, key);
      const id = text(document);
      if (document !== undefined && id !== undefined && !Object.hasOwn(composed.documents, id))
        this.issues.push(unknown(document.origin, 'unknown-document', id, Object.keys(composed.documents), path));
    }
    const example = get(slot, 'example');
    const examples = content.examples ?? {};
    const exampleId = text(example);
    if (example !== undefined && exampleId !== undefined && !Object.hasOwn(examples, exampleId))
      this.issues.push(unknown(example.origin, 'unknown-content', exampleId, Object.keys(examples), path));
    for (const [own, entry] of entries(get(get(node, 'x-ocr'), 'fills')))
      if (!this.fields.includes(own))
        this.issues.push(unknown(entry.key, 'unknown-field', own, this.fields, path, { form: this.id }));
    for (const [compared, entry] of entries(get(get(node, 'x-ocr'), 'compares'))) this.named(compared, entry.key, path);
  }
}
