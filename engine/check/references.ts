import type { Composition } from '../compose/index.ts';
import type { Issue } from '../model/issue.ts';
import { own } from '../model/own.ts';
import { issueAt } from '../read/index.ts';
import { keyAt, type Rule, unknown, valueAt } from './rule.ts';

/** What declarations and tasks name exists: forms, fields, records, documents, content, roles, people, states. */
export const references: Rule = {
  id: 'references',
  check(composition) {
    const issues: Issue[] = [];
    checkForms(composition, issues);
    checkDeclared(composition, issues);
    for (const state of Object.values(composition.written.states)) checkTask(composition, state.address, issues);
    return issues;
  },
};

function checkForms(composition: Composition, issues: Issue[]): void {
  const { forms } = composition.composed;
  for (const id of composition.formIds)
    if (!Object.hasOwn(forms, id))
      issues.push(unknown(composition.formOrigins[id]!, 'unknown-form', id, composition.allForms, `forms.${id}`));
}

function checkDeclared(composition: Composition, issues: Issue[]): void {
  const { declared, written, composed } = composition;
  const formIds = composition.formIds;
  const states = Object.keys(written.states).filter((address) => address !== '');
  const state = (address: string, at: string) => {
    if (!Object.hasOwn(written.states, address))
      issues.push(unknown(valueAt(composition, at), 'unknown-state', address, states, at, { from: '根' }));
  };
  for (const [id, fact] of Object.entries(declared.facts))
    fact.about.forEach((path, index) => {
      checkField(composition, path, `facts.${id}.about.${index}`, issues);
    });
  for (const [id, counter] of Object.entries(declared.counters))
    if (counter.reset !== undefined) state(counter.reset, `counters.${id}.reset`);
  for (const [id, record] of Object.entries(declared.records)) {
    if ((record.form === undefined) === (record.of === undefined))
      issues.push(
        issueAt(keyAt(composition, `records.${id}`), 'record-source', { name: id }, { path: `records.${id}` }),
      );
    if (record.form !== undefined && !formIds.includes(record.form))
      issues.push(
        unknown(valueAt(composition, `records.${id}.form`), 'unknown-form', record.form, formIds, `records.${id}.form`),
      );
    if (record.of !== undefined) checkSource(composition, record.of, `records.${id}.of`, true, issues);
  }
  for (const [id, { of }] of Object.entries(declared.reservations)) {
    const at = `reservations.${id}.of`;
    const records = Object.keys(declared.records);
    if (of !== undefined && !records.includes(of))
      issues.push(unknown(valueAt(composition, at), 'unknown-record', of, records, at));
  }
  for (const [id, secret] of Object.entries(declared.secrets)) {
    if ((secret.digits === undefined) === (secret.token === undefined))
      issues.push(
        issueAt(keyAt(composition, `secrets.${id}`), 'secret-shape', { name: id }, { path: `secrets.${id}` }),
      );
    for (const word of ['opens', 'renews'] as const) {
      const event = secret[word];
      const at = `secrets.${id}.${word}`;
      if (event !== undefined && !Object.hasOwn(declared.events, event))
        issues.push(unknown(valueAt(composition, at), 'unknown-event', event, Object.keys(declared.events), at));
    }
  }
  for (const [id, law] of Object.entries(declared.laws)) {
    law.at?.forEach((address, index) => {
      const at = composition.places.has(`laws.${id}.at.${index}`) ? `laws.${id}.at.${index}` : `laws.${id}.at`;
      if (address !== 'case') state(address, at);
    });
    if (law.offers !== undefined && !Object.hasOwn(declared.events, law.offers))
      issues.push(
        unknown(
          valueAt(composition, `laws.${id}.offers`),
          'unknown-event',
          law.offers,
          Object.keys(declared.events),
          `laws.${id}.offers`,
        ),
      );
  }
  declared.goals.forEach((goal, index) => {
    state(goal, `goals.${index}`);
  });
  for (const [id, notice] of Object.entries(declared.notices))
    if (notice.role !== undefined && !Object.hasOwn(composed.roles, notice.role)) {
      const at = `notices.${id}.desk`;
      issues.push(unknown(valueAt(composition, at), 'unknown-role', notice.role, Object.keys(composed.roles), at));
    }
}

