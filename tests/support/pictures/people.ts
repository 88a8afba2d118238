import { creditCodeCheck } from '../../../engine/forms/formats/credit-code.ts';
import { idNumberCheck } from '../../../engine/forms/formats/id-number.ts';
import type { Random } from './random.ts';

/**
 * Fictional people and companies: places that do not exist, region 990000, which nobody's number has, valid check digits. The keys
 * are those that a form's `x-ocr` can ask for.
 */
export interface Licence {
  readonly name: string;
  readonly code: string;
  readonly legalRep: string;
  readonly type: string;
  readonly capital: string;
  readonly established: string;
  readonly address: string;
  readonly scope: string;
}

export interface IdCard {
  readonly name: string;
  readonly number: string;
  readonly nation: string;
  readonly address: string;
  readonly sex: string;
  readonly born: string;
  readonly authority: string;
  readonly validFrom: string;
  /** Null: 长期. */
  readonly validUntil: string | null;
}

const surnames =
  '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁';
const given =
  '伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂文辉玲健红波飞鹏华新玉海燕云龙梅雪松柏宇轩梓涵浩然欣怡子墨诗琪雨桐俊熙思远嘉懿沐宸若曦景行怀瑾佩瑜书瑶晨曦皓月清扬婉仪庭芝耀祖慕青鸿煊锦程博裕星河南乔安歌知夏允贞砚池映雪';
const provinces = ['云溪省', '青岚省', '沧澜省', '样张省', '望川省'];
const cities = ['临江市', '安澜市', '松岭市', '云泽市', '南屏市', '白鹭市', '长宁洲市', '示例市'];
const districts = ['新港区', '东篱区', '高新区', '青石区', '湖滨区', '城北区', '梧桐县'];
const streets = [
  '建设路',
  '人民大道',
  '科技园南路',
  '滨河东路',
  '创业一街',
  '学府路',
  '望海北街',
  '梧桐里',
  '解放中路',
];
const businesses = [
  '信息技术',
  '文化传媒',
  '建筑工程',
  '电子商务',
  '生物医药',
  '机电设备',
  '环保科技',
  '供应链管理',
  '餐饮管理',
  '影视制作',
  '物业服务',
  '智能装备',
  '软件开发',
  '国际贸易',
  '园林绿化',
];
const words =
  '恒鑫瑞达博远宏泰华盛嘉禾天成明德启航云帆锦绣凌志众合东升金桥汇通中正长虹永昌百川铭扬卓越雅尚蓝海星辰聚源顺发';
const types = [
  '有限责任公司',
  '有限责任公司（自然人独资）',
  '股份有限公司（非上市）',
  '有限责任公司（自然人投资或控股）',
  '个人独资企业',
  '有限责任公司（法人独资）',
  '有限合伙企业',
];
const capitals = [
  '壹佰万元整',
  '伍佰万元人民币',
  '叁仟万圆整',
  '贰佰万元人民币',
  '壹亿零伍佰万元人民币',
  '1000万元人民币',
  '伍拾万元人民币',
];
const scopes = [
  '软件开发；信息系统集成服务；技术咨询、技术转让、技术推广；计算机软硬件及辅助设备零售。',
  '组织文化艺术交流活动；会议及展览服务；广告设计、代理、制作与发布；摄影扩印服务。',
  '建筑材料、机械设备、五金产品的批发；货物进出口；普通货物仓储服务。',
];
const nations = ['汉', '汉', '汉', '汉', '满', '回', '壮', '维吾尔', '土家', '蒙古', '朝鲜'];

const two = (n: number) => String(n).padStart(2, '0');

function person(random: Random): string {
  const double = random.next() < 0.04;
  return (
    (double ? random.pick(['欧阳', '司马', '上官', '诸葛']) : random.pick([...surnames])) +
    random.signs(given, random.next() < 0.25 ? 1 : 2)
  );
}

function place(random: Random): string {
  const at = `${random.pick(streets)}${random.whole(1, 688)}号`;
  const house = random.pick([
    '',
    `${random.whole(1, 12)}栋${random.whole(1, 32)}0${random.whole(1, 9)}室`,
    `金融大厦${random.pick(['A', 'B', 'C'])}座${random.whole(2, 40)}层`,
    `第${random.whole(1, 9)}工业区厂房${random.whole(101, 612)}（一照多址企业）`,
  ]);
  return `${random.next() < 0.5 ? random.pick(provinces) : ''}${random.pick(cities)}${random.pick(districts)}${at}${house}`;
}

function day(
  random: Random,
  from: number,
  to: number,
): { readonly year: number; readonly month: number; readonly day: number } {
  return { year: random.whole(from, to), month: random.whole(1, 12), day: random.whole(1, 28) };
}

export function licence(random: Random): Licence {
  const first = `9199000${random.whole(0, 9)}${random.signs('0123456789ABCDEFGHJKLMNPQRTUWXY', 9)}`;
  const founded = day(random, 1996, 2025);
  const city = random.pick(cities).replace(/市$/, '');
  const middle = random.next() < 0.3 ? `（${random.pick(cities).replace(/市$/, '')}）` : '';
  return {
    name: `${city}${random.next() < 0.5 ? '市' : ''}${random.signs(words, random.whole(2, 4))}${random.pick(businesses)}${middle}${random.pick(['有限公司', '有限公司', '有限责任公司', '股份有限公司', '集团有限公司'])}`,
    code: first + creditCodeCheck(first),
    legalRep: person(random),
    type: random.pick(types),
    capital: random.pick(capitals),
    established: `${founded.year}-${two(founded.month)}-${two(founded.day)}`,
    address: place(random),
    scope: random.pick(scopes),
  };
}

export function idCard(random: Random): IdCard {
  const born = day(random, 1955, 2006);
  const first = `99000${random.whole(0, 9)}${born.year}${two(born.month)}${two(born.day)}${random.signs('0123456789', 3)}`;
  const from = day(random, 2007, 2025);
  const term = random.pick([5, 10, 10, 20, 20, 0]);
  const date = (year: number) => `${year}-${two(from.month)}-${two(from.day)}`;
  return {
    name: person(random),
    number: first + idNumberCheck(first),
    nation: random.pick(nations),
    address: place(random),
    sex: Number(first[16]) % 2 === 1 ? '男' : '女',
    born: `${born.year}-${two(born.month)}-${two(born.day)}`,
    authority: `${random.pick(cities)}公安局${random.next() < 0.6 ? `${random.pick(districts).slice(0, 2)}分局` : ''}`,
    validFrom: date(from.year),
    validUntil: term === 0 ? null : date(from.year + term),
  };
}
