/** Codes of what can be wrong with a definition (`Issue.code`). */
export const issues = {
  'yaml-syntax': { zh: 'YAML 写法有误：{reason}', en: 'YAML syntax: {reason}' },
} as const;
