import { dictionary } from '../app/texts/dictionary.ts';

export const say = dictionary(
  {
    pages: '工作台页面',
    money: '资金',
    letters: '没有答复的请求',
    running: '运行',
    reports: '报表',
    board: '公告与受理时间',
    portals: '门户接口',
    health: '系统状态',
  },
  {
    pages: 'Pages of the desk',
    money: 'Money',
    letters: 'Unanswered',
    running: 'Running',
    reports: 'Reports',
    board: 'Notices and dates',
    portals: 'Portals',
    health: 'Health',
  },
);
