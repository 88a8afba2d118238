import { describe, expect, test } from 'vitest';
import { loadAll } from '../../../engine/load.ts';
import { manual } from '../../../engine/manual/index.ts';
import type { Definition } from '../../../engine/model/definition.ts';
import { readReleaseFiles } from '../../../server/releases/files.ts';
import { loan } from '../run/support.ts';

const files = await readReleaseFiles('.');
const { projects } = loadAll(files);
const of = (project: string) => manual(projects[project] as Definition);
const szmg = of('szmg');

/** The part of a manual below a heading, up to the next one of the same depth. */
function below(text: string, heading: string): string {
  const lines = text.split('\n');
  const from = lines.findIndex((line) => line.startsWith('#') && line.endsWith(heading));
  if (from < 0) throw new Error(`no chapter ${heading}`);
  const depth = /^#+/.exec(lines[from] as string)?.[0].length ?? 0;
  const to = lines.findIndex((line, index) => index > from && /^#+ /.test(line) && line.indexOf(' ') <= depth);
  return lines.slice(from, to < 0 ? undefined : to).join('\n');
}

describe('szmg, beside the manual that the authority published', () => {
  test('[MAN-1] its chapters, in its order', () => {
    const chapters = [...szmg.matchAll(/^## (.*)$/gm)].map((match) => match[1]);
    expect(chapters).toEqual([
      '一、编写目的',
      '二、适用范围',
      '三、证书新办操作步骤',
      '四、填写内容',
      '五、期限、次数和费用',
      '六、常见问题',
      '七、客户服务支持',
    ]);
  });

  test('scope: whose users, which kind', () => {
    const scope = below(szmg, '适用范围');
    for (const said of ['深圳广电采购管理系统用户', '证书类型：机构证书', '1 年、2 年、3 年、4 年、5 年', '微信支付'])
      expect(scope).toContain(said);
  });

  test('steps, in their order', () => {
    const steps = [
      '点击“用户登录”，使用账号密码登录；首次登录需要注册',
      '点击“深圳 CA 证书申请”',
      '同意协议',
      '选择证书类型和年限',
      '填写申请信息',
      '打印申请表',
      '上传证件资料',
      '用手机扫码，完成经办人认证',
      '在手机上拍摄身份证',
      '选择支付方式，提交订单',
      '扫码支付',
      '小额打款',
      '输入对公账户收到的随机码',
      '等待审核客服',
      '制作证书',
    ];
    const said = below(szmg, '证书新办操作步骤');
    const guided = `${below(said, '怎样进入')}\n${below(said, '申请操作指引')}`;
    let at = 0;
    for (const step of steps) {
      const found = guided.indexOf(step, at);
      expect({ step, found: found >= 0 }).toEqual({ step, found: true });
      at = found;
    }
    expect(guided).toContain('1 个工作日内');
    expect(guided).toContain('随机码写在转账附言里');
    expect(said).toContain('申请业务已经审核通过');
    expect(said).toContain('申请业务已被审核驳回。驳回原因：');
  });

  test.each([
    ['服务协议和授权', ['《电子认证服务协议》', '《个人信息授权书》', '《敏感个人信息授权书》']],
    ['证书信息', ['证书类型 | 必填', '证书年限 | 必填', '介质费']],
    [
      '单位信息',
      [
        '企业证件照 | 选填 | jpg、jpeg、gif、png 格式，不超过 1.5 MB',
        '机构名称 | 必填',
        '机构证件类型 | 必填 | 统一社会信用代码证',
        '机构证件号码 | 必填',
        '省 | 必填',
        '市 | 必填',
        '请手动选择',
        '单位地址 | 必填',
        '认证方式',
      ],
    ],
    ['法人信息', ['不超过 1.5 MB', '法人姓名 | 必填', '身份证号码', '移动电话 | 必填']],
    [
      '经办人信息',
      ['不超过 1.5 MB', '姓名 | 必填', '身份证号码 | 必填', '移动电话 | 必填', '实名', '常用联系邮箱 | 必填', '办事员'],
    ],
    ['金融认证信息', ['基本户名称 | 必填', '基本户开户行 | 必填', '弹出的列表', '基本户账号 | 必填', 'PIN 码']],
    ['发票信息', ['是否开票 | 必填', '电子发票', '发票抬头', '纳税人识别号', '个人、政府机关可以不填']],
    [
      '证件资料',
      [
        '申请表扫描件 | 必填 | jpg、jpeg、bmp、gif、pdf 格式，不超过 2 MB',
        '营业执照扫描件 | 必填 | jpg、jpeg、bmp、gif、pdf 格式，不超过 2 MB',
        '数字证书印章采集表 | 必填 | jpg、jpeg、bmp、gif、pdf 格式，不超过 2 MB',
        '加盖单位公章',
        '经办人签名',
        '下载模板',
      ],
    ],
    ['经办人身份证', ['身份证头像面 | 必填', '身份证国徽面 | 必填']],
    ['订单信息', ['支付方式', '微信支付', '应付金额']],
    ['输入随机码', ['随机码 | 必填']],
  ])('fields: %s', (form, facts) => {
    const chapter = below(below(szmg, '填写内容'), `）${form}`);
    for (const fact of facts) expect(chapter).toContain(fact);
  });

  test('questions and support', () => {
    const questions = below(szmg, '常见问题');
    for (const said of [
      '金融认证信息不通过',
      '法人认证',
      '怎样查询审核进度',
      '我的业务单',
      '实名电信认证无法通过',
      '运营商',
    ])
      expect(questions).toContain(said);
    const support = below(szmg, '客户服务支持');
    for (const said of ['官方网址', '客户服务热线', '公众号']) expect(support).toContain(said);
  });

  test('[MAN-2] what the project does not have is not in it', () => {
    expect(szmg).not.toContain('申请人信息');
    expect(szmg).not.toContain('经办人身份证复印件');
    expect(below(szmg, '申请操作指引')).not.toContain('汇款凭证');
    expect(of('shenzhen-construction')).not.toBe(szmg);
  });
});

test('[MAN-3] every project has one: no place is left open, the same each time', () => {
  expect(Object.keys(projects).length).toBeGreaterThan(10);
  for (const project of Object.keys(projects)) {
    const text = of(project);
    expect(text).toBe(of(project));
    expect({ project, open: /[{}]|undefined|null|\[object/.exec(text)?.[0] }).toEqual({ project, open: undefined });
    expect(text).toContain('操作步骤');
    expect(text).toContain('## 四、填写内容');
  }
});

test('[MAN-1] a business that has no articles has the chapters that its workflow and forms fill', () => {
  const chapters = [...manual(loan()).matchAll(/^## (.*)$/gm)].map((match) =>
    match[1]?.split('、').slice(1).join('、'),
  );
  expect(chapters.slice(0, 2)).toEqual(['编写目的', '适用范围']);
  expect(chapters).toContain('填写内容');
  expect(chapters).not.toContain('常见问题');
});

test.each(['szmg-revoke', 'szmg-change', 'szmg-renew', 'szmg-unlock', 'szmg-auth'])(
  '[MAN-2] %s says nothing of sending: nothing is sent there',
  (project) => {
    expect(of(project)).not.toMatch(/邮寄|寄出|领取方式/);
  },
);
