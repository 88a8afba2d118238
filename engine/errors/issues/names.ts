/** Names that mean nothing, and places in texts that may not be there. */
export const names = {
  'unknown-fact': { zh: '没有名为 {name} 的事实', en: 'Unknown fact {name}' },
  'unknown-counter': { zh: '没有名为 {name} 的计数', en: 'Unknown counter {name}' },
  'unknown-record': { zh: '没有名为 {name} 的记录', en: 'Unknown record {name}' },
  'unknown-person': { zh: 'people 里没有 {name}', en: 'Unknown part {name} in people' },
  'unknown-secret': { zh: '没有名为 {name} 的密码', en: 'Unknown secret {name}' },
  'notice-channel': {
    zh: '通知 {name} 要写一个渠道：sms、email、page、desk、inbox: true 之一，这里有 {count} 个',
    en: 'The notice {name} needs one channel of sms, email, page, desk, inbox: true; it has {count}',
  },
  'unknown-notice': { zh: '没有名为 {name} 的通知', en: 'Unknown notice {name}' },
  'unknown-table': { zh: '没有名为 {name} 的决策表', en: 'Unknown table {name}' },
  'unknown-stage': { zh: '没有名为 {name} 的阶段', en: 'Unknown stage {name}' },
  'unknown-event': { zh: '没有名为 {name} 的事件', en: 'Unknown event {name}' },
  'unknown-role': { zh: 'roles 里没有 {name}', en: 'Unknown role {name}' },
  'unknown-form': { zh: '没有名为 {name} 的表单；流程的 forms 里要写上，forms/ 里要有文件', en: 'Unknown form {name}' },
  'unknown-field': { zh: '表单 {form} 没有字段 {name}', en: 'The form {form} has no field {name}' },
  'unknown-document': { zh: '没有名为 {name} 的文件模板（forms/documents）', en: 'Unknown document {name}' },
  'unknown-content': { zh: '没有名为 {name} 的内容（workflows/content）', en: 'Unknown content {name}' },
  'unknown-agreement': { zh: '内容 agreements 里没有协议 {name}', en: 'Unknown agreement {name}' },
  'agreement-version': {
    zh: '内容 agreements 的 {name} 要有 version（加引号的文字），同意记录要写明版本',
    en: 'The agreement {name} needs a version, as text',
  },
  'unknown-menu': { zh: '内容 hall 的 menus 里没有 {name}，可用：{known}', en: 'Unknown menu {name}; known: {known}' },
  'same-of-nothing': {
    zh: 'same 里的“{name}”要同时是请求和答复里必填的同类型字段',
    en: '{name} in same has to be a required field of both input and data, of one plain type',
  },
  'unknown-connector': { zh: '没有名为 {name} 的外部系统（workflows/connectors）', en: 'Unknown connector {name}' },
  'unknown-operation': {
    zh: '外部系统 {connector} 没有操作或消息 {name}',
    en: '{connector} has no operation or event {name}',
  },
  'unknown-outcome': { zh: '操作 {operation} 没有结果 {name}', en: '{operation} has no outcome {name}' },
  'unknown-input': { zh: '操作 {operation} 没有输入 {name}', en: '{operation} has no input {name}' },
  'unknown-option': { zh: '设置 {setting} 没有取值 {name}', en: 'The setting {setting} has no value {name}' },
  'text-absent': {
    zh: '文字里写了 {name}，而项目 {project} 没有它',
    en: 'The text names {name}, which {project} does not have',
  },
  'text-names-absent': {
    zh: '文字里写了“{word}”，而项目 {project} 没有它（{name}）',
    en: 'The text says “{word}”, which {project} does not have ({name})',
  },
  'place-in-title': {
    zh: '名称里不代入内容，{name} 会照原样显示',
    en: 'Titles are shown as they are written: {name} is not filled in',
  },
  'text-not-for-role': {
    zh: '{name} 不给角色 {role} 看（x-seen-by），不能写进 {role} 会看到的文字',
    en: '{name} is not for {role} (x-seen-by) and stands in a text that {role} reads',
  },
  'place-without-state': { zh: '这里不能用 {name}，它要有所在的状态', en: '{name} needs a state and has none here' },
  'text-secret': { zh: '密码不能写进文字：{name}', en: 'A secret cannot stand in a text: {name}' },
  'text-sensitive': { zh: '{name} 是敏感信息，不能写进文字', en: '{name} is sensitive and cannot stand in a text' },
  'field-not-for-role': {
    zh: '{name} 不给角色 {role} 看（x-seen-by），不能出现在它的任务里',
    en: '{name} is not for the role {role} (x-seen-by) and cannot stand in its task',
  },
  'reserved-name': { zh: '“{name}”是保留的名称，请改名', en: '{name} is reserved' },
} as const;
