import { dictionary } from '../../app/texts/dictionary.ts';

/** What is said around announcements; their own words come from the projects. */
export const say = dictionary(
  {
    title: '公告',
    none: '现在没有公告。',
    gone: '这条公告已经过期，或者没有这条公告。',
    all: '全部公告',
    from: '{date} 发布',
    between: '{from} 至 {until}',
    by: '来自“{project}”',
    start: '去这个项目办理',
  },
  {
    title: 'Announcements',
    none: 'There are no announcements now.',
    gone: 'This announcement is over, or there is none.',
    all: 'All announcements',
    from: 'Since {date}',
    between: '{from} to {until}',
    by: 'From “{project}”',
    start: 'Go to this project',
  },
);
