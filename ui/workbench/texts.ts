import { dictionary } from '../app/texts/dictionary.ts';

export const say = dictionary(
  {
    skip: '跳到正文',
    denied: '这里需要“{role}”角色',
    deniedText: '您登录的账号没有这个角色。请换一个账号登录，或请管理员分配角色。',
    desk: '办理席位',
    admin: '配置管理员',
    tester: '测试员',
    back: '返回',
    retry: '再试一次',
    failed: '没有读到内容：{message}',
    failedHint: '已保存的内容不受影响。',
    notices: '工作台消息',
    unread: '工作台消息，{n} 条未读',
    offlineNow: '与服务器的连接断开了，正在重连。看到的可能不是最新。',
  },
  {
    skip: 'Skip to content',
    denied: 'This needs the role “{role}”',
    deniedText: 'Your account does not have it. Log in with another one, or ask an administrator for the role.',
    desk: 'desk',
    admin: 'administrator',
    tester: 'tester',
    back: 'Back',
    retry: 'Try again',
    failed: 'Nothing could be read: {message}',
    failedHint: 'What was saved is not affected.',
    notices: 'Notices',
    unread: 'Notices, {n} unread',
    offlineNow: 'The connection to the server is lost and being restored. What you see may be out of date.',
  },
);
