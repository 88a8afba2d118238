/** What a case says of itself: who has to do what, what happened, why something is not possible. */
export const told = {
  // Who has to do what by when
  'waiting-mine': { zh: '请**{what}**。', en: 'Your turn: **{what}**.' },
  'waiting-mine-by': { zh: '请**{what}**，在 **{when}** 前完成。', en: 'Your turn: **{what}**, by **{when}**.' },
  'waiting-mine-or': {
    zh: '请**{what}**，在 **{when}** 前完成；逾期进入“{otherwise}”。',
    en: 'Your turn: **{what}**, by **{when}**; after that: “{otherwise}”.',
  },
  'waiting-phone': {
    zh: '请在扫码的手机上继续：**{what}**。',
    en: 'Go on with the phone that scanned the code: **{what}**.',
  },
  'waiting-phone-by': {
    zh: '请在扫码的手机上继续：**{what}**，在 **{when}** 前完成。',
    en: 'Go on with the phone that scanned the code: **{what}**, by **{when}**.',
  },
  'waiting-phone-or': {
    zh: '请在扫码的手机上继续：**{what}**，在 **{when}** 前完成；逾期进入“{otherwise}”。',
    en: 'Go on with the phone that scanned the code: **{what}**, by **{when}**; after that: “{otherwise}”.',
  },
  'waiting-time': { zh: '**{what}**；您不用做任何事。', en: '**{what}**; you have nothing to do.' },
  'waiting-time-by': {
    zh: '**{what}**，到 **{when}** 自动继续；您不用做任何事。',
    en: '**{what}**; it goes on by itself at **{when}**; you have nothing to do.',
  },
  'waiting-time-or': {
    zh: '**{what}**，到 **{when}** 进入“{otherwise}”；您不用做任何事。',
    en: '**{what}**; at **{when}**: “{otherwise}”; you have nothing to do.',
  },
  'waiting-call': {
    zh: '正在等**{who}**的结果（{what}）；您不用做任何事。',
    en: 'Waiting for **{who}** ({what}); you have nothing to do.',
  },
  'waiting-call-late': {
    zh: '正在等**{who}**的结果（{what}），原定 **{when}**，已超时，我们会催办；您不用做任何事。',
    en: 'Waiting for **{who}** ({what}), due **{when}** and late; we follow it up; you have nothing to do.',
  },
  'waiting-call-by': {
    zh: '正在等**{who}**的结果（{what}），最迟 **{when}**；您不用做任何事。',
    en: 'Waiting for **{who}** ({what}), **{when}** at the latest; you have nothing to do.',
  },
  'waiting-call-or': {
    zh: '正在等**{who}**的结果（{what}），最迟 **{when}**，逾期进入“{otherwise}”；您不用做任何事。',
    en: 'Waiting for **{who}** ({what}), **{when}** at the latest; after that: “{otherwise}”; you have nothing to do.',
  },
  'waiting-task': {
    zh: '现在由**{who}**处理：{what}；您不用做任何事。',
    en: '**{who}** works on it: {what}; you have nothing to do.',
  },
  'waiting-task-late': {
    zh: '现在由**{who}**处理：{what}，原定 **{when}**，已超时，我们会催办；您不用做任何事。',
    en: '**{who}** works on it: {what}, due **{when}** and late; we follow it up; you have nothing to do.',
  },
  'waiting-task-by': {
    zh: '现在由**{who}**处理：{what}，最迟 **{when}**；您不用做任何事。',
    en: '**{who}** works on it: {what}, **{when}** at the latest; you have nothing to do.',
  },
  'waiting-task-or': {
    zh: '现在由**{who}**处理：{what}，最迟 **{when}**，逾期进入“{otherwise}”；您不用做任何事。',
    en: '**{who}** works on it: {what}, **{when}** at the latest; after that: “{otherwise}”; you have nothing to do.',
  },
  'waiting-outside': {
    zh: '**{what}**，等待外部通知；您不用做任何事。',
    en: '**{what}**; word from outside is awaited; you have nothing to do.',
  },
  // Who and what
  'part-system': { zh: '系统', en: 'System' },
  yes: { zh: '是', en: 'yes' },
  no: { zh: '否', en: 'no' },
  'field-of': { zh: '{form}的{field}', en: '{form}: {field}' },
  // What happened
  'history-start': { zh: '开始办理', en: 'Case started' },
  'history-migrated': { zh: '转到新版流程', en: 'Moved to the new release of the process' },
  'history-voided': { zh: '作废：{facts}', en: 'Void now: {facts}' },
  'history-entered': { zh: '进入：{labels}', en: 'Now at: {labels}' },
  'history-filled': { zh: '填写：{fields}', en: 'Filled in: {fields}' },
  'history-outcome': { zh: '{operation}：{outcome}', en: '{operation}: {outcome}' },
  'history-no-answer': { zh: '没有答复', en: 'no answer' },
  'history-reminder': { zh: '“{label}”已 {duration}，发出提醒', en: 'Reminder: “{label}” for {duration}' },
  'history-deadline': { zh: '“{label}”已到期限（{duration}）', en: 'Deadline of “{label}” ({duration})' },
  'history-due': { zh: '到期', en: 'Deadline' },
  'history-unheard': { zh: '{title}（没有引起变化）', en: '{title} (nothing changed)' },
  'history-stale': { zh: '{title}（已过时，没有引起变化）', en: '{title} (out of date, nothing changed)' },
  'history-late': { zh: '{title}（迟到）', en: '{title} (late)' },
  'history-parked': { zh: '{title}（恢复办理后处理）', en: '{title} (kept until the case goes on)' },
  // Why something is not possible
  'why-syntax': { zh: '条件写法有误：{text}', en: 'The condition is not written correctly: {text}' },
  'why-or': { zh: '；或者：', en: '; or: ' },
  'why-until': { zh: '要等到“{label}”', en: 'Only once it is at “{label}”' },
  'why-at': { zh: '现在处于“{label}”', en: 'It is at “{label}” now' },
  'why-fact': { zh: '还没有完成：{name}', en: 'Not done yet: {name}' },
  'why-fact-done': { zh: '已经完成：{name}', en: 'Done already: {name}' },
  'why-setting': { zh: '本项目未开通：{name}', en: 'Not available in this project: {name}' },
  'why-setting-on': { zh: '本项目已设置：{name}', en: 'Set in this project: {name}' },
  'why-needed': { zh: '需要：{name}', en: 'Needed: {name}' },
  'why-unwanted': { zh: '不能有：{name}', en: 'Must not be there: {name}' },
  'why-missing': { zh: '还没有填写：{name}', en: 'Not filled in yet: {name}' },
  'why-none': { zh: '还没有：{name}', en: 'Not there yet: {name}' },
  'why-distinct': { zh: '经办的人必须各不相同', en: 'Different people have to do it' },
  'why-unmet': { zh: '条件不满足：{text}', en: 'The condition does not hold: {text}' },
  'why-unmet-bare': { zh: '条件不满足', en: 'The condition does not hold' },
  'why-is-already': { zh: '{name}已经是{now}', en: '{name} is {now} already' },
  'why-compared': { zh: '{name}是{now}，要{word}{want}', en: '{name} is {now} and has to be {word} {want}' },
  'why-counted': { zh: '{name}有{now} 次，要{word}{want} 次', en: '{name}: {now} times, has to be {word} {want}' },
  'why-less': { zh: '小于', en: 'less than' },
  'why-at-most': { zh: '不超过', en: 'at most' },
  'why-more': { zh: '大于', en: 'more than' },
  'why-at-least': { zh: '达到', en: 'at least' },
  'why-equal': { zh: '是', en: 'equal to' },
  'why-in': { zh: '属于', en: 'one of' },
  'nothing-possible': { zh: '没有可做的操作', en: 'nothing' },
  'definition-circles': { zh: '状态之间转来转去，停不下来', en: 'it goes from state to state without end' },
} as const;
