/** Codes of what can be wrong with a definition (`Issue.code`). */
export const issues = {
  // Reading
  'yaml-syntax': { zh: 'YAML 写法有误：{reason}', en: 'YAML syntax: {reason}' },
  'yaml-documents': { zh: '一个文件只能有一份内容，请删去“---”或拆成几个文件', en: 'One document a file: split it' },
  'yaml-directive': { zh: '不支持以 % 开头的 YAML 指令，请删去', en: 'YAML directives are not supported' },
  'yaml-anchor': { zh: '不能使用锚点 &{name}，请把内容写全', en: 'Anchors (&{name}) are refused: write it out' },
  'yaml-alias': {
    zh: '不能使用别名（以 * 开头）；如果是表达式，请加引号',
    en: 'Aliases are refused; quote an expression',
  },
  'yaml-merge': { zh: '不能使用合并键 <<，请把内容写全', en: 'Merge keys (<<) are refused: write it out' },
  'yaml-tag': {
    zh: '不能使用标签 {tag}；如果是以 ! 开头的表达式，请加引号，否则会读成空值',
    en: 'Tags ({tag}) are refused; quote an expression that starts with !',
  },
  'json-syntax': { zh: 'JSON 写法有误：{reason}', en: 'JSON syntax: {reason}' },
  'empty-file': { zh: '文件是空的', en: 'The file is empty' },
  'too-large': { zh: '文件过大，上限 {limit}', en: 'The file is too large, the limit is {limit}' },
  'too-deep': { zh: '嵌套过深，上限 {limit} 层', en: 'Nested too deeply, the limit is {limit} levels' },
  'duplicate-key': { zh: '“{key}”重复了，请删去或改名', en: 'Duplicate key {key}' },
  'forbidden-key': { zh: '不能使用名称“{key}”，请改名', en: 'The name {key} is not allowed' },
  'key-not-text': { zh: '名称应当是文字', en: 'A key must be text' },
  'flow-key-alone': {
    zh: '“{key}”后面没有值；花括号里含有逗号、括号的表达式请加引号',
    en: '{key} has no value; quote expressions with commas or brackets inside { }',
  },
  'number-zero': {
    zh: '{source} 以 0 开头，会读成另一个数；编号请加引号',
    en: '{source} starts with 0 and would be another number; quote it',
  },
  'number-unsafe': {
    zh: '{source} 位数过多，会丢失末尾的数字；编号请加引号',
    en: '{source} would lose digits; quote it',
  },
  'number-odd': {
    zh: '{source} 会读成数字；如果是文字请加引号',
    en: '{source} reads as a number; quote it if it is text',
  },
  'unknown-file': { zh: '不认识文件 {file} 的类型，应当是 .yaml 或 .json', en: 'Unknown kind of file {file}' },
  // Shape of a file
  'unknown-key': { zh: '不认识“{key}”，这里可以写：{known}', en: 'Unknown key {key}; known here: {known}' },
  'unknown-keyword': {
    zh: '表单不支持关键字“{key}”，可以用：{known}',
    en: 'Unsupported keyword {key}; supported: {known}',
  },
  'missing-key': { zh: '{where} 缺少“{key}”', en: '{where} lacks {key}' },
  'wrong-type': { zh: '{key} 应当是{expected}，这里是{found}', en: '{key} should be {expected}, found {found}' },
  'not-one-of': { zh: '{key} 不能是“{value}”，只能是：{allowed}', en: '{key} cannot be {value}; allowed: {allowed}' },
  'language-version': {
    zh: '文件应以 language: 1 开头，这里是 {value}',
    en: 'A file starts with language: 1, found {value}',
  },
  'bad-name': { zh: '“{value}”写法不对，应当是{shape}', en: '{value} should be {shape}' },
  repeated: { zh: '“{value}”重复了', en: '{value} is repeated' },
  'is-empty': { zh: '{key} 不能为空', en: '{key} must not be empty' },
  'out-of-range': { zh: '{key} 超出范围（{rule}）', en: '{key} is out of range ({rule})' },
  'file-twice': { zh: '“{id}”已经在 {other} 中定义', en: '{id} is already defined in {other}' },
  'id-not-file-name': {
    zh: '名称 {id} 与文件名不一致，应当是 {expected}',
    en: 'The id {id} is not the file name; expected {expected}',
  },
  // Settings
  'unknown-setting': { zh: '没有名为 {name} 的设置', en: 'Unknown setting {name}' },
  'missing-setting': {
    zh: '设置 {name} 没有默认值，项目必须给出',
    en: 'The setting {name} has no default and must be given',
  },
  'bad-setting': { zh: '{title}不能是 {value}：{rule}', en: '{title} cannot be {value}: {rule}' },
  // Composition
  'unknown-fragment': { zh: '没有名为 {name} 的片段', en: 'Unknown fragment {name}' },
  'fragment-twice': { zh: '片段 {name} 在一个流程里只能用一次', en: 'The fragment {name} is used twice' },
  'fragment-clash': {
    zh: '“{name}”在片段和流程里都有（{part}），请改名',
    en: '{name} is in both fragment and host ({part})',
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
  'law-exists': {
    zh: '基础流程已有规则 {name}，项目只能增加，不能改写',
    en: "The law {name} is the base's; a project may only add",
  },
  // Names
  'unknown-fact': { zh: '没有名为 {name} 的事实', en: 'Unknown fact {name}' },
  'unknown-counter': { zh: '没有名为 {name} 的计数', en: 'Unknown counter {name}' },
  'unknown-record': { zh: '没有名为 {name} 的记录', en: 'Unknown record {name}' },
  'unknown-person': { zh: 'people 里没有 {name}', en: 'Unknown part {name} in people' },
  'unknown-secret': { zh: '没有名为 {name} 的密码', en: 'Unknown secret {name}' },
  'unknown-notice': { zh: '没有名为 {name} 的通知', en: 'Unknown notice {name}' },
  'unknown-stage': { zh: '没有名为 {name} 的阶段', en: 'Unknown stage {name}' },
  'not-compiled': { zh: '项目 {project} 无法编译：{reason}', en: 'The project {project} does not compile: {reason}' },
} as const;

export type IssueCode = keyof typeof issues;
