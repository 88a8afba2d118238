import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatOf } from '../../../../engine/forms/formats/index.ts';
import { fieldsOf } from '../../../../server/connectors/ocr/reader/kinds/index.ts';
import type { Line } from '../../../../server/connectors/ocr/reader/page.ts';

/** A line of print as the reader gives it: `at` its left end and its middle, characters 20 wide. */
function line(text: string, [x, y]: readonly [number, number], unsure: { readonly [sign: string]: string } = {}): Line {
  const signs = [...text];
  const characters = signs.map((sign, index) => {
    const instead = unsure[sign];
    const others = [
      ...(/[0-9A-Z]/.test(sign) ? [{ sign, score: 0.9 }] : []),
      ...(instead === undefined ? [] : [{ sign: instead, score: 0.08 }]),
    ];
    return { sign, score: instead === undefined ? 0.99 : 0.7, at: (index + 0.5) / signs.length, others };
  });
  const score = characters.reduce((sum, one) => sum + one.score, 0) / Math.max(1, signs.length);
  return { text, score, x, y, width: 20 * signs.length, height: 22, characters };
}

const values = (kind: string, lines: readonly Line[]) =>
  Object.fromEntries(Object.entries(fieldsOf(kind, lines)).map(([name, { value }]) => [name, value]));

describe('a business licence', () => {
  const columns = [
    line('营业执照', [300, 40]),
    line('统一社会信用代码', [40, 80]),
    line('91440300723038758B', [40, 106]),
    line('名', [40, 160]),
    line('称', [100, 160]),
    line('示例市云帆信息技术(临江)有', [150, 160]),
    line('限公司', [150, 188]),
    line('注册资本', [600, 162]),
    line('壹佰万元整', [710, 162]),
    line('类型', [40, 230]),
    line('有限责任公司', [150, 230]),
    line('成立日期', [600, 232]),
    line('2016年3月12日', [710, 232]),
    line('法定代表入', [40, 290]),
    line('李示例', [150, 290]),
    line('住所', [600, 290]),
    line('云溪省示例市新港区建设路', [710, 290]),
    line('8号3栋2301', [710, 318]),
    line('经营范围', [40, 350]),
    line('软件开发；技术咨询', [150, 350]),
    line('登记机关', [600, 430]),
  ];

  it('of two columns is read by its labels: split, glued or with a wrong character, over several lines', () => {
    expect(values('businessLicense', columns)).toEqual({
      name: '示例市云帆信息技术（临江）有限公司',
      code: '91440300723038758B',
      type: '有限责任公司',
      legalRep: '李示例',
      capital: '壹佰万元整',
      established: '2016-03-12',
      address: '云溪省示例市新港区建设路8号3栋2301',
    });
  });

  it('of one column, label and value in one line', () => {
    expect(
      values('businessLicense', [
        line('统一社会信用代码：91440300723038758B', [40, 80]),
        line('名称：示例市云帆信息技术有限公司', [40, 120]),
        line('法定代表人：李示例', [40, 160]),
        line('住所：示例市新港区创业—街8号(-照多址)', [40, 200]),
        line('成立日期：2016年03月12日', [40, 240]),
      ]),
    ).toEqual({
      code: '91440300723038758B',
      name: '示例市云帆信息技术有限公司',
      legalRep: '李示例',
      address: '示例市新港区创业一街8号（一照多址）',
      established: '2016-03-12',
    });
  });

  it('whose code stands at the top right cuts no line short that runs below it', () => {
    const read = values('businessLicense', [
      line('统一社会信用代码91440300723038758B', [420, 40]),
      line('名称', [100, 120]),
      line('示例市云帆信息技术（临江）股份有限公司', [180, 120]),
      line('住所', [100, 160]),
      line('云溪省示例市新港区建设路8号3栋金融大厦27', [180, 160]),
      line('层', [180, 188]),
      line('法定代表人', [60, 230]),
      line('李示例', [180, 230]),
    ]);
    expect(read).toMatchObject({
      name: '示例市云帆信息技术（临江）股份有限公司',
      address: '云溪省示例市新港区建设路8号3栋金融大厦27层',
      legalRep: '李示例',
    });
  });

  it('of a sole trader has an operator, and says twice what it is: the kind counts, not the form', () => {
    const read = values('businessLicense', [
      line('组成形式', [600, 158]),
      line('个人经营', [710, 158]),
      line('名称', [40, 160]),
      line('示例市云帆便利店', [150, 160]),
      line('类型', [40, 200]),
      line('个体工商户', [150, 200]),
      line('经营者', [40, 240]),
      line('李示例', [150, 240]),
    ]);
    expect(read).toMatchObject({ name: '示例市云帆便利店', type: '个体工商户', legalRep: '李示例' });
  });

  it.each([
    ['only the end of which was found', [line('型', [90, 230])]],
    ['only the beginning of which was found', [line('类', [40, 230])]],
    ['the end of which was read wrongly', [line('类', [40, 230]), line('塑', [90, 230])]],
    ['the end of which the recogniser only thought of', [line('类', [40, 230]), line('塑', [90, 230], { 塑: '型' })]],
  ])('has a wide label %s, and the name ends above it', (_title, label) => {
    const read = values('businessLicense', [
      line('名称', [40, 190]),
      line('示例市云帆信息技术有限公司', [150, 190]),
      ...label,
      line('有限责任公司（自然人独资）', [150, 230]),
      line('法定代表人', [40, 270]),
      line('李示例', [150, 270]),
    ]);
    expect(read).toMatchObject({ name: '示例市云帆信息技术有限公司', type: '有限责任公司（自然人独资）' });
  });

  it('has words that are known: its kind, an amount, a surname, the place of its address; each mended one is doubtful', () => {
    const lines = [
      line('名称', [40, 160]),
      line('安润云帆信息技术有限公司', [150, 160], { 润: '澜' }),
      line('类型', [40, 200]),
      line('有限责任公司（自然人投宾或控股）', [150, 200], { 宾: '资' }),
      line('法定代表人', [40, 240]),
      line('市艳曦', [150, 240], { 市: '宋' }),
      line('注册资本', [40, 280]),
      line('叁件万圆整', [150, 280], { 件: '仟' }),
      line('住所', [40, 320]),
      line('安澜市新港区建设路8号', [150, 320]),
    ];
    expect(values('businessLicense', lines)).toEqual({
      name: '安澜云帆信息技术有限公司',
      type: '有限责任公司（自然人投资或控股）',
      legalRep: '宋艳曦',
      capital: '叁仟万圆整',
      address: '安澜市新港区建设路8号',
    });
    const { name, type, legalRep, capital } = fieldsOf('businessLicense', lines);
    for (const mended of [name, type, legalRep, capital]) expect(mended!.score).toBeLessThan(0.9);
  });

  it('keeps the bold print of a seal or a watermark out', () => {
    const watermark = { ...line('样张', [150, 170]), height: 150 };
    expect(values('businessLicense', [...columns, watermark]).name).toBe('示例市云帆信息技术（临江）有限公司');
  });

  it('says nothing when nothing is there', () => {
    expect(fieldsOf('businessLicense', [])).toEqual({});
    expect(fieldsOf('businessLicense', [line('随便一段文字', [0, 0])])).toEqual({});
    expect(fieldsOf('somethingElse', columns)).toEqual({});
  });
});

