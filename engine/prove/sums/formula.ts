import { type Condition, conditionOf, conditionOfNode, type Known } from '../../explore/condition.ts';
import type { Searched } from '../../explore/nodes.ts';
import { evaluateText, type Node, parse, pathOf, print, references } from '../../expressions/index.ts';
import type { JsonObject } from '../../model/json.ts';
import { type Constraint, constantOf, type Form, plus, variable } from './arithmetic.ts';

/** A condition whose questions about sums are linear; what else it asks is left to the search. */
export type Formula =
  | { readonly kind: 'and' | 'or'; readonly terms: readonly Formula[] }
  | { readonly kind: 'linear'; readonly constraint: Constraint }
  /** Holds, or is wanted not to hold. */
  | { readonly kind: 'other'; readonly condition: Condition; readonly holds: boolean };

/** What an expression comes to, by cases. */
export interface Case {
  readonly when: Formula;
  readonly form: Form;
}

export const yes: Formula = { kind: 'and', terms: [] };
export const no: Formula = { kind: 'or', terms: [] };

/** The data of an event: fields that are named without it in what computes others. */
export interface Sent {
  readonly schema: JsonObject;
}

/** Reads conditions and amounts of a definition. */
export class Reader {
  readonly searched: Searched;
  readonly known: Known;

  constructor(searched: Searched, known: Known) {
    this.searched = searched;
    this.known = known;
  }

  /** @param sent what `event` is; null where there is none */
  formulaOf(text: string | null, holds: boolean, sent: Sent | null): Formula {
    if (text === null) return holds ? yes : no;
    const parsed = parse(text);
    // As in a step: a text that does not parse never holds.
    return parsed.kind === 'failed' ? (holds ? no : yes) : this.read(parsed.expression.ast, holds, sent, false);
  }

  /** The cases of an amount; null where it is not linear. */
  casesOf(text: string, sent: Sent | null): readonly Case[] | null {
    const parsed = parse(text);
    return parsed.kind === 'failed' ? null : this.cases(parsed.expression.ast, sent, false);
  }

  /** @param inside of a form's own expression: its fields are named without the form */
  private read(node: Node, holds: boolean, sent: Sent | null, inside: boolean): Formula {
    switch (node.op) {
      case '&&':
      case '||':
        return {
          kind: (node.op === '&&') === holds ? 'and' : 'or',
          terms: node.args.map((each) => this.read(each, holds, sent, inside)),
        };
      case '!_':
        return this.read(node.args, !holds, sent, inside);
      case '?:': {
        const [test, one, other] = node.args as readonly [Node, Node, Node];
        const branch = (value: Node, taken: boolean): Formula => ({
          kind: 'and',
          terms: [this.read(test, taken, sent, inside), this.read(value, holds, sent, inside)],
        });
        return {
          kind: 'or',
          terms: [branch(one, true), branch(other, false), ...(holds ? [] : [failing(this, test)])],
        };
      }
      case '==':
      case '!=':
      case '<':
      case '<=':
      case '>':
      case '>=':
        return this.compared(node, holds, sent, inside) ?? this.other(node, holds, inside);
      default:
        return this.other(node, holds, inside);
    }
  }

  private other(node: Node, holds: boolean, inside: boolean): Formula {
    // What a form's expression asks by its own names is not the search's question.
    const own = inside && references(node).some(({ path }) => path[0] !== 'last' && path[0] !== 'records');
    return own ? { kind: 'or', terms: [yes] } : { kind: 'other', condition: conditionOfNode(node, this.known), holds };
  }

  private compared(node: Node, holds: boolean, sent: Sent | null, inside: boolean): Formula | null {
    const [left, right] = (node.args as readonly Node[]).map((each) => this.cases(each, sent, inside));
    if (left == null || right == null) return null;
    const all: Formula[] = left.flatMap((one) =>
      right.map((two): Formula => {
        const form = plus(one.form, two.form, -1);
        return { kind: 'and', terms: [one.when, two.when, relationOf(node.op as '==', holds, form)] };
      }),
    );
    // A condition that reads what is not there does not hold.
    if (!holds) for (const path of missing(node)) all.push(this.absent(path));
    return { kind: 'or', terms: all };
  }

  absent([root, name, field]: readonly string[]): Formula {
    if (root !== 'last' || field === undefined) return no;
    return { kind: 'other', condition: conditionOf(`has(last.${name}.${field})`, this.known), holds: false };
  }

