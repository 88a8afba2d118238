/** What does not fit together: settings, fragments, a project’s changes. */
export const composition = {
  // Settings
  'unknown-setting': { zh: '没有名为 {name} 的设置', en: 'Unknown setting {name}' },
  'missing-setting': {
    zh: '设置 {name} 没有默认值，项目必须给出',
    en: 'The setting {name} has no default and must be given',
  },
  'bad-setting': { zh: '{title}不能是 {value}：{rule}', en: '{title} cannot be {value}: {rule}' },
  'calendar-date': { zh: '“{date}”不是日历上的日子', en: '{date} is no day of the calendar' },
  // Composition
  'unknown-fragment': { zh: '没有名为 {name} 的片段', en: 'Unknown fragment {name}' },
  'fragment-twice': { zh: '片段 {name} 在一个流程里只能用一次', en: 'The fragment {name} is used twice' },
  'fragment-clash': {
    zh: '“{name}”在片段和流程里都有（{part}），请改名',
    en: '{name} is in both fragment and host ({part})',
  },
  'fragment-without-state': {
    zh: '片段 {name} 没有状态，不能放在这里，请写在 include',
    en: 'The fragment {name} has no state; include it instead',
  },
  'unknown-take': { zh: '片段没有名为 {name} 的参数', en: 'The fragment takes no {name}' },
  'missing-take': {
    zh: '没有给片段的参数 {name}，请写在 with',
    en: 'The fragment is not given {name}; write it in with',
  },
  'unknown-given': { zh: '片段没有声明参数 {name}', en: 'The fragment does not declare that it takes {name}' },
  'fragment-form': {
    zh: '片段 {fragment} 没有声明表单 {name}，不能读取',
    en: 'The fragment {fragment} reads the form {name}, which it does not declare',
  },
  'fragment-setting': {
    zh: '片段 {fragment} 没有声明设置 {name}，不能读取',
    en: 'The fragment {fragment} reads the setting {name}, which it does not declare',
  },
  'unknown-exit': { zh: '片段没有出口 {name}', en: 'The fragment has no exit {name}' },
  'missing-exit': { zh: '没有说明片段的出口 {name} 通向哪里', en: 'The exit {name} of the fragment leads nowhere' },
  'host-key': {
    zh: '使用片段的地方不能写“{key}”，可以写：{known}',
    en: 'A host cannot say {key}; it may say: {known}',
  },
  'unknown-state': { zh: '从 {from} 找不到状态 {name}', en: 'No state {name} from {from}' },
  'next-without-obligations': {
    zh: 'to: next 需要外层某个状态有 obligations',
    en: 'to: next needs obligations in a state around it',
  },
  'onward-outside': { zh: 'onward 只能写在项目新增的状态里', en: 'onward belongs in a state that a project adds' },
  'exit-outside': {
    zh: '{name} 只能写在片段里，片段须声明这个出口',
    en: '{name} belongs in a fragment that declares it',
  },
  'other-region': { zh: '{name} 在另一个并行区域里，一个区域不能移动另一个', en: '{name} is in another region' },
  'refuse-and-more': {
    zh: 'refuse 表示什么都不做，不能再写 to 或别的词',
    en: 'refuse does nothing: no to and no words beside it',
  },
  'bad-delay': { zh: '“{value}”不是时长：{rule}', en: '{value} is no delay: {rule}' },
  'delay-not-duration': {
    zh: '设置 {name} 的值 {value} 不是时长',
    en: 'The setting {name} is {value}, which is no duration',
  },
  'unknown-workflow': { zh: '没有名为 {name} 的流程', en: 'Unknown workflow {name}' },
  'unknown-project': { zh: '没有名为 {name} 的项目', en: 'Unknown project {name}' },
  'no-chart': { zh: '流程要有 regions 或 states', en: 'A workflow needs regions or states' },
  'two-charts': { zh: 'regions 和 states 只能写一个', en: 'Either regions or states, not both' },
  'unknown-settings-file': { zh: '找不到设置文件 {name}', en: 'The settings file {name} is missing' },
  // Changes of a project
  'change-unclear': {
    zh: '一项修改只能是 set、tighten、add、remove 之一，并写全所需的词：{rule}',
    en: 'One of set, tighten, add, remove, complete: {rule}',
  },
  'change-address': { zh: '找不到 {address}', en: 'There is no {address}' },
  'change-conflict': {
    zh: '{address} 的基础已经变了，这项修改是针对旧内容写的，请重新确认',
    en: 'The base of {address} has changed since this change was written',
  },
  'change-without-was': { zh: '修改要写明针对的内容 was', en: 'A change names what it was written against (was)' },
  'change-not-settable': { zh: '{address} 不能用 set 修改', en: '{address} cannot be set' },
  'change-exists': { zh: '{address} 已经存在', en: '{address} exists already' },
  'change-branch': {
    zh: '{address} 有几个去向，请写明是哪一个：{known}',
    en: '{address} has several branches: {known}',
  },
  'field-needed': {
    zh: '{name} 不能去掉，有地方要用它：{who}',
    en: '{name} cannot be taken away, it is read by: {who}',
  },
  'field-needed-always': {
    zh: '{name} 不能改成可以不填，有地方一定要用它：{who}',
    en: '{name} cannot be left open, it has to be there for: {who}',
  },
  'choice-needed': {
    zh: '{name} 的选项 {choices} 不能去掉，有地方按它决定：{who}',
    en: 'The choices {choices} of {name} cannot be taken away, by them decides: {who}',
  },
  'agreement-same-version': {
    zh: '协议 {name} 的文字改了，版本还是 {version}：同意的是哪一份文字就分不清了',
    en: 'The agreement {name} says something else under the same version {version}: it cannot be told who agreed to what',
  },
  'change-strands': {
    zh: '修改 {change} 使流程断开：{what}',
    en: 'The change {change} breaks the process: {what}',
  },
  'setting-strands': {
    zh: '设置 {name} 使流程断开：{what}',
    en: 'The setting {name} breaks the process: {what}',
  },
  'law-exists': {
    zh: '基础流程已有规则 {name}，项目只能增加，不能改写',
    en: "The law {name} is the base's; a project may only add",
  },
} as const;
