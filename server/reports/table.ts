import type { Counts, ReportTable, ReportView } from '../../engine/contract/reports.ts';
import type { Locale } from '../../engine/errors/index.ts';
import { writeTable } from '../batches/table.ts';

const zh = {
  day: '日期',
  project: '项目',
  ...{ begun: '新申请', reached: '办成', ended: '未办成结束', right: '通过', back: '退回', firstRight: '一次通过' },
  ...{ firstBack: '首次退回', kept: '按时', warned: '提醒后按时', late: '超时' },
  ...{ state: '状态', title: '环节', who: '由谁', n: '次数', average: '平均小时', half: '一半不超过（小时）' },
  ...{ most: '95% 不超过（小时）', form: '表单', field: '字段', reason: '原因', own: '（自己写的）' },
};
const en: typeof zh = {
  day: 'Day',
  project: 'Project',
  ...{ begun: 'Begun', reached: 'Reached the goal', ended: 'Ended otherwise', right: 'Passed', back: 'Sent back' },
  ...{ firstRight: 'Right the first time', firstBack: 'Sent back first', kept: 'In time', warned: 'In time, reminded' },
  ...{ late: 'Late', state: 'State', title: 'Stage', who: 'Whose turn', n: 'Times', average: 'Average, hours' },
  ...{ half: 'Half within, hours', most: '95% within, hours', form: 'Form', field: 'Field', reason: 'Reason' },
  own: '(in their own words)',
};

const counts = [
  ...(['begun', 'reached', 'ended', 'right', 'back', 'firstRight', 'firstBack'] as const),
  ...(['kept', 'warned', 'late'] as const),
] satisfies readonly (keyof Counts)[];
const hours = (ms: number): string => (ms / 3_600_000).toFixed(2);

/** A table of the report for a spreadsheet. */
export function tableOf(report: ReportView, which: ReportTable, locale: Locale | undefined): string {
  const words = locale === 'en' ? en : zh;
  const titleOf = (id: string) => report.projects.find((project) => project.id === id)?.title ?? id;
  const counted = (row: Counts) => counts.map((name) => String(row[name]));
  const head = counts.map((name) => words[name]);
  switch (which) {
    case 'days':
      return writeTable([[words.day, ...head], ...report.days.map((row) => [row.day, ...counted(row)])]);
    case 'projects':
      return writeTable([[words.project, ...head], ...report.byProject.map((row) => [row.title, ...counted(row)])]);
    case 'states': {
      const titles = [words.project, words.title, words.state, words.who, words.n];
      return writeTable([
        [...titles, words.average, words.half, words.most],
        ...report.states.map(({ project, title, state, who, n, average, half, most }) => [
          ...[titleOf(project), title, state, who.title, String(n)],
          ...[hours(average), hours(half), hours(most)],
        ]),
      ]);
    }
    case 'reasons':
      return writeTable([
        [words.form, words.field, words.reason, words.n],
        ...report.reasons.map(({ form, title, reason, n }) => [form, title, reason || words.own, String(n)]),
      ]);
    case 'promises':
      return writeTable([
        [words.project, words.title, words.kept, words.warned, words.late],
        ...report.promises.map((row) => [
          ...[titleOf(row.project), row.title],
          ...[String(row.kept), String(row.warned), String(row.late)],
        ]),
      ]);
  }
}
