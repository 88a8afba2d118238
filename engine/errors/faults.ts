/** Codes of what the server answers (`{ error: { code, message } }`). */
export const faults = {
  'not-found': {
    zh: '没有找到，可能已删除或地址有误',
    en: 'Not found; it may have been deleted or the address is wrong',
  },
} as const;
