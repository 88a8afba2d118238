import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { FormSchema } from '../../../engine/model/definition.ts';
import type { PageData } from './page/main.tsx';
import { FormPage } from './support.ts';

/** A form with one field of every kind, so that no test depends on the product's own forms. */
const schemas: { [form: string]: FormSchema } = {
  company: {
    title: '单位',
    type: 'object',
    required: ['name', 'number', 'way', 'province', 'city', 'kind', 'fee'],
    properties: {
      photo: {
        type: 'object',
        title: '证照照片',
        'x-file': { types: ['jpg', 'png'], maxBytes: 200_000, capture: true, seal: true },
        'x-ocr': { kind: 'sample', fills: { name: 'name', number: 'code' } },
      },
      name: { type: 'string', title: '名称', minLength: 2, maxLength: 40, 'x-hint': '与证照一致' },
      number: { type: 'string', title: '代码', format: 'creditCode' },
      kind: { type: 'string', title: '类型', enum: ['a', 'b', 'c', 'd', 'e', 'f'], 'x-labels': { a: '甲', b: '乙' } },
      way: { type: 'string', title: '方式', enum: ['mail', 'pickup'], 'x-labels': { mail: '邮寄', pickup: '自取' } },
      address: {
        type: 'string',
        title: '地址',
        'x-widget': 'address',
        'x-visible': "way == 'mail'",
        'x-required': "way == 'mail'",
      },
      province: {
        type: 'string',
        title: '省',
        'x-widget': 'cascade',
        'x-options': { source: 'regions', level: 1 },
        'x-width': 'half',
      },
      city: {
        type: 'string',
        title: '市',
        'x-widget': 'cascade',
        'x-options': { source: 'regions', level: 2, under: 'province' },
        'x-width': 'half',
      },
      fee: { type: 'integer', title: '金额', minimum: 100, 'x-widget': 'money' },
      many: { type: 'array', title: '多选', items: { type: 'string', enum: ['x', 'y'] } },
      day: { type: 'string', title: '日期', format: 'date' },
      years: { type: 'integer', title: '年数', maximum: 5, 'x-unit': '年' },
      note: { type: 'string', title: '说明', maxLength: 20, 'x-widget': 'multiline' },
    },
  },
  person: {
    title: '经办人',
    type: 'object',
    required: ['name', 'mobile', 'idNumber', 'bank', 'terms'],
    'x-copy': { title: '与单位相同', from: 'company', fields: { name: 'name' } },
    properties: {
      name: { type: 'string', title: '姓名' },
      mobile: { type: 'string', title: '移动电话', format: 'mobile', 'x-sensitive': true, 'x-mask': 'mobile' },
      idNumber: { type: 'string', title: '身份证号码', format: 'idNumber', 'x-sensitive': true, 'x-mask': 'idNumber' },
      holder: { type: 'string', title: '户名', 'x-prefill': 'company.name' },
      bank: { type: 'string', title: '开户行', 'x-widget': 'search', 'x-options': { source: 'banks' } },
      terms: { type: 'boolean', title: '我同意《电子认证服务协议》', const: true, 'x-agreement': ['service'] },
      link: { type: 'string', title: '扫码', 'x-widget': 'qr' },
    },
  },
};
const fresh = (): PageData => ({
  forms: [{ id: 'company' }, { id: 'person' }],
  schemas,
  values: { person: { link: 'https://example.com/p/1' } },
  settings: {},
});

let page: FormPage;
beforeAll(async () => {
  page = await FormPage.open(fresh());
});
afterAll(() => page.close());
beforeEach(() => {
  page.data = fresh();
  page.answer = { status: 200 };
  page.uploads.length = 0;
});
let tabErrors: string[] = [];
afterEach(() => expect(tabErrors).toEqual([]));

async function open(options: Parameters<FormPage['tab']>[0] = {}) {
  const { tab, errors } = await page.tab(options);
  tabErrors = errors;
  return tab;
}
type Tab = Awaited<ReturnType<typeof open>>;
const field = (tab: Tab, form: string, name: string) => tab.locator(`[id="f-${form}-${name}"]`);
const wrapper = (tab: Tab, form: string, name: string) => tab.locator('.fv-field', { has: field(tab, form, name) });

