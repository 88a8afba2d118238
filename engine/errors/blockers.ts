/** Codes of why something cannot be done now (`Blocker.code`). */
export const blockers = {
  'not-your-turn': { zh: '现在轮到{who}，您不用做任何事', en: 'It is the turn of {who}; you have nothing to do' },
} as const;
