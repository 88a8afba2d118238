import { transitions } from '../../check/walk.ts';
import { atomsOf, type Condition } from '../../explore/condition.ts';
import type { Course } from '../../explore/courses.ts';
import type { Move } from '../../explore/moves.ts';
import type { Edge, Node } from '../../explore/nodes.ts';
import type { Space } from '../../explore/space.ts';
import { parse, references } from '../../expressions/index.ts';
import type { JsonObject } from '../../model/json.ts';
import type { LawCheck } from '../checks.ts';
import { constantOf, type Form, plus, replaced, variable } from './arithmetic.ts';
import { type Case, type Formula, Reader, type Sent, yes } from './formula.ts';
import { Forms } from './signs.ts';
import { isLinear, othersIn } from './truth.ts';

/** A call that is answered with what was asked for: the amount is an unknown of its own while it is open. */
export interface Open {
  readonly node: number;
  readonly field: string;
  readonly name: string;
  readonly cases: readonly Case[];
}

/** Too many forms are not followed. */
const most = 40;

/** What a definition says about the sums that some laws are about. */
export class Model {
  readonly space: Space;
  readonly reader: Reader;
  readonly forms = new Forms();
  readonly opens: readonly Open[];
  /** Law -> what has to be impossible. */
  readonly broken: ReadonlyMap<string, Formula>;
  /** False when it cannot be said. */
  readonly sound: boolean;
  private readonly texts = new Map<string, string | null>();
  private followed: ReadonlySet<string> | null = null;
  private names: readonly string[] | null = null;
  /** Obligations with a fact. */
  private readonly proven = new Set<string>();
  private readonly formulas = new Map<string, Formula>();

  constructor(space: Space, laws: readonly LawCheck[]) {
    this.space = space;
    this.reader = new Reader(space.searched, space.known);
    for (const { transition } of transitions(space.searched.chart))
      for (const branch of transition.branches) this.texts.set(branch.address, branch.if);
    for (const state of Object.values(space.searched.chart.states))
      for (const { address, if: condition, fact } of state.obligations) {
        this.texts.set(address, condition);
        if (fact !== null) this.proven.add(address);
      }
    this.opens = space.nodes.all.flatMap((node) => this.opensOf(node));
    this.broken = new Map(laws.map((law) => [law.id, this.reader.formulaOf(law.must, false, null)]));
    for (const formula of this.broken.values()) this.addForms(formula);
    for (const edge of space.nodes.edges) this.addForms(this.guardOf(edge, true, null));
    for (const { name, cases } of this.opens)
      for (const { form } of cases) this.forms.add(plus(variable(name), form, -1));
    this.close();
    for (const name of this.variables()) this.bound(name);
    this.sound = this.forms.all.length > 0 && this.forms.all.length <= most && this.hasAllWriters();
  }

  /** What holds, or does not hold, when a branch is asked for. @param move whose data the event is; null: no event's */
  guardOf(edge: Edge, holds: boolean, move: Move | null): Formula {
    const key = `${edge.id} ${holds} ${move?.kind} ${move?.name}`;
    let formula = this.formulas.get(key);
    if (formula === undefined) {
      const text = this.texts.get(edge.address);
      // Of an obligation its fact is asked, too: one that is passed by says nothing about its condition.
      const isOpen = text === undefined || (!holds && this.proven.has(edge.address));
      formula = isOpen ? yes : this.reader.formulaOf(text, holds, move === null ? null : this.sentBy(move));
      this.formulas.set(key, formula);
    }
    return formula;
  }

  /** An answer that the search gave to a question about the event; null for one about anything else. */
  saidBy(move: Move, about: string, holds: boolean): Formula | null {
    const parsed = about.includes('event.') ? parse(about) : null;
    if (parsed?.kind !== 'parsed') return null;
    const reads = references(parsed.expression.ast);
    if (!reads.every(({ path }) => path[0] === 'event')) return null;
    const formula = this.reader.formulaOf(about, holds, this.sentBy(move));
    return isLinear(formula) ? formula : null;
  }

