import type { Files } from '../../engine/model/definition.ts';

/** A workflow of so many regions of four states that know nothing of each other. */
export function independent(regions: number): Files {
  const ids = Array.from({ length: regions }, (_, index) => index + 1);
  const lines = [
    'language: 2',
    'workflow: independent',
    'title: 互不相关',
    'roles: { clerk: { title: 办事员, tile: 办 } }',
    `goals: [${ids.map((id) => `r${id}.four`).join(', ')}]`,
    'events:',
    ...ids.flatMap((id) => [`  NEXT${id}: { title: 下一步, by: clerk }`, `  BACK${id}: { title: 退回, by: clerk }`]),
    'regions:',
    ...ids.flatMap((id) => [
      `  r${id}:`,
      `    title: 区域 ${id}`,
      '    states:',
      `      one: { title: 一, task: { by: clerk, title: 一 }, on: { NEXT${id}: two } }`,
      `      two: { title: 二, task: { by: clerk, title: 二 }, on: { NEXT${id}: three, BACK${id}: one } }`,
      `      three: { title: 三, task: { by: clerk, title: 三 }, on: { NEXT${id}: four, BACK${id}: two } }`,
      '      four: { title: 四, final: true }',
    ]),
  ];
  return {
    'workflows/independent.workflow.yaml': `${lines.join('\n')}\n`,
    'workflows/projects/independent.project.yaml':
      'language: 2\nproject: independent\ntitle: 互不相关\nextends: independent\nnumber: "998"\n',
  };
}