async function fillAll(tab: Tab) {
  await field(tab, 'company', 'name').fill('示例科技（示例）有限公司');
  await field(tab, 'company', 'number').fill('9144 0300 7230 38758b');
  await field(tab, 'company', 'kind').selectOption({ label: '乙' });
  await tab.getByLabel('自取').check();
  await field(tab, 'company', 'province').selectOption('广东省');
  await field(tab, 'company', 'city').selectOption('深圳市');
  await field(tab, 'company', 'fee').fill('1,280.5');
  await field(tab, 'person', 'name').fill('示例人');
  await field(tab, 'person', 'mobile').fill('138 0000 0001');
  await field(tab, 'person', 'idNumber').fill('990000199001010113');
  await field(tab, 'person', 'bank').fill('gsyh sz');
  await tab.getByRole('option', { name: '中国工商银行深圳分行', exact: true }).click();
  await field(tab, 'person', 'terms').check();
}

describe('a page of forms, under the product’s content security policy', () => {
  test('what is missing stands in a summary that takes the focus and leads to the fields', async () => {
    const tab = await open();
    await tab.click('.next');
    const summary = tab.locator('.fv-summary');
    expect(await summary.locator('h2').textContent()).toBe('还有 12 处需要修改');
    expect(await summary.evaluate((element) => element === document.activeElement)).toBe(true);
    await summary.getByText('经办人：请填写移动电话').click();
    expect(await field(tab, 'person', 'mobile').evaluate((element) => element === document.activeElement)).toBe(true);
    const described = await field(tab, 'person', 'mobile').getAttribute('aria-describedby');
    expect(await tab.locator(`[id="${described}"]`).textContent()).toBe('错误：请填写移动电话');
    expect(await field(tab, 'person', 'mobile').getAttribute('aria-invalid')).toBe('true');
  });

  test('a field that was wrong is looked at again when it is left, one that was not only when it is sent', async () => {
    const tab = await open();
    await field(tab, 'person', 'mobile').fill('1380000000');
    await field(tab, 'person', 'name').focus();
    expect(await tab.locator('.fv-error').count()).toBe(0);
    await tab.click('.next');
    const error = wrapper(tab, 'person', 'mobile').locator('.fv-error');
    expect(await error.textContent()).toBe('错误：少 1 位，请输入 11 位手机号码');
    await field(tab, 'person', 'mobile').fill('13800000001');
    expect(await error.count()).toBe(1);
    await field(tab, 'person', 'name').focus();
    await error.waitFor({ state: 'detached' });
  });

  test('filled in by hand it is sent as it was meant', async () => {
    const tab = await open();
    await fillAll(tab);
    await tab.click('.next');
    const sent = JSON.parse((await tab.textContent('#sent')) ?? '');
    expect(sent.company).toEqual({
      name: '示例科技（示例）有限公司',
      number: '91440300723038758B',
      kind: 'b',
      way: 'pickup',
      province: '广东省',
      city: '深圳市',
      fee: 128050,
    });
    expect(sent.person).toMatchObject({
      mobile: '13800000001',
      holder: '示例科技（示例）有限公司',
      bank: '中国工商银行深圳分行',
      terms: true,
    });
  });

  test('the patch for the draft holds only what was changed, field by field, null for what was emptied', async () => {
    const tab = await open();
    const take = () =>
      tab.evaluate(() => (window as unknown as { formSet: { takeDirty(): unknown } }).formSet.takeDirty());
    await field(tab, 'person', 'name').fill('示例');
    expect(await take()).toEqual({ person: { name: '示例' } });
    expect(await take()).toBeNull();
    await field(tab, 'person', 'name').fill('');
    expect(await take()).toEqual({ person: { name: null } });
    await field(tab, 'company', 'name').fill('甲公司');
    expect(await take()).toEqual({ company: { name: '甲公司' }, person: { holder: '甲公司' } });
  });
});