/** `form` or `form.field[.sub]`. */
export function checkField(composition: Composition, path: string, at: string, issues: Issue[]): void {
  const [form, ...fields] = path.split('.');
  const schema = own(composition.composed.forms, form);
  if (schema === undefined) {
    if (!composition.formIds.includes(form!))
      issues.push(unknown(valueAt(composition, at), 'unknown-form', form!, composition.formIds, at));
    return;
  }
  let here: unknown = schema;
  for (const field of fields) {
    const properties = (here as { properties?: { [name: string]: unknown } }).properties;
    if (properties === undefined) return;
    if (!Object.hasOwn(properties, field)) {
      const origin = valueAt(composition, at);
      const shifted = { ...origin, column: origin.column + path.lastIndexOf(field) };
      issues.push(unknown(shifted, 'unknown-field', field, Object.keys(properties), at, { form }));
      return;
    }
    here = properties[field];
  }
}

/** `connector.event`, `connector.operation`, `connector.operation.OUTCOME`. */
export function checkSource(
  composition: Composition,
  name: string,
  at: string,
  outcome: boolean,
  issues: Issue[],
): void {
  const [id, part, result] = name.split('.');
  const connector = own(composition.composed.connectors, id);
  const origin = valueAt(composition, at);
  if (connector === undefined) {
    issues.push(unknown(origin, 'unknown-connector', id!, composition.allConnectors, at));
    return;
  }
  const operation = connector.operations[part!];
  if (operation === undefined && connector.events[part!] === undefined) {
    const known = [...Object.keys(connector.operations), ...Object.keys(connector.events)];
    issues.push(
      unknown({ ...origin, column: origin.column + id!.length + 1 }, 'unknown-operation', part!, known, at, {
        connector: id,
      }),
    );
  } else if (result !== undefined && operation?.outcomes[result] === undefined) {
    const known = Object.keys(operation?.outcomes ?? {});
    issues.push(unknown(origin, 'unknown-outcome', result, known, at, { operation: `${id}.${part}` }));
  } else if (outcome && operation !== undefined && result === undefined) {
    issues.push(
      unknown(origin, 'unknown-outcome', '（未写明）', Object.keys(operation.outcomes), at, { operation: name }),
    );
  }
}

function checkTask(composition: Composition, address: string, issues: Issue[]): void {
  const { composed, declared, formIds } = composition;
  const task = composition.written.states[address]?.task;
  if (task === null || task === undefined) return;
  const at = `${address}.task`;
  const one = (key: string, index: number) =>
    composition.places.has(`${at}.${key}.${index}`) ? `${at}.${key}.${index}` : `${at}.${key}`;
  const expect = (
    key: string,
    name: string,
    known: readonly string[],
    code: Parameters<typeof unknown>[1],
    index = 0,
  ) => {
    if (known.includes(name)) return;
    const place = one(key, index);
    issues.push(unknown(valueAt(composition, place), code, name, known, place));
  };
  expect('by', task.by, Object.keys(composed.roles), 'unknown-role');
  for (const [index, form] of task.forms.entries()) expect('forms', form, formIds, 'unknown-form', index);
  const documents = Object.keys(composed.documents);
  for (const [index, id] of task.documents.entries()) expect('documents', id, documents, 'unknown-document', index);
  if (task.content !== null) expect('content', task.content, Object.keys(composed.content), 'unknown-content');
  if (task.only !== null) expect('only', task.only, Object.keys(declared.people), 'unknown-person');
  if (task.prefer !== null) expect('prefer', task.prefer, Object.keys(declared.people), 'unknown-person');
  for (const [index, person] of task.not.entries())
    expect('not', person, Object.keys(declared.people), 'unknown-person', index);
  if (task.edit?.startsWith('[') === true)
    for (const [index, [, path = '']] of [...task.edit.matchAll(/'([^']*)'/g)].entries())
      checkField(composition, path, one('edit', index), issues);
  if (task.via !== null) {
    expect('via', task.via, Object.keys(declared.secrets), 'unknown-secret');
    const secret = own(declared.secrets, task.via);
    if (secret !== undefined && secret.token !== true)
      issues.push(
        issueAt(valueAt(composition, `${at}.via`), 'via-not-token', { name: task.via }, { path: `${at}.via` }),
      );
  }
  task.shows.forEach((shown, index) => {
    const [root, ...rest] = shown.split('.');
    const place = one('shows', index);
    const name = rest[0] ?? '';
    if (root === 'records' || root === 'last')
      expect(
        'shows',
        `${root}.${name}`,
        Object.keys(declared.records).map((id) => `${root}.${id}`),
        'unknown-record',
        index,
      );
    else if (root === 'tables')
      expect(
        'shows',
        shown,
        Object.keys(declared.tables).map((id) => `tables.${id}`),
        'unknown-table',
        index,
      );
    else if (root === 'secrets')
      expect(
        'shows',
        shown,
        Object.keys(declared.secrets).map((id) => `secrets.${id}`),
        'unknown-secret',
        index,
      );
    else checkField(composition, shown, place, issues);
  });
}
