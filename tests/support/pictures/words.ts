import { areaList } from '@vant/area-data';

/** What fictional people and companies are made of: places that do not exist, everyday words. */
export interface Words {
  readonly surnames: readonly string[];
  readonly given: readonly string[];
  readonly provinces: readonly string[];
  readonly cities: readonly string[];
  readonly districts: readonly string[];
  readonly streets: readonly string[];
  readonly businesses: readonly string[];
  readonly words: readonly string[];
  readonly types: readonly string[];
  readonly capitals: readonly string[];
  readonly scopes: readonly string[];
  readonly nations: readonly string[];
}

/** For pictures that the rules are written with. */
export const usual: Words = {
  surnames: [
    ...'赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁',
  ],
  given: [
    ...'伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂文辉玲健红波飞鹏华新玉海燕云龙梅雪松柏宇轩梓涵浩然欣怡子墨诗琪雨桐俊熙思远嘉懿沐宸若曦景行怀瑾佩瑜书瑶晨曦皓月清扬婉仪庭芝耀祖慕青鸿煊锦程博裕星河南乔安歌知夏允贞砚池映雪',
  ],
  provinces: ['云溪省', '青岚省', '沧澜省', '样张省', '望川省'],
  cities: ['临江市', '安澜市', '松岭市', '云泽市', '南屏市', '白鹭市', '长宁洲市', '示例市'],
  districts: ['新港区', '东篱区', '高新区', '青石区', '湖滨区', '城北区', '梧桐县'],
  streets: ['建设路', '人民大道', '科技园南路', '滨河东路', '创业一街', '学府路', '望海北街', '梧桐里', '解放中路'],
  businesses: [
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
  ],
  words: [
    ...'恒鑫瑞达博远宏泰华盛嘉禾天成明德启航云帆锦绣凌志众合东升金桥汇通中正长虹永昌百川铭扬卓越雅尚蓝海星辰聚源顺发',
  ],
  types: [
    '有限责任公司',
    '有限责任公司（自然人独资）',
    '股份有限公司（非上市）',
    '有限责任公司（自然人投资或控股）',
    '个人独资企业',
    '有限责任公司（法人独资）',
    '有限合伙企业',
  ],
  capitals: [
    '壹佰万元整',
    '伍佰万元人民币',
    '叁仟万圆整',
    '贰佰万元人民币',
    '壹亿零伍佰万元人民币',
    '1000万元人民币',
    '伍拾万元人民币',
  ],
  scopes: [
    '软件开发；信息系统集成服务；技术咨询、技术转让、技术推广；计算机软硬件及辅助设备零售。',
    '组织文化艺术交流活动；会议及展览服务；广告设计、代理、制作与发布；摄影扩印服务。',
    '建筑材料、机械设备、五金产品的批发；货物进出口；普通货物仓储服务。',
  ],
  nations: ['汉', '汉', '汉', '汉', '满', '回', '壮', '维吾尔', '土家', '蒙古', '朝鲜'],
};

/** Others: no entry of the lists above but the kinds of company end and a nation or two. */
export const other: Words = {
  surnames: [...'林郭高谭曾程蔡丁叶阎余田杜钟崔廖陆白江段侯龙万武赖洪翁温柯甘童麦游向蓝石简盛宁路焦岳芮'],
  given: [
    ...'伦凯琳哲钰颖彤茜霖骏昊旭晟睿妍娅菲蕾薇萌坤钧铭锐泽润淑惠珍翠莲凌霄岚峰岩峻勤俭诚信贤德良才友善亮光辉乐天佳音舒畅宁静远航程锋利众望',
  ],
  provinces: ['晴川省', '碧洲省', '云岫省', '虚构省', '北辰省'],
  cities: ['青梧市', '远帆市', '映月市', '星洲市', '南渡市', '鹤鸣市', '晓港市', '古榕市'],
  districts: ['河西区', '开源区', '紫藤区', '江北区', '示范区', '望岳县', '北苑区'],
  streets: [
    '中山东路',
    '和平大街',
    '工业园二路',
    '长江西路',
    '文化三巷',
    '迎宾大道',
    '胜利南街',
    '朝阳胡同',
    '光明北路',
  ],
  businesses: [
    '网络科技',
    '广告策划',
    '装饰设计',
    '进出口贸易',
    '医疗器械',
    '精密仪器',
    '新能源',
    '物流运输',
    '酒店管理',
    '广播电视技术',
    '检验检测',
    '工业自动化',
    '数据服务',
    '农产品开发',
    '招标代理',
  ],
  words: [
    ...'安信邦建业德隆福兴吉祥如意万科美景观澜清源长青宇宙飞跃腾辉煌世纪经纬时代先锋开拓创优品质诚朗润丰和利民康健力量方圆高峰',
  ],
  types: [
    '有限责任公司（台港澳与境内合资）',
    '股份有限公司（上市、自然人投资或控股）',
    '有限责任公司（国有独资）',
    '其他有限责任公司',
    '普通合伙企业',
    '有限责任公司分公司（自然人投资或控股）',
    '有限责任公司（非自然人投资或控股的法人独资）',
  ],
  capitals: [
    '叁佰捌拾万元整',
    '人民币陆仟伍佰万元整',
    '柒拾伍万元人民币',
    '贰仟零捌拾万圆整',
    '玖佰万元整',
    '2560万元人民币',
    '壹仟贰佰伍拾万元整',
    '120.5万元人民币',
  ],
  scopes: [
    '网络技术服务；数据处理和存储支持服务；工业设计服务；第二类医疗器械销售。',
    '住宅室内装饰装修；工程管理服务；家具安装和维修服务；园林绿化工程施工。',
    '广播电视节目制作经营；摄像及视频制作服务；会议及展览服务；文具用品零售。',
  ],
  nations: ['汉', '汉', '彝', '苗', '侗', '布依', '哈尼', '傣', '瑶', '白', '藏'],
};

/** Names of places that do not exist, made of the characters of those that do: hundreds, so that no single character counts twenty times. */
function madeUp(end: string, from: number): readonly string[] {
  const signs = Object.values(areaList.county_list).flatMap((name) =>
    [...name.replace(/(区|县|市|旗)$/, '')].slice(0, 1),
  );
  const at = (index: number) => signs[index % signs.length]!;
  return Array.from({ length: 300 }, (_, index) => `${at(from + index * 7)}${at(from + index * 31 + 11)}${end}`);
}

/** As `other`, with places of which each comes about once. */
export const many: Words = {
  ...other,
  provinces: madeUp('省', 3),
  cities: madeUp('市', 101),
  districts: [...madeUp('区', 977), ...madeUp('县', 1511).slice(0, 100)],
};
