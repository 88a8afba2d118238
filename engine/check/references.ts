import type { Issue } from '../model/issue.ts';
import { own } from '../model/own.ts';
import { issueAt } from '../read/index.ts';
import type { Process } from './process.ts';
import { keyAt, type ProcessRule, unknown, valueAt } from './rule.ts';

/** What declarations and tasks name exists: forms, fields, records, documents, roles, people, states. */
export const references: ProcessRule = {
  id: 'references',
  of: 'process',
  check(process) {
    const issues: Issue[] = [];
    checkForms(process, issues);
    checkDeclared(process, issues);
    for (const state of Object.values(process.written.states)) checkTask(process, state.address, issues);
    return issues;
  },
};

function checkForms(process: Process, issues: Issue[]): void {
  const { forms } = process.composed;
  for (const id of process.formIds)
    if (!Object.hasOwn(forms, id))
      issues.push(unknown(process.formOrigins[id]!, 'unknown-form', id, process.allForms, `forms.${id}`));
}

function checkDeclared(process: Process, issues: Issue[]): void {
  const { declared, written, composed } = process;
  const formIds = process.formIds;
  const states = Object.keys(written.states).filter((address) => address !== '');
  const state = (address: string, at: string) => {
    if (!Object.hasOwn(written.states, address))
      issues.push(unknown(valueAt(process, at), 'unknown-state', address, states, at, { from: '根' }));
  };
  for (const [id, fact] of Object.entries(declared.facts))
    fact.about.forEach((path, index) => {
      checkField(process, path, `facts.${id}.about.${index}`, issues);
    });
  for (const [id, counter] of Object.entries(declared.counters))
    if (counter.reset !== undefined) state(counter.reset, `counters.${id}.reset`);
  for (const [id, record] of Object.entries(declared.records)) {
    if ((record.form === undefined) === (record.of === undefined))
      issues.push(issueAt(keyAt(process, `records.${id}`), 'record-source', { name: id }, { path: `records.${id}` }));
    if (record.form !== undefined && !formIds.includes(record.form))
      issues.push(
        unknown(valueAt(process, `records.${id}.form`), 'unknown-form', record.form, formIds, `records.${id}.form`),
      );
    if (record.of !== undefined) checkSource(process, record.of, `records.${id}.of`, true, issues);
  }
  for (const [id, { of, places }] of Object.entries(declared.reservations)) {
    if (of !== undefined && places !== undefined) {
      const path = `reservations.${id}.places`;
      issues.push(issueAt(valueAt(process, path), 'places-of-parts', { name: id }, { path }));
    }
    const at = `reservations.${id}.of`;
    const records = Object.keys(declared.records);
    if (of !== undefined && !records.includes(of))
      issues.push(unknown(valueAt(process, at), 'unknown-record', of, records, at));
  }
  for (const [id, secret] of Object.entries(declared.secrets)) {
    if ((secret.digits === undefined) === (secret.token === undefined))
      issues.push(issueAt(keyAt(process, `secrets.${id}`), 'secret-shape', { name: id }, { path: `secrets.${id}` }));
    for (const word of ['opens', 'renews'] as const) {
      const event = secret[word];
      const at = `secrets.${id}.${word}`;
      if (event !== undefined && !Object.hasOwn(declared.events, event))
        issues.push(unknown(valueAt(process, at), 'unknown-event', event, Object.keys(declared.events), at));
    }
  }
  declared.goals.forEach((goal, index) => {
    state(goal, `goals.${index}`);
  });
  for (const [id, notice] of Object.entries(declared.notices))
    if (notice.role !== undefined && !Object.hasOwn(composed.roles, notice.role)) {
      const at = `notices.${id}.desk`;
      issues.push(unknown(valueAt(process, at), 'unknown-role', notice.role, Object.keys(composed.roles), at));
    }
}

/** `form` or `form.field[.sub]`. */
export function checkField(process: Process, path: string, at: string, issues: Issue[]): void {
  const [form, ...fields] = path.split('.');
  const schema = own(process.composed.forms, form);
  if (schema === undefined) {
    if (!process.formIds.includes(form!))
      issues.push(unknown(valueAt(process, at), 'unknown-form', form!, process.formIds, at));
    return;
  }
  let here: unknown = schema;
  for (const field of fields) {
    const properties = (here as { properties?: { [name: string]: unknown } }).properties;
    if (properties === undefined) return;
    if (!Object.hasOwn(properties, field)) {
      const origin = valueAt(process, at);
      const shifted = { ...origin, column: origin.column + path.lastIndexOf(field) };
      issues.push(unknown(shifted, 'unknown-field', field, Object.keys(properties), at, { form }));
      return;
    }
    here = properties[field];
  }
}

/** `connector.event`, `connector.operation`, `connector.operation.OUTCOME`. */
export function checkSource(process: Process, name: string, at: string, outcome: boolean, issues: Issue[]): void {
  const [id, part, result] = name.split('.');
  const connector = own(process.composed.connectors, id);
  const origin = valueAt(process, at);
  if (connector === undefined) {
    issues.push(unknown(origin, 'unknown-connector', id!, process.allConnectors, at));
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

function checkTask(process: Process, address: string, issues: Issue[]): void {
  const { composed, declared, formIds } = process;
  const task = process.written.states[address]?.task;
  if (task === null || task === undefined) return;
  const at = `${address}.task`;
  const one = (key: string, index: number) =>
    process.places.has(`${at}.${key}.${index}`) ? `${at}.${key}.${index}` : `${at}.${key}`;
  const expect = (
    key: string,
    name: string,
    known: readonly string[],
    code: Parameters<typeof unknown>[1],
    index = 0,
  ) => {
    if (known.includes(name)) return;
    const place = one(key, index);
    issues.push(unknown(valueAt(process, place), code, name, known, place));
  };
  expect('by', task.by, Object.keys(composed.roles), 'unknown-role');
  for (const [index, form] of task.forms.entries()) expect('forms', form, formIds, 'unknown-form', index);
  const documents = Object.keys(composed.documents);
  for (const [index, id] of task.documents.entries()) expect('documents', id, documents, 'unknown-document', index);
  if (task.only !== null) expect('only', task.only, Object.keys(declared.people), 'unknown-person');
  if (task.prefer !== null) expect('prefer', task.prefer, Object.keys(declared.people), 'unknown-person');
  for (const [index, person] of task.not.entries())
    expect('not', person, Object.keys(declared.people), 'unknown-person', index);
  if (task.edit?.startsWith('[') === true)
    for (const [index, [, path = '']] of [...task.edit.matchAll(/'([^']*)'/g)].entries())
      checkField(process, path, one('edit', index), issues);
  if (task.via !== null) {
    expect('via', task.via, Object.keys(declared.secrets), 'unknown-secret');
    const secret = own(declared.secrets, task.via);
    if (secret !== undefined && secret.token !== true)
      issues.push(issueAt(valueAt(process, `${at}.via`), 'via-not-token', { name: task.via }, { path: `${at}.via` }));
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
    else checkField(process, shown, place, issues);
  });
}
