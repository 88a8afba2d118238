import { dictionary } from '../app/texts/dictionary.ts';

export const say = dictionary(
  {
    title: '留言',
    titleUnread: '留言，{n} 条未读',
    hintOwner: '与办理这件业务单的工作人员互相留言。回复会出现在这里和“我的消息”。请不要写密码、验证码。',
    hintDesk: '申请人会在业务单和“我的消息”里看到，只显示岗位，不显示姓名。请不要写个人信息。',
    none: '还没有留言。',
    write: '写留言',
    left: '还可以写 {n} 个字',
    over: '超出 {n} 个字，请缩短或分成几条',
    send: '发送',
    sending: '正在发送',
    sent: '已发送',
    arrived: '有新留言，{n} 条未读',
    read: '已读',
    notRead: '对方未读',
    you: '您',
    failed: '没有发出：{message}。写好的内容还在，可以再发一次。',
    list: '留言，从早到晚',
  },
  {
    title: 'Messages',
    titleUnread: 'Messages, {n} unread',
    hintOwner:
      'Write to those who work on this case. Their answer appears here and under “Messages”. Never write passwords or codes.',
    hintDesk:
      'The applicant sees it with the case and in the inbox, with your role and without your name. Write no personal data.',
    none: 'Nothing was written yet.',
    write: 'Write a message',
    left: '{n} characters left',
    over: '{n} characters too long; shorten it or send it in parts',
    send: 'Send',
    sending: 'Sending',
    sent: 'Sent',
    arrived: 'A new message, {n} unread',
    read: 'read',
    notRead: 'not read yet',
    you: 'You',
    failed: 'Not sent: {message}. Your words are still here; try again.',
    list: 'Messages, oldest first',
  },
);
