/** Forms, documents and projects. */
export const forms = {
  // Forms and documents
  'form-required': { zh: 'required 里的“{name}”不是字段', en: '{name} in required is no field' },
  'form-label': { zh: 'x-labels 里的“{name}”不在 enum 里', en: '{name} in x-labels is not in the enum' },
  'form-pattern': { zh: '正则表达式有误或可能很慢：{reason}', en: 'The pattern is wrong or may be slow: {reason}' },
  'form-part-keyword': {
    zh: '{key} 只能写在表单自己的字段上，不能写在一组字段或列表的一项里面',
    en: '{key} is for fields of the form itself, not for what is inside a group or a list',
  },
  'form-ref': {
    zh: '$ref 指向的 {name} 不在 $defs 里，或者它不经过列表就又包含自己',
    en: '$ref leads to {name}, which is not in $defs or holds itself without a list in between',
  },
  'form-date-range': {
    zh: '日期范围 {name} 要有 from、to 两个 format 为 date 的字段，不能有别的',
    en: 'The range of dates {name} has two fields of format date, from and to, and no other',
  },
  'form-without-type': { zh: '字段 {name} 缺少 type', en: 'The field {name} has no type' },
  'form-keyword-type': { zh: '关键字 {keyword} 不能用在 {type} 类型上', en: '{keyword} does not fit {type}' },
  'form-limits': {
    zh: '“{name}”没有能填的内容：最少 {least}，最多 {most}',
    en: 'Nothing can be filled into {name}: at least {least}, at most {most}',
  },
  'form-default': {
    zh: '“{name}”的默认值 {value} 不在选项里',
    en: 'The default {value} of {name} is none of its choices',
  },
  'form-options': { zh: 'x-options 要写一个存在的设置，{name} 不是', en: 'x-options names a setting; {name} is none' },
  'places-of-parts': {
    zh: '预留 {name} 按份额计算（of），不能再写 places',
    en: 'The reservation {name} counts parts (of) and cannot have places too',
  },
  'unknown-places': {
    zh: 'x-places 要写一个有 places 的预留，{name} 不是',
    en: 'x-places names a reservation with places; {name} is none',
  },
  // Batches
  'batch-form-twice': {
    zh: '表单 {name} 既整张共用又有列，只能写在一处',
    en: 'The form {name} is shared and has columns: it stands in one of the two',
  },
  'batch-column': {
    zh: '{name} 不能写在表格里：文件、协议、密码、计算出来的和一组的字段没有列',
    en: '{name} cannot stand in a table: files, agreements, secrets, computed fields and groups have no column',
  },
  'batch-file': {
    zh: '{name} 必须上传或输入密码，批量办理时没有地方填',
    en: '{name} has to be uploaded or is a secret: a batch has no place for it',
  },
  'batch-event': {
    zh: '{name} 不能批量办理：要由人发出，并且没有自己的对话',
    en: '{name} cannot be sent by a batch: it has to be a person’s and have no dialogue of its own',
  },
  // Projects
  'announcement-order': {
    zh: '公告 {name} 的 until（{until}）早于 from（{from}）',
    en: 'The announcement {name} ends ({until}) before it begins ({from})',
  },
  'number-twice': {
    zh: '编号前缀 {number} 已被项目 {other} 使用',
    en: 'The number {number} is already used by {other}',
  },
  'file-unused': { zh: '没有项目用到这个文件', en: 'No project uses this file' },
  'not-compiled': { zh: '项目 {project} 无法编译：{reason}', en: 'The project {project} does not compile: {reason}' },
} as const;
