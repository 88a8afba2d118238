import { contentOrigin } from '../compose/places.ts';
import { bool, type Types, text as textType } from '../expressions/index.ts';
import type { Issue } from '../model/issue.ts';
import { own } from '../model/own.ts';
import { get, listed, type Node, text } from '../read/index.ts';
import { checkExpression, checkText } from './expression.ts';
import { optional } from './presence.ts';
import type { Process } from './process.ts';
import { type ProcessRule, unknown } from './rule.ts';
import { textNames } from './texts.ts';

/** Printed documents: the fields that they print and are about exist. */
export const documents: ProcessRule = {
  id: 'documents',
  of: 'process',
  check(process) {
    const issues: Issue[] = [];
    const types: Types = { ...process.types, digest: { type: textType, optional: false } };
    for (const source of process.used.documents)
      if (source.node !== null) checkDocument(process, types, source.id, source.node, issues);
    return issues;
  },
};

function checkDocument(process: Process, types: Types, id: string, node: Node, issues: Issue[]): void {
  const names = { ...textNames(process, types), state: false };
  const place = (written: Node | undefined) => {
    for (const part of listed(written)) {
      const source = text(part);
      if (source === undefined) continue;
      // A paper is for the person it is about: sensitive fields may stand on it, secrets may not.
      const found = optional(checkText(source, names, contentOrigin(part), id));
      issues.push(...found.filter((issue) => issue.code !== 'text-sensitive'));
    }
  };
  const cell = (written: Node) => {
    const value = get(written, 'value');
    if (value?.kind === 'scalar')
      issues.push(...optional(checkExpression(String(value.value), types, contentOrigin(value), id)));
    place(get(written, 'text'));
    place(get(written, 'label'));
  };
  for (const about of listed(get(node, 'about'))) checkAbout(process, about, id, issues);
  for (const key of ['title', 'subtitle', 'intro', 'note']) place(get(node, key));
  for (const section of listed(get(node, 'sections'))) {
    const condition = get(section, 'if');
    if (condition?.kind === 'scalar')
      issues.push(
        ...optional(checkExpression(String(condition.value), types, contentOrigin(condition), id, { want: bool })),
      );
    for (const key of ['title', 'hint', 'text']) place(get(section, key));
    for (const row of listed(get(section, 'rows'))) for (const one of listed(row)) cell(one);
    for (const box of listed(get(section, 'boxes'))) cell(box);
  }
  for (const foot of listed(get(node, 'foot'))) cell(foot);
}

function checkAbout(process: Process, node: Node, id: string, issues: Issue[]): void {
  const [form = '', field] = (text(node) ?? '').split('.');
  const schema = own(process.composed.forms, form);
  if (schema === undefined) issues.push(unknown(node.origin, 'unknown-form', form, process.formIds, id));
  else if (field !== undefined && !Object.hasOwn(schema.properties, field)) {
    const origin = { ...node.origin, column: node.origin.column + form.length + 1 };
    issues.push(unknown(origin, 'unknown-field', field, Object.keys(schema.properties), id, { form }));
  }
}
