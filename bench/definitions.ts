import { readdirSync, readFileSync } from 'node:fs';
import type { Files } from '../engine/model/definition.ts';

/** Every definition of the repository, path -> text. */
export function definitionFiles(): Files {
  const files: { [path: string]: string } = {};
  for (const folder of ['workflows', 'forms'])
    for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort())
      if (/\.(yaml|json)$/.test(path)) files[`${folder}/${path}`] = readFileSync(`${folder}/${path}`, 'utf8');
  return files;
}

/** The same files with another text each: what is known of a text or of what it was read to is of no use. */
export function withBlankLines(files: Files, count: number): Files {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [path, `${text}${'\n'.repeat(count)}`]));
}

/**
 * A workflow of so many states in a row, in stages of ten: each has a form, a condition, a deadline and two ways.
 * As big as wanted, as ordinary as can be.
 */
export function generated(states: number): Files {
  const stages = Math.ceil(states / 10);
  const lines = [
    'language: 2',
    'workflow: generated',
    'title: 大流程',
    'roles: { applicant: { title: 申请人, tile: 申 } }',
    'forms: [answer]',
    'counters: { tries: { title: 次数 } }',
    'events:',
    '  NEXT: { title: 下一步, by: applicant }',
    '  BACK: { title: 退回, by: applicant, saves: nothing }',
    'goals: [done]',
    'states:',
  ];
  for (let stage = 0; stage < stages; stage++) {
    const size = Math.min(10, states - stage * 10);
    lines.push(`  stage${stage}:`, `    title: 阶段 ${stage}`, `    label: 阶段 ${stage}`, '    states:');
    for (let index = 0; index < size; index++) {
      const last = index === size - 1;
      const next = last ? (stage === stages - 1 ? 'done' : `stage${stage + 1}`) : `step${index + 1}`;
      const back = index === 0 ? 'here' : `step${index - 1}`;
      lines.push(
        `      step${index}:`,
        '        task: { by: applicant, forms: [answer] }',
        '        on:',
        `          NEXT: { to: ${next} }`,
        `          BACK: { if: counters.tries < 3, count: tries, to: ${back} }`,
        `        after: { 30 days: ${next} }`,
      );
    }
  }
  lines.push('  done: { final: true, title: 完成, label: 完成 }');
  return {
    'workflows/generated.workflow.yaml': `${lines.join('\n')}\n`,
    'workflows/projects/generated.project.yaml':
      'language: 2\nproject: generated\ntitle: 大流程\nextends: generated\nnumber: "999"\n',
    'forms/answer.form.json': JSON.stringify({
      title: '回答',
      type: 'object',
      properties: { text: { type: 'string', title: '内容', maxLength: 20 } },
      required: ['text'],
    }),
  };
}
