import { dictionary } from '../app/texts/dictionary.ts';

export const say = dictionary(
  {
    open: '证据包',
    title: '制作证据包',
    what: '一份可打印的 PDF：填写的内容、文件和校验值、图片、核验记录、留言、办理经过。您看不到的内容不在里面，打了星号的仍打星号。',
    reason: '用途',
    hint: '谁在什么时候为什么制作，会记入审计日志，也印在第一页。',
    missing: '请写明用途，例如：内部审计、处理投诉',
    make: '制作并下载',
    making: '正在制作',
  },
  {
    open: 'Evidence pack',
    title: 'Make an evidence pack',
    what: 'A PDF to be printed: what was filled in, files with their hashes, pictures, checks, messages, history. What you may not see is not in it, and what is masked stays masked.',
    reason: 'Purpose',
    hint: 'Who made it, when and why is written to the audit log and stands on its first page.',
    missing: 'Say what it is for, such as an audit or a complaint',
    make: 'Make and download',
    making: 'Making it',
  },
);