  private cases(node: Node, sent: Sent | null, inside: boolean): readonly Case[] | null {
    switch (node.op) {
      case 'value': {
        const value = typeof node.args === 'bigint' ? Number(node.args) : node.args;
        return Number.isInteger(value) ? [{ when: yes, form: constantOf(value as number) }] : null;
      }
      case '+':
      case '-': {
        const [left, right] = node.args.map((each) => this.cases(each, sent, inside));
        if (left == null || right == null) return null;
        const factor = node.op === '+' ? 1 : -1;
        return left.flatMap((one) =>
          right.map((two) => ({
            when: { kind: 'and' as const, terms: [one.when, two.when] },
            form: plus(one.form, two.form, factor),
          })),
        );
      }
      case '?:': {
        const [test, one, other] = node.args as readonly [Node, Node, Node];
        const branches = [
          [one, true],
          [other, false],
        ] as const;
        const found: Case[] = [];
        for (const [value, taken] of branches) {
          const cases = this.cases(value, sent, inside);
          if (cases === null) return null;
          for (const each of cases)
            found.push({
              when: { kind: 'and', terms: [this.read(test, taken, sent, inside), each.when] },
              form: each.form,
            });
        }
        return found;
      }
      case 'call':
        return this.sum(node);
      default:
        return this.path(node, sent, inside);
    }
  }

  /** `sum(records.r.map(x, x.field))` of whole numbers that every entry has. */
  private sum(node: Node): readonly Case[] | null {
    const list = node.op === 'call' && node.args[0] === 'sum' ? node.args[1][0] : undefined;
    if (list?.op !== 'rcall' || list.args[0] !== 'map' || list.args[2].length !== 2) return null;
    const [root, record, more] = pathOf(list.args[1]) ?? [];
    const [bound, body] = list.args[2];
    const [name, field, deeper] = (body === undefined ? null : pathOf(body)) ?? [];
    if (root !== 'records' || record === undefined || more !== undefined || bound?.op !== 'id') return null;
    if (name !== bound.args || field === undefined || deeper !== undefined || !this.isAmount(record, field))
      return null;
    return [{ when: yes, form: variable(`sum ${record}.${field}`) }];
  }

  private path(node: Node, sent: Sent | null, inside: boolean): readonly Case[] | null {
    const path = pathOf(node);
    if (path === null) return null;
    const [root = '', name, field, more] = path;
    if (root === 'settings') {
      const result = evaluateText(print(node), { values: { settings: this.searched.settings } });
      return result.kind === 'value' && Number.isInteger(result.value)
        ? [{ when: yes, form: constantOf(result.value as number) }]
        : null;
    }
    if (root === 'last' && name !== undefined && field !== undefined && more === undefined)
      return this.isAmount(name, field) ? [{ when: yes, form: variable(`last ${name}.${field}`) }] : null;
    if (sent === null) return null;
    if (inside && name === undefined) return this.sentField(root, sent);
    return root === 'event' && name !== undefined && field === undefined ? this.sentField(name, sent) : null;
  }

  private sentField(name: string, sent: Sent): readonly Case[] | null {
    const property = ((sent.schema.properties ?? {}) as { [field: string]: JsonObject })[name];
    const formula = property?.['x-compute'];
    if (property?.type !== 'integer') return null;
    if (typeof formula === 'string') {
      const parsed = parse(formula);
      return parsed.kind === 'failed' ? null : this.cases(parsed.expression.ast, sent, true);
    }
    const { required } = sent.schema;
    return Array.isArray(required) && required.includes(name) ? [{ when: yes, form: variable(`event ${name}`) }] : null;
  }

  /** Every entry of the record has the field, a whole number. */
  isAmount(record: string, field: string): boolean {
    return this.known.required(record, field) && this.schemaOf(record, field)?.type === 'integer';
  }

  /** Of a field of a record's entries. */
  schemaOf(record: string, field: string): JsonObject | undefined {
    const { form, of } = this.searched.declared.records[record] ?? {};
    const [connector = '', operation = '', outcome = ''] = (of ?? '').split('.');
    const known = this.searched.connectors[connector];
    const data = known?.operations[operation]?.outcomes[outcome]?.data ?? known?.events[operation]?.data;
    const schema = form === undefined ? data : this.searched.forms[form];
    return ((schema?.properties ?? {}) as { [field: string]: JsonObject })[field];
  }
}

/** A `?:` whose test reads what is not there does not hold. */
function failing(reader: Reader, test: Node): Formula {
  return { kind: 'or', terms: missing(test).map((path) => reader.absent(path)) };
}

function missing(node: Node): readonly (readonly string[])[] {
  return references(node).flatMap(({ path, asked }) => (path[0] === 'last' && !asked ? [path] : []));
}

function relationOf(op: '==' | '!=' | '<' | '<=' | '>' | '>=', holds: boolean, form: Form): Formula {
  const negative = plus(constantOf(0), form, -1);
  const above = (each: Form, relation: '>' | '>='): Formula => ({
    kind: 'linear',
    constraint: { form: each, relation },
  });
  switch (op) {
    case '==':
    case '!=':
      if ((op === '==') === holds) return { kind: 'linear', constraint: { form, relation: '=' } };
      return { kind: 'or', terms: [above(form, '>'), above(negative, '>')] };
    case '<':
      return holds ? above(negative, '>') : above(form, '>=');
    case '<=':
      return holds ? above(negative, '>=') : above(form, '>');
    case '>':
      return holds ? above(form, '>') : above(negative, '>=');
    case '>=':
      return holds ? above(form, '>=') : above(negative, '>');
  }
}