  /** The schema of what is sent with a move. */
  sentBy(move: Move): Sent | null {
    const { declared, forms, connectors } = this.space.searched;
    if (move.kind === 'outcome') {
      const colon = move.name.lastIndexOf(':');
      const call = this.space.searched.chart.states[move.name.slice(0, colon)]?.call;
      const known = connectors[call?.connector ?? '']?.operations[call?.operation ?? ''];
      const data = known?.outcomes[move.name.slice(colon + 1)]?.data;
      return data === undefined ? null : { schema: data };
    }
    const event = declared.events[move.name];
    if (move.kind === 'event') return event?.form === undefined ? null : { schema: forms[event.form] as JsonObject };
    const [connector = '', name = ''] = (event?.from ?? '').split('.');
    const data = connectors[connector]?.events[name]?.data;
    return move.kind !== 'outside' || data === undefined ? null : { schema: data };
  }

  /** The open amount that an answer repeats. */
  repeatedBy(move: Move, field: string): Open | undefined {
    if (move.kind !== 'outcome') return undefined;
    const colon = move.name.lastIndexOf(':');
    const node = this.space.nodes.of.get(move.name.slice(0, colon));
    const open = this.opens.find((each) => each.node === node?.index && each.field === field);
    const same = node === undefined ? [] : sameOf(this.space, node, move.name.slice(colon + 1));
    return same.includes(field) ? open : undefined;
  }

  /** Whether the amounts change or are asked for in a course itself, not only where it ends. */
  isAbout({ taken, move, into }: Course, from: Uint8Array | null): boolean {
    if (
      move.kind === 'outcome' &&
      this.opens.some(
        ({ node }) => this.space.nodes.all[node]?.address === move.name.slice(0, move.name.lastIndexOf(':')),
      )
    )
      return true;
    if (into?.nodes.some((index) => from?.[index] !== 1 && this.recordsOnEntry(index)) === true) return true;
    const asked = taken.some(
      (edge) => edge.words.record.some((record) => this.isFollowed(record)) || isLinear(this.guardOf(edge, true, move)),
    );
    return asked || this.opens.some(({ node }) => into?.active[node] === 1 && from?.[node] !== 1);
  }

  recordsOnEntry(node: number): boolean {
    return this.space.nodes.all[node]?.state?.enter.record.some((record) => this.isFollowed(record)) === true;
  }

  /** Variables that formulas about amounts ask for besides. */
  slotsAsked(): readonly number[] {
    const slots = this.asked().flatMap((condition) =>
      atomsOf(condition).flatMap((atom) => {
        const slot =
          atom.kind === 'fact'
            ? this.space.slot('fact', atom.fact)
            : atom.kind === 'size'
              ? this.space.slot(atom.of, atom.name)
              : atom.kind === 'entry'
                ? this.space.slot('record', atom.record)
                : atom.kind === 'gap'
                  ? this.space.slot('gap', atom.records.join(' '))
                  : undefined;
        return slot === undefined ? [] : [slot.index];
      }),
    );
    return [...new Set(slots)];
  }

  /** What all formulas about sums ask besides. */
  private asked(): readonly Condition[] {
    const guards = this.space.nodes.edges.flatMap((edge) => othersIn(this.guardOf(edge, true, null)));
    const computed = this.computed().flatMap(othersIn);
    const cases = this.opens.flatMap((open) => open.cases.flatMap(({ when }) => othersIn(when)));
    return [...guards, ...computed, ...cases, ...[...this.broken.values()].flatMap(othersIn)];
  }

  /** Nodes of which they ask whether they are active. */
  placesAsked(): readonly number[] {
    return this.asked().flatMap((condition) =>
      atomsOf(condition).flatMap((atom) =>
        atom.kind === 'at' ? (this.space.nodes.of.get(atom.address)?.index ?? []) : [],
      ),
    );
  }

