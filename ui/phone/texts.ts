import { dictionary } from '../app/texts/dictionary.ts';

/** What the page of a one-time link says: only who opens one fetches it. */
export const say = dictionary(
  {
    'phone.opening': '正在核对链接',
    'phone.expired': '这个链接不能再用了',
    'phone.expiredText':
      '链接和二维码只能用一次，而且有时效。请回到电脑，在页面上重新获取；别人发来的，请对方重新发一个。',
    'phone.done': '手机上的部分已经完成',
    'phone.doneText': '请回到电脑继续，电脑上的页面会自动前进。这一页可以关闭。',
    'phone.over': '这里没有要您做的了',
    'phone.overText': '内容已经提交，或者这一步已经过去。这一页可以关闭。',
    'phone.for': '正在为 {subject} 办理',
  },
  {
    'phone.opening': 'Checking the link',
    'phone.expired': 'This link can no longer be used',
    'phone.expiredText':
      'A link or code works once and for a limited time. Get a new one on the page at the computer, or from whoever sent it.',
    'phone.done': 'Done on the phone',
    'phone.doneText': 'Please go back to the computer; the page there moves on by itself. You can close this page.',
    'phone.over': 'Nothing left to do here',
    'phone.overText': 'It has been submitted, or this step has passed. You can close this page.',
    'phone.for': 'For {subject}',
  },
);
