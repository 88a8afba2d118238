/** Plain words for what the YAML parser calls its errors. */
const reasons: { readonly [code: string]: string } = {
  ALIAS_PROPS: '别名不能带锚点或标签',
  BAD_ALIAS: '别名写法有误',
  BAD_COLLECTION_TYPE: '这里的类型不对',
  BAD_DIRECTIVE: '不支持 % 指令',
  BAD_DQ_ESCAPE: '双引号里的转义写法有误',
  BAD_INDENT: '缩进不一致',
  BAD_PROP_ORDER: '锚点和标签应当写在标记后面',
  BAD_SCALAR_START: '值不能以这个符号开头，请加引号',
  BLOCK_AS_IMPLICIT_KEY: '一行里出现了两个“: ”，请给值加引号或换行',
  BLOCK_IN_FLOW: '花括号里这一项有两个“: ”，请给值加引号；也可能是前面少了逗号',
  DUPLICATE_KEY: '名称重复',
  IMPOSSIBLE: '无法识别',
  KEY_OVER_1024_CHARS: '名称过长',
  MISSING_CHAR: '缺少符号（引号、逗号或括号没有闭合）',
  MULTILINE_IMPLICIT_KEY: '名称不能跨行',
  MULTIPLE_ANCHORS: '不能使用锚点',
  MULTIPLE_DOCS: '一个文件只能有一份内容，请删去“---”',
  MULTIPLE_TAGS: '不能使用标签',
  NON_STRING_KEY: '名称应当是文字',
  TAB_AS_INDENT: '不能用制表符缩进，请用空格',
  TAG_RESOLVE_FAILED: '未知标签',
  UNEXPECTED_TOKEN: '这里多了内容，含有特殊符号的值请加引号',
  BAD_PROP: '写法有误',
};

/** @param message the parser's own sentence, used where there is no word of ours. */
export function reasonOf(code: string, message: string): string {
  return reasons[code] ?? message;
}
