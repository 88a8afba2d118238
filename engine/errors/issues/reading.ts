/** What is wrong with a file before anybody asks what it means. */
export const reading = {
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
} as const;
