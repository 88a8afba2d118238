/** How a connector keeps its contract over HTTP. */
export const http = {
  'http-operation-missing': {
    zh: 'http.operations 没有写操作 {name} 怎样发送',
    en: 'http.operations does not say how {name} is sent',
  },
  'http-result-unclear': {
    zh: '每个结果要写 {allowed} 之一，这里有 {count} 个',
    en: 'A result needs one of {allowed}; this one has {count}',
  },
  'http-pending-lost': {
    zh: '操作 {name} 的结果可能是 pending，但既没有 ask，也没有 callback，永远不会知道结果',
    en: '{name} may be pending and has neither ask nor callback: its outcome is never known',
  },
  'http-not-encrypted': {
    zh: '地址 {name} 不加密；除了本机，只能用 https',
    en: '{name} is not encrypted; only this machine may be asked without https',
  },
  'http-secret-written': {
    zh: '请求头 {name} 是密钥，不能写进文件',
    en: 'The header {name} is a secret and cannot stand in a file',
  },
  'http-unsigned': {
    zh: '要写明用什么验证签名：hmac 或 rsa，这里有 {count} 个',
    en: 'A callback is verified by hmac or rsa; this one has {count}',
  },
  'http-one-place': {
    zh: '{name} 要么写 header，要么写 field，这里有 {count} 个',
    en: '{name} stands either in a header or in a field; {count} are written',
  },
  'http-signed-itself': {
    zh: '签名写在参数里时，签名的文字不能有 {name}，请用 {sorted}',
    en: 'A signature among the parameters cannot be over {name}, which holds it: use {sorted}',
  },
  'http-signed-place': { zh: '签名的文字里没有 {name} 这个位置', en: 'A signed text has no place {name}' },
  'http-signed-too-little': {
    zh: '签名的文字没有包含 {name}，改了它也不会被发现',
    en: 'The signed text leaves {name} out: a change of it would not be noticed',
  },
  'unknown-data': { zh: '{operation} 没有数据 {name}', en: '{operation} has no data {name}' },
  'data-missing': { zh: '{operation} 缺少数据 {name}', en: '{operation} lacks the data {name}' },
} as const;
