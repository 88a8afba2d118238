import type { Files } from '../../../engine/model/definition.ts';

/** A small process that uses every word of the language at least once: borrowing a device. */
export const files: Files = {
  'workflows/loan.workflow.yaml': `language: 2
workflow: loan
title: 借用设备
settings: loan.settings.json
forms: [person, item, opinion, code, card]
goals: [main.done]
subject: person.name
amount: tables.deposit
roles:
  applicant: { title: 申请人, tile: 申 }
  clerk: { title: 管理员, tile: 管 }
  desk: { title: 值班, tile: 值 }
stages: { fill: 填写, check: 核对 }
reservations:
  oneLoan: { title: 一人一次, key: person.number, taken: 已有一个没有办完的借用 }
facts:
  known: { title: 身份已核对, about: [person] }
  agreed: { title: 已批准, about: [item, person.name] }
  paid: { title: 已交押金 }
counters:
  checks: { title: 核对次数, reset: main.work.fill }
  daily: { title: 今天输错次数, per: day }
records:
  opinions: { title: 意见, form: opinion }
  payments: { title: 押金, of: bank.paid }
  mismatches: { title: 不一致, of: registry.check.MISMATCH }
people: { first: 初审人, second: 复审人 }
secrets:
  pin: { title: 验证码, digits: 6, valid: settings.pinValid }
  link: { title: 用手机扫码, token: true, valid: 10 minutes, opens: OPENED }
tables:
  deposit: { title: 押金, by: [item.kind], is: settings.deposits }
notices:
  soon: { sms: person.mobile, if: has(person.mobile), text: "您的申请将于{deadline}失效" }
  wrong: { page: true, text: "不正确，还可以输入 {settings.tries - counters.daily} 次" }
  held: { desk: clerk, text: "{case.number} 已暂停，{person.name}，{item.kind}" }
  late: { desk: clerk, text: "{state.label}超时，之后是{next.label}" }
events:
  NEXT: { title: 下一步, by: applicant, look: primary }
  BACK: { title: 上一步, by: applicant, saves: draft }
  CODE: { title: 输入验证码, by: applicant, form: code }
  AGAIN: { title: 重新核对, by: applicant }
  SEND_CARD: { title: 提交证件, by: applicant }
  CANCEL_CARD: { title: 取消扫码, by: applicant, saves: nothing }
  APPROVE: { title: 同意, by: clerk }
  REJECT: { title: 退回, by: clerk, form: opinion }
  RESUBMIT: { title: 重新提交, by: applicant }
  HOLD: { title: 暂停, by: clerk }
  UNHOLD: { title: 恢复, by: clerk }
  STOP: { title: 终止, by: clerk }
  LEAVE: { title: 撤销, by: applicant, saves: nothing, list: true, confirm: 撤销后不能恢复。 }
  PAY_BACK: { title: 退押金, by: desk }
  PAID: { title: 押金到账, from: bank.paid, heard: always }
  OPENED: { title: 手机已扫码, from: phone.opened }
  FOUND_LATE: { title: 迟到的核对结果, from: registry.check }
laws:
  twoEyes: { title: 两人审核, at: case, must: "distinct(people.first, people.second)" }
  approved: { title: 批准后才能借出, at: main.work.finish, must: facts.known && facts.agreed }
regions:
  main:
    title: 办理
    states:
      work:
        keep: true
        obligations:
          known: { fact: known, go: check }
          card: { fact: paid, go: card, if: settings.needsCard }
          agreed: { fact: agreed, go: review }
          done: { go: finish }
        on:
          HOLD: { notify: held, to: held }
          LEAVE: [{ if: "!facts.paid", to: closed }, { refuse: "已交押金 {tables.deposit} 分，请先退押金" }]
        states:
          fill:
            label: 待填写
            stage: fill
            task: { by: applicant, title: 填写借用信息, forms: [person, item] }
            on: { NEXT: next }
            after: { settings.fillTtl: closed }
            remind: { 10 days: soon, 20 days: soon }
          check:
            label: 核对中
            stage: check
            enter: { count: checks, make: pin }
            call: registry.check
            with: { number: person.number, note: "has(person.note) ? person.note : ''", attempt: counters.checks, pin: secrets.pin }
            on: { FOUND: { prove: known, to: next }, MISMATCH: { record: mismatches, to: fill }, UNAVAILABLE: pinned }
            late: { FOUND: FOUND_LATE }
            after: { 2 working days: pinned }
            remind: { 1 hour: late }
          pinned:
            label: 待输入验证码
            task: { by: applicant, title: 输入验证码 }
            when: { if: counters.daily >= settings.tries, to: locked }
            on:
              CODE:
                - { if: event.code == 'right', prove: known, to: next }
                - { count: daily, notify: wrong }
              AGAIN: [{ if: counters.checks < 3, to: check }, { refuse: 核对次数已用完 }]
              FOUND_LATE: { prove: known, to: next }
              BACK: fill
          locked: { label: 已锁定, after: { 1 hour: pinned } }
          card:
            on: { CANCEL_CARD: card }
            states:
              qr: { label: 待扫码, enter: { make: link }, task: { by: applicant, shows: [secrets.link] }, on: { OPENED: { if: event.link == 'right', to: phone } } }
              phone: { label: 手机上, task: { by: applicant, via: link, forms: [card] }, on: { SEND_CARD: { prove: paid, to: next } } }
          review:
            label: 审核中
            promise: 1 working day
            states:
              first:
                task: { by: clerk, title: 初审, shows: [person, item, tables.deposit, records.mismatches] }
                on: { APPROVE: { sign: first, to: second }, REJECT: { record: opinions, to: fix } }
              second:
                task: { by: clerk, title: 复审, not: [first], shows: [person, item] }
                on: { APPROVE: { sign: second, prove: agreed, to: next }, REJECT: { record: opinions, to: fix } }
                after: { 30 minutes: first }
          fix:
            label: 待修改
            look: err
            task: { by: applicant, title: 修改, shows: [last.opinions], forms: [person, item], edit: last.opinions.flags }
            on: { RESUBMIT: next }
          finish: { label: 待取走, look: ok, after: { 7 days: done }, follow: { PAY_BACK: done } }
      held:
        label: 已暂停
        task: { by: clerk, title: 处理后恢复 }
        on: { UNHOLD: work.back, STOP: closed }
      done: { label: 已借出, look: ok, final: true }
      closed: { label: 已终止, final: true }
  money:
    title: 押金
    states:
      none:
        title: 未交
        on: { PAID: { if: has(item.kind) && event.amount == tables.deposit, record: payments, prove: paid, to: kept } }
      kept:
        title: 已交
        when: { if: at('main.closed'), to: owed }
        on: { PAY_BACK: { void: paid, to: none }, PAID: { record: payments } }
      owed: { title: 待退, task: { by: desk, title: 退押金 }, on: { PAY_BACK: { void: paid, to: none } } }
`,
  'workflows/loan.settings.json': JSON.stringify({
    title: '借用的设置',
    type: 'object',
    properties: {
      pinValid: { type: 'string', format: 'duration', title: '验证码有效期', default: '2 days' },
      fillTtl: { type: 'string', format: 'duration', title: '填写期限', default: '30 days' },
      tries: { type: 'integer', title: '可以输错几次', default: 2 },
      needsCard: { type: 'boolean', title: '需要扫证件', default: false },
      deposits: {
        type: 'object',
        title: '押金',
        properties: { laptop: { type: 'integer', title: '电脑' }, else: { type: 'integer', title: '其他' } },
        additionalProperties: false,
        required: ['laptop'],
        default: { laptop: 50_000, else: 20_000 },
      },
    },
    additionalProperties: false,
  }),
  'workflows/connectors/registry.connector.yaml': `language: 2
connector: registry
title: 登记处
tile: 登
operations:
  check:
    title: 核对身份
    input:
      type: object
      required: [number, pin]
      properties:
        number: { type: string, title: 编号, maxLength: 20 }
        note: { type: string, title: 备注, maxLength: 20 }
        attempt: { type: integer, title: 第几次 }
        pin: { type: string, title: 验证码, maxLength: 10 }
    outcomes:
      FOUND: { title: 一致 }
      MISMATCH:
        title: 不一致
        data: { type: object, required: [what], properties: { what: { type: string, title: 哪一项, maxLength: 20 } } }
    retry: [1 second]
`,
  'workflows/connectors/bank.connector.yaml': `language: 2
connector: bank
title: 银行
tile: 银
operations: {}
events:
  paid:
    title: 到账
    id: id
    data: { type: object, required: [id, amount], properties: { id: { type: string, title: 流水, maxLength: 20 }, amount: { type: integer, title: 金额, minimum: 1 } } }
`,
  'workflows/connectors/phone.connector.yaml': `language: 2
connector: phone
title: 手机
tile: 机
operations: {}
events:
  opened:
    title: 打开
    id: id
    data: { type: object, required: [link], properties: { id: { type: string, title: 编号, maxLength: 20 }, link: { type: string, title: 凭证, enum: [right, wrong, expired, used] } } }
`,
  'workflows/projects/demo.project.yaml': `language: 2
project: demo
title: 示例项目
extends: loan
number: "000"
`,
  'forms/person.form.json': JSON.stringify({
    title: '借用人',
    type: 'object',
    required: ['name', 'number'],
    properties: {
      name: { type: 'string', title: '姓名', maxLength: 20 },
      number: { type: 'string', title: '编号', maxLength: 20, 'x-sensitive': true, 'x-mask': 'all' },
      mobile: { type: 'string', title: '手机', format: 'mobile' },
      note: { type: 'string', title: '备注', maxLength: 20 },
    },
  }),
  'forms/item.form.json': JSON.stringify({
    title: '设备',
    type: 'object',
    required: ['kind', 'days'],
    properties: {
      kind: {
        type: 'string',
        title: '种类',
        enum: ['laptop', 'camera'],
        'x-labels': { laptop: '电脑', camera: '相机' },
      },
      days: { type: 'integer', title: '天数', minimum: 1, maximum: 30 },
      lens: {
        type: 'string',
        title: '镜头',
        maxLength: 20,
        'x-visible': "kind == 'camera'",
        'x-required': "kind == 'camera'",
      },
      hours: { type: 'integer', title: '小时', 'x-compute': 'days * 24' },
      share: { type: 'number', title: '比例' },
    },
  }),
  'forms/opinion.form.json': JSON.stringify({
    title: '退回意见',
    type: 'object',
    required: ['flags'],
    properties: {
      flags: {
        type: 'array',
        title: '要改的内容',
        'x-widget': 'flags',
        minItems: 1,
        maxItems: 10,
        items: {
          type: 'object',
          required: ['field', 'reason'],
          properties: { field: { type: 'string', title: '字段' }, reason: { type: 'string', title: '原因' } },
        },
      },
    },
  }),
  'forms/code.form.json': JSON.stringify({
    title: '验证码',
    type: 'object',
    required: ['code'],
    properties: { code: { type: 'string', title: '验证码', pattern: '^[0-9]{6}$', 'x-secret': 'pin' } },
  }),
  'forms/card.form.json': JSON.stringify({
    title: '证件',
    type: 'object',
    required: ['no'],
    properties: { no: { type: 'string', title: '证件号', maxLength: 20 } },
  }),
};
