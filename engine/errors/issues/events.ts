/** Events, calls, and the times that meet. */
export const events = {
  'event-without-source': {
    zh: '事件 {name} 要写明由谁触发：by（角色）或 from（外部系统）',
    en: 'The event {name} needs by or from',
  },
  'event-two-sources': { zh: '事件 {name} 不能同时写 by 和 from', en: 'The event {name} has both by and from' },
  'event-unheard': { zh: '没有任何状态响应事件 {name}', en: 'No state hears the event {name}' },
  'counter-unbounded': {
    zh: '计数 {name} 只增加，没有任何条件比较它，不会到头',
    en: 'The counter {name} only rises: no condition compares it, so it has no bound',
  },
  'event-gap': {
    zh: '处于 {states} 时没有区域一定响应 {name}，而它是 heard: always',
    en: 'No region is sure to take {name} in {states}, and it is heard: always',
  },
  'event-two-regions': {
    zh: '事件 {name} 在两个区域的 on 里（{regions}），会一起移动；其中一个请改用 follow',
    en: 'The event {name} is led by two regions ({regions}); let one follow',
  },
  'follow-without-leader': {
    zh: '没有任何区域的 on 里有 {name}，这里的 follow 永远不会发生',
    en: 'Nobody leads {name}, which is followed here',
  },
  'outcome-unhandled': {
    zh: '操作 {operation} 的结果 {name} 没有去向',
    en: 'The outcome {name} of {operation} has no edge',
  },
  'call-without-deadline': {
    zh: '操作 {operation} 没有时限：这个状态要有 after，或在外部系统的约定里写 limit',
    en: '{operation} has no limit: add an after here or a limit to the contract',
  },
  'call-with-when': { zh: '有 call 的状态不能有 when（刚发出就会取消）', en: 'A state with a call cannot have a when' },
  'input-missing': { zh: '操作 {operation} 需要输入 {name}', en: '{operation} needs the input {name}' },
  'input-without-call': {
    zh: 'with 和 late 只能写在有 call 的状态里',
    en: 'with and late belong in a state with a call',
  },
  'secret-not-alone': { zh: 'secrets.x 只能单独写在 with 里', en: 'secrets.x stands alone, in with only' },
  'secret-shape': {
    zh: '密码 {name} 要写 digits（位数）或 token: true 之一',
    en: 'The secret {name} needs digits or token',
  },
  'via-not-token': { zh: 'via 要写一个 token 密码，{name} 不是', en: 'via names a token secret; {name} is none' },
  'record-source': { zh: '记录 {name} 要写 form 或 of 之一', en: 'The record {name} needs form or of' },
  'record-of-other': {
    zh: '这里的事件没有记录 {name} 所要的数据（{wanted}）',
    en: 'The event here has not the data of the record {name} ({wanted})',
  },
  'sign-without-person': {
    zh: '这里不是由人触发的，sign {name} 记不下任何人',
    en: 'No person sends this, so nobody can sign as {name}',
  },
  'event-like-outcome': {
    zh: '事件 {name} 与操作的结果同名，这里听到的是结果',
    en: 'The event {name} has the name of an outcome; here it is the outcome that is heard',
  },
  'event-led-and-followed': {
    zh: '同一处既用 on 又用 follow 响应 {name}，follow 不会发生',
    en: '{name} is in on and in follow here; the follower never moves',
  },
  'deadlines-collide': {
    zh: '期限 {one} 和 {two} 都是 {time}，同时到',
    en: 'The deadlines {one} and {two} are both {time}: they fall due together',
  },
  'deadline-too-late': {
    zh: '期限 {name}（{time}）不会到：外层 {state} 的 {outer}（{before}）先到',
    en: 'The deadline {name} ({time}) never comes: {outer} ({before}) of {state} around it comes first',
  },
  'reminder-too-late': {
    zh: '提醒 {name}（{time}）不会发出：期限 {deadline}（{before}）先到',
    en: 'The reminder {name} ({time}) is never sent: the deadline {deadline} ({before}) comes first',
  },
} as const;
