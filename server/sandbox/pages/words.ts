/**
 * What the sandbox's pages say themselves: in English by their Chinese. Contracts, simulators and people say the rest, which
 * stays as it is. Placeholders are `{name}`.
 */
const english = {
  沙盒: 'Sandbox',
  跳到内容: 'Skip to content',
  服务器时间: 'Clock',
  '这里是外部世界的替身：不动真钱，不发短信。正式环境没有这些页面。':
    'This stands in for the outside world: no real money moves, no message is sent. A production server does not have these pages.',
  表格: 'Table',
  没有找到: 'Not found',
  回到总览: 'Back to the overview',
  总览: 'Overview',
  外部世界: 'The outside world',
  '每个系统默认按约定办成。要看别的情形，进入一个系统，选好下一次怎么答复，再去大厅里办理。':
    'Each system does what it is asked, unless told otherwise. For other cases open a system, choose its next answer, then go on in the hall.',
  时间: 'Time',
  服务器现在是: 'The server has',
  '。拨快以后，到期的事情会立刻发生；不能往回拨。':
    '. Put forward, what is due happens at once; it cannot be put back.',
  '10 分钟': '10 minutes',
  '1 小时': '1 hour',
  '1 天': '1 day',
  '7 天': '7 days',
  '30 天': '30 days',
  '拨快 {span}': 'Forward {span}',
  服务器没有接受的消息: 'Messages that the server did not accept',
  '{n} 个还没有答复': '{n} without an answer',
  下一次: 'Next time',
  '最近一次 {what}，{when}': 'Last: {what}, {when}',
  还没有请求: 'No request yet',
  '进入{system}': 'Open {system}',
  马上答复: 'answers at once',
  晚些答复: 'answers later',
  一直不答复: 'never answers',
  答复两遍: 'answers twice',
  连不上: 'cannot be reached',
  单位的银行流水: 'Bank statement',
  '申请单位的财务在这里看到打款和转账附言，把附言告诉经手的人。':
    'What was transferred, and with which remark: the finance staff read it here and tell the handler.',
  '还没有收到款项。': 'Nothing was received yet.',
  转账附言: 'Remark',
  收入: 'Received',
  户名与账号: 'Account',
  业务单: 'Case',
  操作: 'Actions',
  已退回: 'Returned',
  退回这笔款: 'Return this transfer',
  手机收到的短信: 'Messages',
  '每个号码一栏，最新的在上面。邮件也在这里。': 'A column for each number, the newest on top. Mails are here too.',
  '还没有短信。': 'No message yet.',
  没有号码: 'No number',
  邮件: 'mail',
  外部门户: 'Portals',
  '扮演已在门户登录的人：点击进入，门户签发一个五分钟内有效、只能用一次的凭证，带您到网上营业厅。':
    'Be somebody who is logged in to a portal: entering, it signs a token that is good for five minutes and one use, and leads you to the hall.',
  '内容里没有门户。': 'The content names no portal.',
  用户编号: 'User',
  姓名: 'Name',
  单位名称: 'Company',
  单位证件号码: 'Number of the company',
  项目: 'Project',
  点击进入: 'Enter',
  样张: 'Samples',
  '试用时上传这些图片。人名、单位和号码都是虚构的，沙盒能识别上面的内容。':
    'Upload these pictures while trying things out. Names and numbers are fictional; the sandbox can read what stands on them.',
  还没有答复: 'No answer yet',
  请求: 'Request',
  收到: 'Received at',
  现在答复: 'Answer now',
  下一次怎么答复: 'Next answers',
  收到的请求: 'Requests',
  '还没有请求。在大厅里办理到这一步时会出现在这里。':
    'No request yet. It appears here when the hall comes to this step.',
  内容: 'Content',
  答复: 'Answer',
  直到改回: 'until changed back',
  '还有 {n} 次': '{n} more times',
  改回默认: 'Back to the default',
  方式: 'Manner',
  结果: 'Outcome',
  照常: 'as usual',
  次数: 'Times',
  '{n} 次': '{n}×',
  晚几秒: 'Seconds late',
  定下: 'Set',
  '主动告诉：{event}': 'Tell unasked: {event}',
  '还没有业务单和外部世界打过交道。': 'No case has had to do with the outside world yet.',
  '1 遍': 'once',
  '2 遍（重复的消息）': 'twice (a repeated message)',
  发出: 'Send',
  不填: 'leave empty',
  手机钱包: 'Wallet',
  '扫付款二维码等于打开这里的一个订单。': 'Scanning a QR code for paying is the same as opening an order here.',
  '还没有订单。': 'No order yet.',
  订单: 'Order',
  金额: 'Amount',
  状态: 'State',
  打开: 'Open',
  微信支付: 'WeChat Pay',
  支付宝: 'Alipay',
  付款: 'Payment',
  商户收款: 'To the merchant',
  已付: 'Paid',
  '支付 {sum}': 'Pay {sum}',
  放弃支付: 'Give up',
  少见的情形: 'Rare cases',
  '支付，通知发两遍': 'Pay, and the notice comes twice',
  '少付 1 分': 'Pay 0.01 less',
  '支付，但通知没有发出': 'Pay, but no notice is sent',
  再付一次: 'Pay once more',
  关闭以后仍然付款: 'Pay though it is closed',
  把通知再发一遍: 'Send the notice again',
  已退款: 'Refunded',
  已支付: 'Paid',
  已关闭: 'Closed',
  待支付: 'To be paid',
  '，放弃过 {n} 次': ', given up {n} times',
} as const;

export type Locale = 'zh-CN' | 'en';
/** A text of the pages, by its Chinese. */
export type Words = keyof typeof english;

/** How a page speaks: its texts, moments and sums in one language. */
export interface Speech {
  readonly locale: Locale;
  say(words: Words, values?: { readonly [name: string]: string | number }): string;
}

const speak = (locale: Locale): Speech => ({
  locale,
  say: (words, values = {}) =>
    (locale === 'en' ? english[words] : words).replace(/\{(\w+)\}/g, (whole, name: string) =>
      name in values ? String(values[name]) : whole,
    ),
});

const speeches = { 'zh-CN': speak('zh-CN'), en: speak('en') };

/** Where the page's script writes the language that was chosen in the hall, for the server to read. */
const cookie = /(?:^|;\s*)sandbox-locale=en(?:;|$)/;

/** @param header the request's `Cookie`; undefined = Chinese */
export function speechOf(header: string | undefined): Speech {
  return speeches[cookie.test(header ?? '') ? 'en' : 'zh-CN'];
}