describe('kinds of fields', () => {
  test('a condition shows and hides a field; a hidden one is not sent', async () => {
    const tab = await open();
    expect(await field(tab, 'company', 'address').count()).toBe(0);
    await tab.getByLabel('邮寄').check();
    await field(tab, 'company', 'address').fill('示例路 1 号');
    await tab.getByLabel('自取').check();
    expect(await field(tab, 'company', 'address').count()).toBe(0);
    const values = await tab.evaluate(
      () => (window as unknown as { formSet: { values(): { company: object } } }).formSet.values().company,
    );
    expect(values).toEqual({ way: 'pickup' });
  });

  test('a sensitive value is masked when it is left; the eye shows it', async () => {
    const tab = await open();
    const id = field(tab, 'person', 'idNumber');
    await id.fill('990000199001010113');
    await field(tab, 'person', 'name').focus();
    expect(await id.inputValue()).toBe('9900**********0113');
    await tab.getByRole('button', { name: '显示身份证号码' }).click();
    expect(await id.inputValue()).toBe('990000 19900101 0113');
    await id.focus();
    expect(await id.inputValue()).toBe('990000199001010113');
    // Tab selects the whole value, also when what is shown changes with the focus: typing replaces it.
    await field(tab, 'person', 'name').focus();
    await tab.keyboard.press('Tab');
    await tab.keyboard.type('13800000001');
    await tab.keyboard.press('Shift+Tab');
    await tab.keyboard.press('Tab');
    await tab.keyboard.type('13900000001');
    expect(await field(tab, 'person', 'mobile').inputValue()).toBe('13900000001');
  });

  test('another province forgets the city', async () => {
    const tab = await open();
    expect(await field(tab, 'company', 'city').locator('option').first().textContent()).toBe('先选择省');
    await field(tab, 'company', 'province').selectOption('广东省');
    await field(tab, 'company', 'city').selectOption('深圳市');
    await field(tab, 'company', 'province').selectOption('湖南省');
    await field(tab, 'company', 'city').locator('option', { hasText: '长沙市' }).waitFor({ state: 'attached' });
    expect(await field(tab, 'company', 'city').inputValue()).toBe('');
  });

  test('a search takes the keyboard, and only what is in the list', async () => {
    const tab = await open();
    const bank = field(tab, 'person', 'bank');
    await bank.fill('工商');
    await tab.getByRole('option', { name: '中国工商银行', exact: true }).waitFor();
    await bank.press('ArrowDown');
    await bank.press('ArrowUp');
    await bank.press('Enter');
    expect(await bank.inputValue()).toBe('中国工商银行');
    await bank.fill('随便一家');
    await tab.getByText('没有找到“随便一家”').waitFor();
    await field(tab, 'person', 'name').focus();
    expect(await wrapper(tab, 'person', 'bank').locator('.fv-error').textContent()).toContain(
      '“随便一家”不在列表中，请从弹出的列表中选择',
    );
  });

  test('a doubtful code warns and does not block', async () => {
    const tab = await open();
    await fillAll(tab);
    await field(tab, 'company', 'number').fill('91440300723038758A');
    await tab.click('.next');
    expect(await tab.textContent('#sent')).toContain('91440300723038758A');
    expect(await wrapper(tab, 'company', 'number').locator('.fv-source').textContent()).toContain('校验位对不上');
  });

  test('an agreement opens in a window, and reading it ticks nothing', async () => {
    const tab = await open();
    await tab.getByRole('button', { name: '《电子认证服务协议》' }).click();
    expect(await tab.getByRole('dialog').textContent()).toContain('第二条 示例条文。');
    await tab.keyboard.press('Escape');
    await tab.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await field(tab, 'person', 'terms').isChecked()).toBe(false);
  });

  test('a button copies from another form', async () => {
    const tab = await open();
    await tab.getByRole('button', { name: '与单位相同' }).click();
    expect(await tab.locator('.fv-copies [role=status]').textContent()).toBe('“单位”还没有填写');
    await field(tab, 'company', 'name').fill('甲公司');
    await tab.getByRole('button', { name: '与单位相同' }).click();
    expect(await field(tab, 'person', 'name').inputValue()).toBe('甲公司');
  });

  test('a QR code is drawn with a name', async () => {
    const tab = await open();
    await tab.getByRole('img', { name: '二维码：扫码' }).waitFor();
  });
});

