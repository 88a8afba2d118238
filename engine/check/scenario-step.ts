import { parseDuration } from '../compose/duration.ts';
import type { Composition } from '../compose/index.ts';
import { durationRule, proposeDuration } from '../compose/settings.ts';
import type { IssueCode } from '../errors/issues.ts';
import type { Origin } from '../model/definition.ts';
import type { Issue } from '../model/issue.ts';
import { own } from '../model/own.ts';
import { entries, get, issueAt, listed, type Node, suggest, text } from '../read/index.ts';
import { unknown } from './rule.ts';

/** The names that a project knows, each list made once for all the steps of all its scenarios. */
interface Known {
  readonly events: readonly string[];
  readonly states: readonly string[];
  readonly forms: readonly string[];
  readonly roles: readonly string[];
  readonly facts: readonly string[];
  readonly notices: readonly string[];
  readonly counters: readonly string[];
  readonly records: readonly string[];
  readonly people: readonly string[];
}

const knownNames = new WeakMap<Composition, Known>();

function knownOf(composition: Composition): Known {
  const { declared, written, composed, formIds } = composition;
  let known = knownNames.get(composition);
  if (known === undefined) {
    known = {
      events: Object.keys(declared.events),
      states: Object.keys(written.states).filter((address) => address !== ''),
      forms: formIds,
      roles: Object.keys(composed.roles),
      facts: Object.keys(declared.facts),
      notices: Object.keys(declared.notices),
      counters: Object.keys(declared.counters),
      records: Object.keys(declared.records),
      people: Object.keys(declared.people),
    };
    knownNames.set(composition, known);
  }
  return known;
}

/** One step of a scenario against a project that it is told of: names, outcomes, durations. */
export class StepCheck {
  private readonly step: Node;
  private readonly path: string;
  private readonly composed: Composition['composed'];
  private readonly names: Known;
  private readonly issues: Issue[];

  constructor(step: Node, path: string, composition: Composition, issues: Issue[]) {
    this.step = step;
    this.path = path;
    this.composed = composition.composed;
    this.names = knownOf(composition);
    this.issues = issues;
  }

  run(): void {
    const { step, names } = this;
    for (const key of ['do', 'notice', 'refused']) this.values(get(step, key), names.events, 'unknown-event');
    this.values(get(step, 'through'), names.states, 'unknown-state', { from: '根' });
    this.keys(get(step, 'fill'), names.forms, 'unknown-form');
    this.role(get(step, 'as'));
    this.duration(get(step, 'advance'));
    this.world(get(step, 'world'));
    this.answer(get(step, 'answer'), get(step, 'outcome'));
    this.expectation(get(step, 'expect'));
  }

  private role(node: Node | undefined): void {
    const role = text(node)?.split('/')[0];
    if (node === undefined || role === undefined || this.names.roles.includes(role)) return;
    this.issues.push(unknown(node.origin, 'unknown-role', role, this.names.roles, this.path));
  }

  private duration(node: Node | undefined): void {
    const said = text(node);
    if (node === undefined || said === undefined || parseDuration(said) !== null) return;
    const proposal = proposeDuration(said);
    this.issues.push(
      issueAt(node.origin, 'bad-delay', { value: said, rule: durationRule }, { path: this.path, proposal }),
    );
  }

  private world(node: Node | undefined): void {
    for (const [operation, entry] of entries(node)) {
      const outcomes = this.outcomesOf(operation, entry.key);
      for (const reply of listed(entry.value)) {
        this.duration(get(reply, 'after'));
        if (outcomes === null) continue;
        const outcome = get(reply, 'outcome') ?? reply;
        this.values(outcome, [...outcomes, 'none', 'lost'], 'unknown-outcome', { operation });
      }
    }
  }

  private answer(answered: Node | undefined, outcome: Node | undefined): void {
    if (answered === undefined) return;
    const operation = text(answered) ?? '';
    const outcomes = this.outcomesOf(operation, answered.origin);
    if (outcomes !== null) this.values(outcome, outcomes, 'unknown-outcome', { operation });
  }

  private expectation(expect: Node | undefined): void {
    if (expect === undefined) return;
    const { names } = this;
    this.values(get(expect, 'at'), names.states, 'unknown-state', { from: '根' });
    this.presence(get(expect, 'offers'), names.events, 'unknown-event');
    this.presence(get(expect, 'facts'), names.facts, 'unknown-fact');
    this.presence(get(expect, 'notified'), names.notices, 'unknown-notice');
    this.keys(get(expect, 'counters'), names.counters, 'unknown-counter');
    this.keys(get(expect, 'records'), names.records, 'unknown-record');
    this.keys(get(expect, 'people'), names.people, 'unknown-person');
    for (const [operation, entry] of entries(get(expect, 'asked'))) this.outcomesOf(operation, entry.key);
  }

  /** A list of names, or `{ has, not }` with one each. */
  private presence(node: Node | undefined, known: readonly string[], code: IssueCode): void {
    if (node?.kind === 'map') for (const key of ['has', 'not']) this.values(get(node, key), known, code);
    else this.values(node, known, code);
  }

  private values(node: Node | undefined, known: readonly string[], code: IssueCode, params = {}): void {
    for (const item of listed(node)) {
      const name = text(item);
      if (name !== undefined && !known.includes(name))
        this.issues.push(unknown(item.origin, code, name, known, this.path, params));
    }
  }

  private keys(node: Node | undefined, known: readonly string[], code: IssueCode): void {
    for (const [name, entry] of entries(node))
      if (!known.includes(name)) this.issues.push(unknown(entry.key, code, name, known, this.path));
  }

  /** The outcomes of `connector.operation`; null, and told, when there is no such operation. */
  private outcomesOf(name: string, place: Origin): readonly string[] | null {
    const { connectors } = this.composed;
    const [connector = '', operation = ''] = name.split('.');
    const contract = own(own(connectors, connector)?.operations ?? {}, operation);
    if (contract !== undefined) return [...Object.keys(contract.outcomes), 'UNAVAILABLE'];
    const all = Object.values(connectors).flatMap((one) => Object.keys(one.operations).map((op) => `${one.id}.${op}`));
    const near = all.filter((one) => one.startsWith(`${connector}.`));
    const proposal = suggest(name, all) ?? (near.length > 0 ? near : all).join('、');
    const params = { connector, name: operation };
    this.issues.push(issueAt(place, 'unknown-operation', params, { path: this.path, proposal }));
    return null;
  }
}