  /** What the computed fields of events ask. */
  computed(): readonly Formula[] {
    const { declared, forms } = this.space.searched;
    return Object.values(declared.events).flatMap(({ form }) => {
      const schema = form === undefined ? undefined : (forms[form] as JsonObject | undefined);
      if (schema === undefined) return [];
      return Object.keys((schema.properties ?? {}) as JsonObject).map((field) =>
        this.reader.formulaOf(`event.${field} == 0`, true, { schema }),
      );
    });
  }

  /** A sum or the last entry of the record stands in some form. */
  isFollowed(record: string): boolean {
    this.followed ??= new Set(this.variables().map((name) => name.slice(name.indexOf(' ') + 1, name.lastIndexOf('.'))));
    return this.followed.has(record);
  }

  variables(): readonly string[] {
    this.names ??= [...new Set(this.forms.all.flatMap(({ terms }) => [...terms.keys()]))];
    return this.names;
  }

  private opensOf(node: Node): readonly Open[] {
    const { state } = node;
    const { configurations } = this.space;
    const isKept = configurations.kept.some((kept) => kept === node.index || configurations.isBelow(node.index, kept));
    // What comes for a state that is left and returned to is not followed.
    if (state?.call == null || isKept) return [];
    const known = this.space.searched.connectors[state.call.connector]?.operations[state.call.operation];
    const fields = new Set(Object.values(known?.outcomes ?? {}).flatMap(({ same }) => same ?? []));
    return [...fields].flatMap((field) => {
      const text = state.call?.with[field];
      const cases = text === undefined ? null : this.reader.casesOf(text, null);
      return cases === null ? [] : [{ node: node.index, field, name: `call ${node.address}.${field}`, cases }];
    });
  }

  /** What the schema of the field says of the last entry; of one that is not there it may be said, too. */
  private bound(name: string): void {
    const [kind, path = ''] = name.split(' ');
    const [record = '', field = ''] = path.split('.');
    const minimum = kind === 'last' ? this.reader.schemaOf(record, field)?.minimum : undefined;
    if (typeof minimum === 'number')
      this.forms.bounds.push({ form: plus(variable(name), constantOf(minimum), -1), relation: '>=' });
  }

  private addForms(formula: Formula): void {
    if (formula.kind === 'linear') this.addForm(formula.constraint.form);
    else if (formula.kind !== 'other') for (const term of formula.terms) this.addForms(term);
  }

  private addForm(form: Form): void {
    if (![...form.terms.keys()].some((name) => name.startsWith('event '))) this.forms.add(form);
  }

  /** What the forms become by the answers of open calls. */
  private close(): void {
    for (let at = 0; at < this.forms.all.length && at <= most; at++) {
      const form = this.forms.all[at] as Form;
      for (const { node, field, name } of this.opens)
        for (const record of this.recordedIn(node))
          if (form.terms.has(`sum ${record}.${field}`) && !form.terms.has(name))
            this.forms.add(
              replaced(form, `sum ${record}.${field}`, plus(variable(`sum ${record}.${field}`), variable(name))),
            );
    }
  }

  private recordedIn(node: number): readonly string[] {
    const outcomes = this.space.nodes.all[node]?.state?.outcomes ?? {};
    return [
      ...new Set(Object.values(outcomes).flatMap(({ branches }) => branches.flatMap(({ words }) => words.record))),
    ];
  }

  /** Everything that writes these records is searched. */
  private hasAllWriters(): boolean {
    const { chart } = this.space.searched;
    const isHere = (address: string) => this.space.nodes.of.has(address);
    const writes = transitions(chart).every(
      ({ state, transition }) =>
        isHere(state.address) ||
        !transition.branches.some(({ words }) => words.record.some((each) => this.isFollowed(each))),
    );
    return (
      writes &&
      Object.values(chart.states).every(
        (state) => isHere(state.address) || !state.enter.record.some((each) => this.isFollowed(each)),
      )
    );
  }
}

function sameOf({ searched }: Space, { state }: Node, outcome: string): readonly string[] {
  const known = searched.connectors[state?.call?.connector ?? '']?.operations[state?.call?.operation ?? ''];
  return known?.outcomes[outcome]?.same ?? [];
}