describe('files', () => {
  const slot = (tab: Tab) => field(tab, 'company', 'photo');
  const send = (tab: Tab, name: string, mimeType: string, buffer: Buffer) =>
    slot(tab).setInputFiles({ name, mimeType, buffer });

  test('a wrong extension and a size that stays too large are refused with the limit, before anything is sent', async () => {
    const tab = await open();
    await send(tab, 'scan.tiff', 'image/tiff', Buffer.alloc(10));
    await tab.getByText('这里不收 tiff 文件，请上传 jpg、png').waitFor();
    await send(tab, 'broken.jpg', 'image/jpeg', Buffer.alloc(300_000));
    await tab.getByText('这张图片打不开').waitFor();
    expect(page.uploads).toEqual([]);
  });

  test('a photo that is too large is made smaller, and says so', async () => {
    const tab = await open();
    // Noise does not compress: a picture of 1600 x 1200 random dots has about 6 MB as PNG.
    const large = await tab.evaluate(async () => {
      const canvas = document.createElement('canvas');
      canvas.width = 1600;
      canvas.height = 1200;
      const pen = canvas.getContext('2d')!;
      const image = pen.createImageData(1600, 1200);
      for (let i = 0; i < image.data.length; i += 1) image.data[i] = (i * 2654435761) >>> 24;
      pen.putImageData(image, 0, 0);
      return canvas.toDataURL('image/png').split(',')[1]!;
    });
    await send(tab, 'photo.png', 'image/png', Buffer.from(large, 'base64'));
    await tab.getByText(/已由 .* 压缩到 .*/).waitFor();
    expect(page.uploads[0]?.name).toBe('photo.jpg');
    expect(page.uploads[0]?.size).toBeLessThanOrEqual(200_000);
  });

  test('a photo that lies on a side is drawn upright; a blurred one is sent all the same, with a word about it', async () => {
    const card = 'server/sandbox/samples/id-front-agent.jpg';
    const { width, height } = await sharp(card).metadata();
    const tab = await open();
    const marked = await sharp(card).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    await send(tab, 'photo.jpg', 'image/jpeg', marked);
    await tab.getByText('照片已转正').waitFor();
    const { bytes } = page.uploads.at(-1)!;
    expect(await sharp(bytes).metadata()).toMatchObject({ width: height, height: width });
    expect((await sharp(bytes).metadata()).orientation ?? 1).toBe(1);
    expect(await tab.getByText('图片可能不清楚').count()).toBe(0);
    await send(tab, 'shaken.jpg', 'image/jpeg', await sharp(card).blur(4).jpeg().toBuffer());
    await tab.getByText('图片可能不清楚').waitFor();
    await tab.getByText('没有看到红色印章').waitFor();
    expect(page.uploads.at(-1)?.name).toBe('shaken.jpg');
  });

  test('what was recognised fills empty fields and is marked until it is edited', async () => {
    page.answer = {
      status: 200,
      recognised: {
        fields: {
          name: { value: '识别公司', score: 0.98, checked: false },
          number: { value: '91440300723038758B', score: 0.6, checked: true },
          note: { value: '模糊', score: 0.5, checked: false },
        },
      },
    };
    let end: () => void = () => {};
    page.reading = new Promise((resolve) => {
      end = resolve;
    });
    const tab = await open();
    await send(tab, 'a.jpg', 'image/jpeg', Buffer.from('x'));
    await tab.getByText('正在识别证照照片').waitFor();
    // Nobody has to wait for it, and what is typed meanwhile stays.
    await field(tab, 'company', 'note').fill('自己写的');
    end();
    await tab.getByText('证照照片已识别，填好 2 项').waitFor();
    expect(await field(tab, 'company', 'name').inputValue()).toBe('识别公司');
    expect(await field(tab, 'company', 'note').inputValue()).toBe('自己写的');
    const mark = wrapper(tab, 'company', 'name').locator('.fv-source');
    expect(await mark.textContent()).toBe('由证照照片识别，可信度 98%，可修改');
    expect(await wrapper(tab, 'company', 'number').locator('.fv-source').textContent()).toContain('校验位相符');
    await field(tab, 'company', 'name').fill('改过的公司');
    await mark.waitFor({ state: 'detached' });
  });

  test('what was read badly is highlighted; a picture that says nothing leaves all to be typed', async () => {
    page.answer = { status: 200, recognised: { fields: { name: { value: '识别公司', score: 0.61, checked: false } } } };
    const tab = await open();
    await send(tab, 'a.jpg', 'image/jpeg', Buffer.from('x'));
    const mark = wrapper(tab, 'company', 'name').locator('.fv-source.is-doubtful');
    expect(await mark.textContent()).toBe('由证照照片识别，可信度只有 61%，请逐字核对');
    page.answer = { status: 200, recognised: { fields: {} } };
    await send(tab, 'b.jpg', 'image/jpeg', Buffer.from('y'));
    await tab.getByText('没有识别出文字，请直接填写').waitFor();
  });

  test('a refusal of the server is shown and can be tried again; the file can be taken away', async () => {
    page.answer = { status: 422, text: '文件内容与扩展名不符，请重新导出后上传' };
    const tab = await open();
    await send(tab, 'a.jpg', 'image/jpeg', Buffer.from('x'));
    await tab.getByText('文件内容与扩展名不符').waitFor();
    page.answer = { status: 200 };
    await tab.getByRole('button', { name: '再试一次' }).click();
    await tab.getByText('已上传', { exact: true }).waitFor();
    await tab.getByRole('button', { name: '查看大图' }).click();
    await tab.getByRole('button', { name: '放大' }).click();
    await tab.getByText('125%').waitFor();
    await tab.getByRole('button', { name: '关闭' }).click();
    await tab.getByRole('button', { name: '删除' }).click();
    await tab.getByText('未上传').waitFor();
    expect(await slot(tab).evaluate((element) => element === document.activeElement)).toBe(true);
  });
});

