import { dictionary } from '../app/texts/dictionary.ts';

export const say = dictionary(
  {
    title: '工作台消息',
    empty: '还没有消息。即将超时、资金异常、申请人来信等，会在这里告诉您。',
  },
  {
    title: 'Notices',
    empty:
      'No notices yet. A promise that is about to be broken, money that does not fit, an applicant who wrote: it is said here.',
  },
);
