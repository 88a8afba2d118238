import type { JsonObject } from '../../../../engine/model/json.ts';

/** A schema, values that it accepts, and values that it refuses with the paths of what is wrong. */
export interface Sample {
  readonly schema: JsonObject;
  readonly good: JsonObject;
  readonly bad: JsonObject;
  readonly wrong: readonly string[];
}

const form = (properties: JsonObject, rest: JsonObject = {}): JsonObject => ({
  title: '示例',
  type: 'object',
  properties,
  ...rest,
});
const text = (title: string, rest: JsonObject = {}): JsonObject => ({ type: 'string', title, ...rest });

/** In the manner of the playgrounds of RJSF and JSON Forms, written anew in the vocabulary of forms/README.md. */
export const accepted: { readonly [name: string]: Sample } = {
  'simple texts': {
    schema: form({ first: text('名'), last: text('姓') }, { required: ['first'] }),
    good: { first: '知夏', last: '林' },
    bad: { last: '林' },
    wrong: ['s.first'],
  },
  'numbers with bounds': {
    schema: form({ age: { type: 'integer', title: '年龄', minimum: 18, maximum: 65 } }),
    good: { age: 30 },
    bad: { age: 70 },
    wrong: ['s.age'],
  },
  'number in steps': {
    schema: form({ price: { type: 'number', title: '比例', multipleOf: 0.5 } }),
    good: { price: 1.5 },
    bad: { price: 1.3 },
    wrong: ['s.price'],
  },
  'length of texts': {
    schema: form({ pin: text('口令', { minLength: 4, maxLength: 6 }) }),
    good: { pin: '12345' },
    bad: { pin: '123' },
    wrong: ['s.pin'],
  },
  pattern: {
    schema: form({ plate: text('编号', { pattern: '^[A-Z]{2}[0-9]{4}$' }) }),
    good: { plate: 'AB1234' },
    bad: { plate: 'A1' },
    wrong: ['s.plate'],
  },
  'few choices as radios': {
    schema: form({ size: text('大小', { enum: ['s', 'm', 'l'], 'x-labels': { s: '小', m: '中', l: '大' } }) }),
    good: { size: 'm' },
    bad: { size: 'xl' },
    wrong: ['s.size'],
  },
  'many choices as a select': {
    schema: form({ day: text('星期', { enum: ['1', '2', '3', '4', '5', '6', '7'] }) }, { required: ['day'] }),
    good: { day: '3' },
    bad: {},
    wrong: ['s.day'],
  },
  'choices that are numbers': {
    schema: form({ years: { type: 'integer', title: '年限', enum: [1, 2, 3] } }),
    good: { years: 2 },
    bad: { years: 9 },
    wrong: ['s.years'],
  },
  'several of a list': {
    schema: form({
      colours: { type: 'array', title: '颜色', items: { type: 'string', enum: ['r', 'g', 'b'] }, minItems: 1 },
    }),
    good: { colours: ['r', 'b'] },
    bad: { colours: ['x'] },
    wrong: ['s.colours.0'],
  },
  'a box to tick': {
    schema: form({ news: { type: 'boolean', title: '接收通知' } }),
    good: { news: true },
    bad: { news: 'yes' },
    wrong: ['s.news'],
  },
  'a box that has to be ticked': {
    schema: form({ ok: { type: 'boolean', title: '确认', const: true } }, { required: ['ok'] }),
    good: { ok: true },
    bad: { ok: false },
    wrong: ['s.ok'],
  },
  dates: {
    schema: form({ born: text('出生日期', { format: 'date' }) }),
    good: { born: '1990-02-28' },
    bad: { born: '1990-02-30' },
    wrong: ['s.born'],
  },
  'a range of dates': {
    schema: form(
      {
        from: text('开始', { format: 'date', 'x-width': 'half' }),
        to: text('结束', { format: 'date', 'x-width': 'half' }),
      },
      { 'x-check': [{ if: "from != '' && to != '' && to < from", message: '结束不能早于开始', field: 'to' }] },
    ),
    good: { from: '2026-01-01', to: '2026-02-01' },
    bad: { from: '2026-03-01', to: '2026-02-01' },
    wrong: ['s.to'],
  },
  'addresses of mail': {
    schema: form({ mail: text('邮箱', { format: 'email' }) }),
    good: { mail: 'a@example.com' },
    bad: { mail: 'a@' },
    wrong: ['s.mail'],
  },
  'numbers with check digits': {
    schema: form({ id: text('身份证号码', { format: 'idNumber' }) }),
    good: { id: '990000199001010113' },
    bad: { id: '990000199001010114' },
    wrong: ['s.id'],
  },
  'long text': {
    schema: form({ bio: text('简介', { 'x-widget': 'multiline', maxLength: 20 }) }),
    good: { bio: '一\n二' },
    bad: { bio: '字'.repeat(21) },
    wrong: ['s.bio'],
  },
  money: {
    schema: form({ fee: { type: 'integer', title: '金额', minimum: 100, 'x-widget': 'money' } }),
    good: { fee: 28000 },
    bad: { fee: 1 },
    wrong: ['s.fee'],
  },
  'values to start with': {
    schema: form({ city: text('城市', { default: '深圳' }), years: { type: 'integer', title: '年限', default: 1 } }),
    good: { city: '广州', years: 2 },
    bad: { city: '广州', years: 'two' },
    wrong: ['s.years'],
  },
  'nested objects': {
    schema: form({
      home: {
        type: 'object',
        title: '住址',
        required: ['street'],
        properties: {
          street: text('街道'),
          place: { type: 'object', title: '位置', required: ['floor'], properties: { floor: text('楼层') } },
        },
      },
    }),
    good: { home: { street: '示例路 1 号', place: { floor: '3' } } },
    bad: { home: { place: { floor: '3' } } },
    wrong: ['s.home.street'],
  },
  'a list of texts': {
    schema: form({ tags: { type: 'array', title: '标签', items: text('标签', { maxLength: 4 }), maxItems: 3 } }),
    good: { tags: ['甲', '乙'] },
    bad: { tags: ['甲', '太长的标签'] },
    wrong: ['s.tags.1'],
  },
  'a list of objects': {
    schema: form({
      people: {
        type: 'array',
        title: '人员',
        minItems: 1,
        items: {
          type: 'object',
          title: '人',
          required: ['name'],
          properties: { name: text('姓名'), age: { type: 'integer', title: '年龄' } },
        },
      },
    }),
    good: { people: [{ name: '林知夏', age: 30 }, { name: '陈其美' }] },
    bad: { people: [{ name: '林知夏' }, { age: 3 }] },
    wrong: ['s.people.1.name'],
  },
  'lists in lists': {
    schema: form({
      teams: {
        type: 'array',
        title: '小组',
        items: {
          type: 'object',
          title: '组',
          properties: { names: { type: 'array', title: '姓名', items: text('姓名', { minLength: 2 }) } },
        },
      },
    }),
    good: { teams: [{ names: ['甲乙', '丙丁'] }] },
    bad: { teams: [{ names: ['甲乙', '丙'] }] },
    wrong: ['s.teams.0.names.1'],
  },
  'no two alike': {
    schema: form({ codes: { type: 'array', title: '代码', items: text('代码'), uniqueItems: true } }),
    good: { codes: ['a', 'b'] },
    bad: { codes: ['a', 'a'] },
    wrong: ['s.codes'],
  },
  'references ($ref, $defs)': {
    schema: form(
      { bill: { $ref: '#/$defs/address', title: '账单地址' }, ship: { $ref: '#/$defs/address', title: '收货地址' } },
      {
        $defs: {
          address: {
            type: 'object',
            title: '地址',
            required: ['city'],
            properties: { city: text('城市'), street: text('街道') },
          },
        },
      },
    ),
    good: { bill: { city: '深圳' }, ship: { city: '广州', street: '示例路' } },
    bad: { bill: { city: '深圳' }, ship: { street: '示例路' } },
    wrong: ['s.ship.city'],
  },
  recursion: {
    schema: form(
      { tree: { $ref: '#/$defs/node', title: '目录' } },
      {
        $defs: {
          node: {
            type: 'object',
            title: '节点',
            required: ['name'],
            properties: {
              name: text('名称'),
              children: { type: 'array', title: '下级', items: { $ref: '#/$defs/node' } },
            },
          },
        },
      },
    ),
    good: { tree: { name: 'a', children: [{ name: 'b', children: [{ name: 'c' }] }] } },
    bad: { tree: { name: 'a', children: [{ children: [{ name: 'c' }] }] } },
    wrong: ['s.tree.children.0.name'],
  },
  'a field that is there only sometimes (if, then)': {
    schema: form({
      pet: { type: 'boolean', title: '养宠物' },
      name: text('宠物名', { 'x-visible': 'pet', 'x-required': 'pet' }),
    }),
    good: { pet: true, name: '豆豆' },
    bad: { pet: true },
    wrong: ['s.name'],
  },
  'one of several shapes (oneOf)': {
    schema: form({
      kind: text('付款', { enum: ['card', 'transfer'] }),
      card: text('卡号', { pattern: '^[0-9]{4}$', 'x-visible': "kind == 'card'", 'x-required': "kind == 'card'" }),
      bank: text('银行', { 'x-visible': "kind == 'transfer'", 'x-required': "kind == 'transfer'" }),
    }),
    good: { kind: 'card', card: '1234' },
    bad: { kind: 'transfer' },
    wrong: ['s.bank'],
  },
  'any of several (anyOf)': {
    schema: form(
      { phone: text('电话'), mail: text('邮箱', { format: 'email' }) },
      { 'x-check': [{ if: "phone == '' && mail == ''", message: '电话和邮箱至少填写一项', field: 'phone' }] },
    ),
    good: { mail: 'a@example.com' },
    bad: {},
    wrong: ['s.phone'],
  },
  'one asks for another (dependentRequired)': {
    schema: form({ card: text('卡号'), holder: text('持卡人', { 'x-required': "card != ''" }) }),
    good: { card: '1', holder: '林知夏' },
    bad: { card: '1' },
    wrong: ['s.holder'],
  },
  'a value that is worked out': {
    schema: form({
      count: { type: 'integer', title: '数量', minimum: 1 },
      total: { type: 'integer', title: '合计', 'x-compute': 'count * 100', 'x-widget': 'money' },
    }),
    good: { count: 2, total: 200 },
    bad: { count: 0 },
    wrong: ['s.count'],
  },
  'read only': {
    schema: form({ made: text('来源', { 'x-widget': 'readonly' }), note: text('备注', { maxLength: 3 }) }),
    good: { made: '系统', note: '好' },
    bad: { made: '系统', note: '太长的话' },
    wrong: ['s.note'],
  },
};