describe('an identity card', () => {
  const number = formatOf('idNumber')!.example(5);
  const front = (written: string, unsure = {}) => [
    line('姓名欧阳示例', [40, 60]),
    line('性别女民族维吾尔', [40, 110]),
    line('出生1992年6月20日', [40, 160]),
    line('住址', [40, 210]),
    line('云溪省示例市新港区建设路', [100, 210]),
    line('8号', [100, 238]),
    line('公民身份号码', [40, 330]),
    line(written, [180, 330], unsure),
  ];

  it('is read on its front', () => {
    expect(values('idCardFront', front(number))).toEqual({
      name: '欧阳示例',
      number,
      nation: '维吾尔',
      address: '云溪省示例市新港区建设路8号',
    });
    expect(fieldsOf('idCardFront', front(number)).number?.checked).toBe(true);
  });

  it('whose boxes overlap: what both show is read once', () => {
    const twice = (first: string, second: string, overlap: number) => [
      line(first, [40, 60]),
      line(second, [40 + 20 * [...first].length - overlap, 60]),
    ];
    expect(values('idCardFront', twice('姓名', '名方刚安', 14)).name).toBe('方刚安');
    expect(values('idCardBack', twice('签发机关', '关示例市公安局', 14)).authority).toBe('示例市公安局');
    expect(values('idCardFront', twice('姓名', '李云云', 0)).name).toBe('李云云');
  });

  it('has a nation that is one of the fifty-six, or none', () => {
    const nation = (written: string, unsure = {}) =>
      values('idCardFront', [line(`性别女民族${written}`, [40, 110], unsure)]).nation;
    expect(nation('团', { 团: '回' })).toBe('回');
    expect(nation('维吾')).toBe('维吾尔');
    expect(nation('昌', { 昌: '8' })).toBe('昌');
  });

  it('is read on its back; that both dates agree confirms them', () => {
    const back = (validity: string) =>
      fieldsOf('idCardBack', [line('签发机关示例市公安局', [40, 60]), line(`有效期限${validity}`, [40, 110])]);
    expect(back('2016.06.20-2036.06.20')).toMatchObject({
      authority: { value: '示例市公安局' },
      validFrom: { value: '2016-06-20', checked: true },
      validUntil: { value: '2036-06-20', checked: true },
    });
    expect(back('2O16.06.20一2036.06.2l').validUntil).toMatchObject({ value: '2036-06-21', checked: false });
    expect(Object.keys(back('2016.06.20-长期'))).toEqual(['authority', 'validFrom', 'longTerm']);
    expect(Object.keys(back('看不清'))).toEqual(['authority']);
  });

  it('has a number that is mended by its check digit and then shown as doubtful', () => {
    const at = [...number].findIndex((sign, index) => index > 6 && sign !== '8' && sign !== '7');
    const right = number[at]!;
    const wrong = right === '3' ? '5' : '3';
    const written = `${number.slice(0, at)}${wrong}${number.slice(at + 1)}`;
    const read = fieldsOf('idCardFront', front(written, { [wrong]: right })).number;
    expect(formatOf('idNumber')!.problem(read!.value, 'zh-CN')).toBeNull();
    expect(read).toMatchObject({ checked: false });
    expect(read!.score).toBeLessThan(0.9);
  });

  it('has a number in which letters stand for digits', () => {
    const letters = number.replaceAll('0', 'O').replaceAll('1', 'I');
    const read = fieldsOf('idCardFront', front(letters)).number;
    expect(read?.value).toBe(number);
  });

  it('never gives a confirmed number whose check digit does not fit', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'0123456789XOIB'), minLength: 15, maxLength: 21 }),
        (written) => {
          const read = fieldsOf('idCardFront', front(written)).number;
          if (read?.checked) expect(formatOf('idNumber')!.problem(read.value, 'zh-CN')).toBeNull();
        },
      ),
    );
  });
});
