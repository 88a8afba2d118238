/** Plain words for what the parser of CEL calls its errors; the parser's own sentence where there is none. */
export function reasonOf(code: string, summary: string): string {
  const [, named = ''] = /: '?(.+?)'?$/.exec(summary) ?? [];
  const [, got] = /got (\w+)$/.exec(summary) ?? [];
  switch (code) {
    case 'unexpected_token':
    case 'expected_token':
      return (got ?? named) === 'EOF' ? '写到一半就结束了' : `这里不该是 ${tokens[got ?? named] ?? got ?? named}`;
    case 'unexpected_character':
      return named === '=' ? '相等要写 ==' : `这里不该是 ${named}；前面可能少了运算符`;
    case 'unterminated_string':
    case 'unterminated_triple_quoted_string':
      return '引号没有闭合';
    case 'newline_in_string':
      return '引号里不能换行';
    case 'invalid_escape_sequence':
      return '引号里的转义写法有误';
    case 'invalid_number':
    case 'invalid_exponent':
      return '数字写法有误';
    case 'reserved_identifier':
      return `${named} 是保留的名称`;
    case 'limit_exceeded':
      return '太长，或括号嵌套太深';
    default:
      return summary;
  }
}

const tokens: { readonly [token: string]: string } = {
  ...{ DOT: '“.”', COMMA: '“,”', COLON: '“:”', NUMBER: '数字', STRING: '文字', IDENTIFIER: '名称' },
  ...{ LPAREN: '“(”', RPAREN: '“)”', LBRACKET: '“[”', RBRACKET: '“]”', LBRACE: '“{”', RBRACE: '“}”' },
};
