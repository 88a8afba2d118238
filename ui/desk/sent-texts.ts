import { dictionary } from '../app/texts/dictionary.ts';

export const say = dictionary(
  {
    title: '发出的短信和邮件',
    none: '还没有发出过短信或邮件。',
    sms: '短信',
    email: '邮件',
    again: '再发一次',
    waiting: '正在发送',
    done: '已再次发送',
    retry: '重试',
  },
  {
    title: 'SMS and mail sent',
    none: 'No SMS or mail was sent yet.',
    sms: 'SMS',
    email: 'Mail',
    again: 'Send again',
    waiting: 'Being sent',
    done: 'On its way again',
    retry: 'Try again',
  },
);
