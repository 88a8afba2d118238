/** The chart: ways, ends, owners, conditions, tables. */
export const chart = {
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
  'obligation-twice': {
    zh: '事实 {fact} 前面的 {first} 已经要求过，永远轮不到这一项',
    en: 'The fact {fact} is asked for by {first} before: this is never reached',
  },
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
} as const;
