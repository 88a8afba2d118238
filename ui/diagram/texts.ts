import { type Locale, locale } from '../app/texts/index.ts';

const zh = {
  picture: '图',
  list: '列表',
  views: '显示方式',
  mainRow: '主路',
  sideRow: '旁路',
  parallel: '并行',
  open: '展开',
  removed: '本项目已移除',
  active: '当前',
  visited: '已走过',
  always: '在这里任何时候',
  legendMain: '主路',
  legendActive: '当前',
  legendVisited: '走过',
  legendRemoved: '本项目已移除',
  problems: '{n} 个问题',
  goes: '去',
  noEdges: '没有从这里出发的路',
  stays: '原地',
  inner: '{n} 个内部状态',
  hint: '方向键沿着连线移动，回车打开',
  whole: '回到上一层',
  empty: '现在的写法画不出流程图，请先改正下面的错误。',
} as const;

const en: Record<keyof typeof zh, string> = {
  picture: 'Picture',
  list: 'List',
  views: 'View',
  mainRow: 'Main way',
  sideRow: 'Beside it',
  parallel: 'parallel',
  open: 'opened',
  removed: 'removed in this project',
  active: 'active',
  visited: 'visited',
  always: 'At any time in here',
  legendMain: 'main way',
  legendActive: 'active',
  legendVisited: 'visited',
  legendRemoved: 'removed in this project',
  problems: '{n} issues',
  goes: 'to',
  noEdges: 'no way leads on from here',
  stays: 'stays',
  inner: '{n} inner states',
  hint: 'arrow keys move along the lines, Enter opens',
  whole: 'One level up',
  empty: 'Nothing can be drawn from this text. Mend the errors below first.',
};

const texts: Record<Locale, Record<keyof typeof zh, string>> = { 'zh-CN': zh, en };

export function say(key: keyof typeof zh, params: { readonly [name: string]: string | number } = {}): string {
  return texts[locale()][key].replace(/\{(\w+)\}/g, (whole, name: string) =>
    name in params ? String(params[name]) : whole,
  );
}
