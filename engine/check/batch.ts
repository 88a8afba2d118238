import { isCell } from '../batch/index.ts';
import { bool } from '../expressions/types.ts';
import { fieldsOf } from '../forms/fields.ts';
import type { Field } from '../forms/types.ts';
import type { BatchDefinition } from '../model/definition.ts';
import type { Issue } from '../model/issue.ts';
import { own } from '../model/own.ts';
import { issueAt } from '../read/index.ts';
import { checkExpression } from './expression.ts';
import type { Process } from './process.ts';
import { checkField } from './references.ts';
import { type ProcessRule, unknown, valueAt } from './rule.ts';

/** A table can be filled in: its columns are fields that stand in a cell, and what is sent with each row can be sent. */
export const batch: ProcessRule = {
  id: 'batch',
  of: 'process',
  check(process) {
    const declared = process.declared.batch;
    if (declared === undefined) return [];
    const issues: Issue[] = [];
    if (declared.if !== undefined) {
      const at = 'batch.if';
      const types = { settings: process.types.settings! };
      issues.push(...checkExpression(declared.if, types, valueAt(process, at), at, { want: bool }));
    }
    checkShared(process, declared, issues);
    checkColumns(process, declared, issues);
    for (const [index, name] of declared.send.entries()) {
      const at = `batch.send.${index}`;
      const event = own(process.declared.events, name);
      const known = Object.keys(process.declared.events);
      if (event === undefined) issues.push(unknown(valueAt(process, at), 'unknown-event', name, known, at));
      else if (event.by === undefined || event.form !== undefined)
        issues.push(issueAt(valueAt(process, at), 'batch-event', { name }, { path: at }));
    }
    return issues;
  },
};

function checkShared(process: Process, { shared, columns }: BatchDefinition, issues: Issue[]): void {
  for (const [index, form] of shared.entries()) {
    const at = `batch.shared.${index}`;
    checkField(process, form, at, issues);
    if (columns.some((path) => path.split('.')[0] === form))
      issues.push(issueAt(valueAt(process, at), 'batch-form-twice', { name: form }, { path: at }));
    checkNeeded(process, form, at, issues);
  }
}

function checkColumns(process: Process, { columns }: BatchDefinition, issues: Issue[]): void {
  const forms = new Set<string>();
  for (const [index, path] of columns.entries()) {
    const at = `batch.columns.${index}`;
    checkField(process, path, at, issues);
    const [form = '', name] = path.split('.');
    const field = fieldsIn(process, form).find((each) => each.name === name);
    if (path.split('.').length > 2 || (field !== undefined && !isCell(field)))
      issues.push(issueAt(valueAt(process, at), 'batch-column', { name: path }, { path: at }));
    if (!forms.has(form)) checkNeeded(process, form, at, issues);
    forms.add(form);
  }
}

/** What a batch has no place for may not be asked for always. */
function checkNeeded(process: Process, form: string, at: string, issues: Issue[]): void {
  for (const field of fieldsIn(process, form))
    if (field.required === true && (field.file !== null || field.secret !== null))
      issues.push(issueAt(valueAt(process, at), 'batch-file', { name: `${form}.${field.name}` }, { path: at }));
}

function fieldsIn(process: Process, form: string): readonly Field[] {
  const schema = own(process.composed.forms, form);
  return schema === undefined ? [] : fieldsOf(schema);
}
