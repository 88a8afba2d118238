import type { Issue } from '../model/issue.ts';
import { entries, get, issueAt, listed, type Node, plain, text } from '../read/index.ts';
import type { Process } from './process.ts';
import type { ProcessRule } from './rule.ts';

/** Somebody fills in each form, and something fills in each field: a person, a formula, a copy, recognition, a default. */
export const filling: ProcessRule = {
  id: 'filling',
  of: 'process',
  last: true,
  check(process) {
    const issues: Issue[] = [];
    const filled = filledForms(process);
    for (const source of process.used.forms) {
      if (!filled.has(source.id)) {
        const origin = process.formOrigins[source.id];
        if (origin !== undefined)
          issues.push(
            issueAt(
              origin,
              'form-never-filled',
              { name: source.id },
              { path: `forms.${source.id}`, severity: 'warning' },
            ),
          );
      } else if (source.node !== null) checkFields(source.id, source.node, issues);
    }
    return issues;
  },
};

/** Forms of tasks and dialogues. A record keeps what a dialogue sent, so its form is one of those. */
function filledForms(process: Process): ReadonlySet<string> {
  const tasks = Object.values(process.written.states).flatMap((state) => state.task?.forms ?? []);
  const dialogues = Object.values(process.declared.events).flatMap((event) => event.form ?? []);
  return new Set([...tasks, ...dialogues]);
}

function checkFields(form: string, root: Node, issues: Issue[]): void {
  const given = new Set([...copied(root), ...recognised(root)]);
  const required = new Set(listed(get(root, 'required')).map((item) => text(item)));
  for (const [name, entry] of entries(get(root, 'properties'))) {
    const closed = isTrue(get(entry.value, 'x-readonly')) || text(get(entry.value, 'x-widget')) === 'readonly';
    const sources = ['x-compute', 'x-prefill', 'default', 'const'];
    if (!closed || given.has(name) || sources.some((key) => get(entry.value, key) !== undefined)) continue;
    const severity = required.has(name) ? 'error' : 'warning';
    issues.push(issueAt(entry.key, 'field-never-filled', { form, name }, { path: `${form}.${name}`, severity }));
  }
}

function isTrue(node: Node | undefined): boolean {
  return node !== undefined && String(plain(node)) === 'true';
}

/** Fields that a button fills from another form. */
function copied(root: Node): string[] {
  return listed(get(root, 'x-copy')).flatMap((copy) => entries(get(copy, 'fields')).map(([own]) => own));
}

/** Fields that recognition of an uploaded picture fills. */
function recognised(root: Node): string[] {
  return entries(get(root, 'properties')).flatMap(([, entry]) =>
    entries(get(get(entry.value, 'x-ocr'), 'fills')).map(([own]) => own),
  );
}
