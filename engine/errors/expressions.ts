/** Codes of what can be wrong with an expression (`ExpressionIssue.code`), shown as issues of the definition. */
export const expressions = {
  'expression-syntax': { zh: '表达式写法有误：{reason}', en: 'Expression syntax: {reason}' },
  'expression-function': { zh: '表达式里不能用 {name}', en: '{name} cannot be used in an expression' },
  'expression-name': { zh: '没有名为 {name} 的数据，可用：{known}', en: 'Unknown name {name}; known: {known}' },
  'expression-field': { zh: '没有名为 {name} 的字段，可用：{known}', en: 'Unknown field {name}; known: {known}' },
  'expression-literal': { zh: '取值里没有“{value}”，可用：{known}', en: 'No such value “{value}”; known: {known}' },
  'expression-type': {
    zh: '{part}：这里需要{wanted}，写的是{found}',
    en: '{part}: {wanted} is wanted, {found} is given',
  },
  'expression-missing': {
    zh: '{path} 可能还没有填写，请先用 has({path}) 判断',
    en: '{path} may be missing; ask with has({path}) first',
  },
  'expression-at': {
    zh: 'at() 只能单独作为 &&、||、! 的一项，里面写一个状态的地址',
    en: 'at() may stand only as a term of &&, ||, ! and holds the address of a state',
  },
  'expression-cost': { zh: '表达式太大：{reason}', en: 'The expression is too large: {reason}' },
} as const;