test('only the fields that the task opens can be changed; what stood there before is shown', async () => {
  page.data = {
    ...fresh(),
    forms: [{ id: 'person', editable: ['person.mobile'], notes: { mobile: '号码停机，请换一个' } }],
    values: { person: { name: '示例人', mobile: '13800000001' } },
  };
  const tab = await open();
  expect(await tab.locator('input').count()).toBe(1);
  expect(await field(tab, 'person', 'name').textContent()).toContain('保持不变');
  expect(await wrapper(tab, 'person', 'mobile').locator('.fv-note').textContent()).toContain('号码停机');
  await field(tab, 'person', 'mobile').fill('13800000002');
  expect(await wrapper(tab, 'person', 'mobile').locator('.fv-was').textContent()).toBe('原来填写：138 0000 0001');
});

describe('for everybody', () => {
  const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');

  test.each([
    ['1440 px', { width: 1440 }],
    ['390 px', { width: 390, height: 844, touch: true }],
  ])('no violations of WCAG 2.2 AA at %s, empty and full of errors', async (_, size) => {
    const tab = await open(size);
    await tab.evaluate(axe);
    const violations = () =>
      tab.evaluate(async () => {
        const { axe: tool } = window as unknown as {
          axe: { run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
        };
        const result = await tool.run({
          runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
        });
        return result.violations.map((one) => `${one.id}: ${one.nodes[0]?.html}`);
      });
    expect(await violations()).toEqual([]);
    await tab.click('.next');
    expect(await violations()).toEqual([]);
    const wide = await tab.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
    expect(wide).toBe(false);
  });

  test('a keystroke draws one field', async () => {
    const tab = await open();
    const changed = await tab.evaluate(async () => {
      const records: MutationRecord[] = [];
      const observer = new MutationObserver((list) => records.push(...list));
      observer.observe(document.querySelector('.page')!, { subtree: true, childList: true, characterData: true });
      const input = document.getElementById('f-company-note') as HTMLTextAreaElement;
      Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')!.set!.call(input, '字');
      input.dispatchEvent(new Event('input', { bubbles: true }));
      await new Promise((done) => setTimeout(done, 50));
      observer.disconnect();
      return records.filter((record) => !(record.target as Node).parentElement?.closest('.status, .fv-field')).length;
    });
    expect(changed).toBe(0);
  });
});
