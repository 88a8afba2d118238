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
    zh: '没有 {value} 这个语言版本，新文件写 language: {language}，旧文件可以写 1 到 {language}',
    en: 'There is no version {value} of the language; a new file says language: {language}, an older one 1 to {language}',
  },
  'language-needed': {
    zh: '“{key}”是 language: {newer} 才有的写法，这个文件是 language: {version}；请先升级文件',
    en: '{key} belongs to language: {newer}, this file says language: {version}; upgrade the file first',
  },
  'language-by-hand': {
    zh: '升级到新的语言版本时这里要人来改：{rule}',
    en: 'Only a person can say this in the newer version of the language: {rule}',
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
  // Names
  'unknown-fact': { zh: '没有名为 {name} 的事实', en: 'Unknown fact {name}' },
  'unknown-counter': { zh: '没有名为 {name} 的计数', en: 'Unknown counter {name}' },
  'unknown-record': { zh: '没有名为 {name} 的记录', en: 'Unknown record {name}' },
  'unknown-person': { zh: 'people 里没有 {name}', en: 'Unknown part {name} in people' },
  'unknown-secret': { zh: '没有名为 {name} 的密码', en: 'Unknown secret {name}' },
  'notice-channel': {
    zh: '通知 {name} 要写一个渠道：sms、email、page、desk 之一，这里有 {count} 个',
    en: 'The notice {name} needs one channel of sms, email, page, desk; it has {count}',
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
  'place-without-state': { zh: '这里不能用 {name}，它要有所在的状态', en: '{name} needs a state and has none here' },
  'text-secret': { zh: '密码不能写进文字：{name}', en: 'A secret cannot stand in a text: {name}' },
  'text-sensitive': { zh: '{name} 是敏感信息，不能写进文字', en: '{name} is sensitive and cannot stand in a text' },
  'field-not-for-role': {
    zh: '{name} 不给角色 {role} 看（x-seen-by），不能出现在它的任务里',
    en: '{name} is not for the role {role} (x-seen-by) and cannot stand in its task',
  },
  'reserved-name': { zh: '“{name}”是保留的名称，请改名', en: '{name} is reserved' },
  // Events and calls
  'event-without-source': {
    zh: '事件 {name} 要写明由谁触发：by（角色）或 from（外部系统）',
    en: 'The event {name} needs by or from',
  },
  'event-two-sources': { zh: '事件 {name} 不能同时写 by 和 from', en: 'The event {name} has both by and from' },
  'event-unheard': { zh: '没有任何状态响应事件 {name}', en: 'No state hears the event {name}' },
  'counter-unbounded': {
    zh: '计数 {name} 只增加，没有任何条件比较它，不会到头',
    en: 'The counter {name} only rises: no condition compares it, so it has no bound',
  },
  'event-gap': {
    zh: '处于 {states} 时没有区域一定响应 {name}，而它是 heard: always',
    en: 'No region is sure to take {name} in {states}, and it is heard: always',
  },
  'event-two-regions': {
    zh: '事件 {name} 在两个区域的 on 里（{regions}），会一起移动；其中一个请改用 follow',
    en: 'The event {name} is led by two regions ({regions}); let one follow',
  },
  'follow-without-leader': {
    zh: '没有任何区域的 on 里有 {name}，这里的 follow 永远不会发生',
    en: 'Nobody leads {name}, which is followed here',
  },
  'outcome-unhandled': {
    zh: '操作 {operation} 的结果 {name} 没有去向',
    en: 'The outcome {name} of {operation} has no edge',
  },
  'call-without-deadline': {
    zh: '操作 {operation} 没有时限：这个状态要有 after，或在外部系统的约定里写 limit',
    en: '{operation} has no limit: add an after here or a limit to the contract',
  },
  'call-with-when': { zh: '有 call 的状态不能有 when（刚发出就会取消）', en: 'A state with a call cannot have a when' },
  'input-missing': { zh: '操作 {operation} 需要输入 {name}', en: '{operation} needs the input {name}' },
  'input-without-call': {
    zh: 'with 和 late 只能写在有 call 的状态里',
    en: 'with and late belong in a state with a call',
  },
  'secret-not-alone': { zh: 'secrets.x 只能单独写在 with 里', en: 'secrets.x stands alone, in with only' },
  'secret-shape': {
    zh: '密码 {name} 要写 digits（位数）或 token: true 之一',
    en: 'The secret {name} needs digits or token',
  },
  'via-not-token': { zh: 'via 要写一个 token 密码，{name} 不是', en: 'via names a token secret; {name} is none' },
  'record-source': { zh: '记录 {name} 要写 form 或 of 之一', en: 'The record {name} needs form or of' },
  'record-of-other': {
    zh: '这里的事件没有记录 {name} 所要的数据（{wanted}）',
    en: 'The event here has not the data of the record {name} ({wanted})',
  },
  'sign-without-person': {
    zh: '这里不是由人触发的，sign {name} 记不下任何人',
    en: 'No person sends this, so nobody can sign as {name}',
  },
  'event-like-outcome': {
    zh: '事件 {name} 与操作的结果同名，这里听到的是结果',
    en: 'The event {name} has the name of an outcome; here it is the outcome that is heard',
  },
  'event-led-and-followed': {
    zh: '同一处既用 on 又用 follow 响应 {name}，follow 不会发生',
    en: '{name} is in on and in follow here; the follower never moves',
  },
  'deadlines-collide': {
    zh: '期限 {one} 和 {two} 都是 {time}，同时到',
    en: 'The deadlines {one} and {two} are both {time}: they fall due together',
  },
  'deadline-too-late': {
    zh: '期限 {name}（{time}）不会到：外层 {state} 的 {outer}（{before}）先到',
    en: 'The deadline {name} ({time}) never comes: {outer} ({before}) of {state} around it comes first',
  },
  'reminder-too-late': {
    zh: '提醒 {name}（{time}）不会发出：期限 {deadline}（{before}）先到',
    en: 'The reminder {name} ({time}) is never sent: the deadline {deadline} ({before}) comes first',
  },
  // The chart
  'state-mixed': { zh: '一个状态不能同时有 {one} 和 {two}', en: 'A state cannot have both {one} and {two}' },
  'done-without-regions': { zh: 'done 只能写在有 regions 的状态里', en: 'done belongs in a state with regions' },
  'unreachable-state': { zh: '没有任何路径到达状态 {name}', en: 'No way leads to the state {name}' },
  'dead-end': {
    zh: '到了 {name} 就没有出路，也不是终点（final）',
    en: 'There is no way out of {name} and it is not final',
  },
  'no-way-to-end': { zh: '从 {name} 出发到不了任何终点', en: 'No way leads from {name} to an end' },
  'state-without-owner': {
    zh: '没有人负责状态 {name}：要有 task、call、期限，或别的区域能移动它',
    en: 'Nobody owns the state {name}: no task, call, deadline, and no region that moves it',
  },
  'goal-unreachable': { zh: '项目 {project} 到不了目标 {name}', en: 'The goal {name} cannot be reached in {project}' },
  'obligations-open': {
    zh: '最后一项 obligations 不能有 fact 或 if，否则可能无处可去',
    en: 'The last obligation has no fact and no if, or there may be nowhere to go',
  },
  'fact-never-proven': {
    zh: '没有任何地方证明事实 {name}，流程会卡在这里',
    en: 'Nothing proves the fact {name}; the case would be stuck',
  },
  'never-used': { zh: '{part} {name} 没有用到', en: '{part} {name} is never used' },
  'when-loop': {
    zh: '{name} 的 when 没有条件地回到自己（{way}），永远停不下来',
    en: 'The when of {name} loops for ever ({way})',
  },
  'branch-unreachable': {
    zh: '前面一条没有条件，这一条永远轮不到',
    en: 'The branch before has no condition; this one is never reached',
  },
  'branch-shadowed': {
    zh: '前面有一条的条件 {condition} 已经包括这一条，它永远轮不到',
    en: 'A branch before with {condition} covers this one; it is never reached',
  },
  'branch-ambiguous': {
    zh: '这里有几条都叫 {name}，地址分不清；请写 id',
    en: 'Several branches are called {name}; give them an id',
  },
  'when-crossing': {
    zh: '{one} 和 {two} 的 when 会在同一步里一起转移，互相错过；请让一个区域用 follow 跟随另一个的事件',
    en: 'The whens of {one} and {two} would both be taken in one step and cross; let one region follow an event of the other',
  },
  'form-not-filled': {
    zh: '到这里表单 {form} 不一定已经填写，请先用 has({name}) 判断',
    en: 'The form {form} may not be filled in here; ask with has({name}) first',
  },
  'record-not-there': {
    zh: '到这里还不一定有记录 {form}，请先用 has({name}) 判断',
    en: 'The record {form} may have no entry here; ask with has({name}) first',
  },
  'nobody-signed': {
    zh: '到这里还不一定有人签过 {name}，only 会让谁都不能办理',
    en: 'Nobody may have signed as {name} yet; with only, nobody could act here',
  },
  'secret-not-made': { zh: '到这里密码 {name} 不一定已经生成', en: 'The secret {name} may not have been made here' },
  'form-never-filled': { zh: '没有任何任务或操作填写表单 {name}', en: 'No task and no event fills in the form {name}' },
  'field-never-filled': {
    zh: '{form}.{name} 是只读的，也没有计算、预填、复制或识别，谁都填不了',
    en: '{form}.{name} is read-only and has no formula, prefill, copy or recognition: nobody can fill it in',
  },
  // Tables
  'table-row-missing': { zh: '决策表 {name} 缺少 {row} 的一行', en: 'The table {name} lacks a row for {row}' },
  'table-row-unreachable': {
    zh: '决策表 {name} 的“{row}”永远用不到，可用：{known}',
    en: 'The row {row} of {name} cannot be reached; known: {known}',
  },
  'table-depth': { zh: '决策表 {name} 的层数与 by 不一致', en: 'The depth of the table {name} differs from its by' },
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
  'form-without-type': { zh: '字段 {name} 缺少 type', en: 'The field {name} has no type' },
  'form-keyword-type': { zh: '关键字 {keyword} 不能用在 {type} 类型上', en: '{keyword} does not fit {type}' },
  'form-options': { zh: 'x-options 要写一个存在的设置，{name} 不是', en: 'x-options names a setting; {name} is none' },
  // Projects
  'number-twice': {
    zh: '编号前缀 {number} 已被项目 {other} 使用',
    en: 'The number {number} is already used by {other}',
  },
  'file-unused': { zh: '没有项目用到这个文件', en: 'No project uses this file' },
  'not-compiled': { zh: '项目 {project} 无法编译：{reason}', en: 'The project {project} does not compile: {reason}' },
} as const;

export type IssueCode = keyof typeof issues;
