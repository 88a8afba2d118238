/** Codes of why something cannot be done now (`Blocker.code`). */
export const blockers = {
  'not-your-turn': { zh: '现在轮到{who}，您不用做任何事', en: 'It is the turn of {who}; you have nothing to do' },
  'event-unknown': {
    zh: '这个流程没有操作 {event}。现在可以：{possible}',
    en: 'This process has no event {event}. Possible now: {possible}',
  },
  'event-not-here': {
    zh: '现在不能“{title}”，这一步已经过去或还没到。现在可以：{possible}',
    en: '“{title}” is not possible now. Possible now: {possible}',
  },
  'event-from-outside': {
    zh: '“{title}”由外部系统发出，不能手工操作',
    en: '“{title}” comes from another system and cannot be sent by hand',
  },
  'role-missing': { zh: '“{title}”要由{who}来做', en: '“{title}” is for {who}' },
  'only-person': {
    zh: '“{title}”只能由{part}本人来做，其他人请先等本人处理或退回',
    en: '“{title}” is for the person who acted as {part}',
  },
  'not-handed-on': {
    zh: '“{title}”要本人来做，不能由别人代办；代办只用于退回或转交领取的任务',
    en: '“{title}” has to be done in person; only a claimed task can be handed on for somebody',
  },
  'not-person': {
    zh: '您已作为{part}处理过，“{title}”要由另一个人来做',
    en: 'You acted as {part}; “{title}” needs somebody else',
  },
  'by-link': { zh: '“{title}”请用手机扫码后在手机上完成', en: 'Do “{title}” on the phone that opened the link' },
  'link-only': { zh: '扫码进入的页面不能“{title}”，请回到电脑上操作', en: '“{title}” is not possible by this link' },
  'form-invalid': { zh: '还有 {count} 处需要修改', en: 'Fields that need a change: {count}' },
  'field-closed': { zh: '{titles} 没有被退回，不能修改', en: '{titles} may not be changed' },
  'condition-unmet': { zh: '{reasons}', en: '{reasons}' },
  'refused-here': { zh: '{text}', en: '{text}' },
  'case-over': { zh: '业务单已办结，不能再操作', en: 'The case is over' },
  'timer-stale': { zh: '这个计时已经失效', en: 'This timer is no longer armed' },
  'timer-early': { zh: '计时还没有到', en: 'This timer is not due yet' },
  'outcome-unknown': { zh: '{call} 没有结果 {outcome}', en: '{call} has no outcome {outcome}' },
  'outcome-other': {
    zh: '{call} 的答复 {outcome} 与请求不符：{field}',
    en: '{outcome} of {call} is not what was asked: {field}',
  },
  'migration-other': { zh: '“{title}”不是这笔业务的流程', en: '“{title}” is not the process of this case' },
  'migration-same': { zh: '业务单已经在这个版本上', en: 'The case is under this release already' },
  'migration-plan': {
    zh: '迁移计划里的 {name} 在版本中没有，请改正计划',
    en: 'The plan names {name}, which the release does not have',
  },
  'migration-state': {
    zh: '新版流程没有“{title}”（{state}），请在迁移计划的 states 里写明它对应哪一步',
    en: 'The new release has no “{title}” ({state}); say in states of the plan which one it is',
  },
  'migration-twice': {
    zh: '迁移后会同时处在“{title}”（{state}）里的两步，请改正迁移计划的 states',
    en: 'The case would stand twice in “{title}” ({state}); correct states of the plan',
  },
  'migration-decision': {
    zh: '不能停在“{title}”（{state}），请在迁移计划的 states 里写一个可以停留的状态',
    en: 'A case cannot stay in “{title}” ({state}); name another state in the plan',
  },
  'migration-call': {
    zh: '“{title}”（{state}）还没有答复，新版流程收不到它的结果，请等答复后再迁移',
    en: '“{title}” ({state}) is not answered yet and the new release could not hear it; migrate after the answer',
  },
  'migration-data': {
    zh: '已填写的资料有 {count} 处不符合新版流程的要求',
    en: '{count} fields that are committed do not do for the new release',
  },
  'migration-incident': {
    zh: '迁移后有规则不成立（{incidents}），没有迁移',
    en: 'Rules would not hold after the migration ({incidents}); nothing was changed',
  },
  'definition-broken': {
    zh: '流程定义在这里走不下去（{reason}）。这一步没有生效，请联系管理员',
    en: 'The definition cannot go on here ({reason}); nothing was changed',
  },
} as const;
