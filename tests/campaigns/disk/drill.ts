import type { Files } from '../../../engine/model/definition.ts';

/**
 * The smallest process that has everything that a disk could lose: a form whose values are sealed, steps by a person,
 * a deadline, and a call whose effect must be done once. It goes round for ever.
 */
export const drillFiles: Files = {
  'workflows/drill.workflow.yaml': `language: 2
workflow: drill
title: 演练
forms: [note]
goals: [main.closed]
roles: { applicant: { title: 办理人, tile: 办 } }
events:
  NEXT: { title: 下一步, by: applicant }
  CLOSE: { title: 结束, by: applicant }
counters: { rings: { title: 到期次数 }, taken: { title: 对方收到 } }
regions:
  main:
    title: 演练
    states:
      write:
        title: 填写
        label: 填写
        task: { by: applicant, forms: [note] }
        on: { NEXT: { to: ask }, CLOSE: { to: closed } }
        after: { 1 hour: { count: rings, to: rest } }
      ask:
        title: 等答复
        label: 等答复
        call: store.take
        with: { text: note.text }
        on: { TAKEN: { count: taken, to: write }, UNAVAILABLE: { to: write } }
        after: { 300 days: write }
      rest:
        title: 休息
        label: 休息
        task: { by: applicant }
        on: { NEXT: { to: write } }
        after: { 2 hours: { count: rings, to: write } }
      closed: { final: true, title: 结束, label: 结束 }
`,
  'workflows/connectors/store.connector.yaml': `language: 2
connector: store
title: 对方
tile: 对
operations:
  take:
    title: 收下
    input: { type: object, required: [text], properties: { text: { type: string, title: 内容, maxLength: 40 } } }
    outcomes: { TAKEN: { title: 已收下 } }
    retry: [5 seconds, 1 minute]
`,
  'workflows/projects/drill.project.yaml': 'language: 2\nproject: drill\ntitle: 演练\nextends: drill\nnumber: "999"\n',
  'forms/note.form.json': JSON.stringify({
    title: '内容',
    type: 'object',
    properties: { text: { type: 'string', title: '内容', maxLength: 40, 'x-sensitive': true } },
    required: ['text'],
  }),
};
