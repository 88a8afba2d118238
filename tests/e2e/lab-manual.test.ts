import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadAll } from '../../engine/load.ts';
import { manualOf, type Step } from '../../engine/manual/index.ts';
import type { Definition } from '../../engine/model/definition.ts';
import { readReleaseFiles } from '../../server/releases/files.ts';
import { pdfText } from '../support/pdf-text.ts';
import { useBrowser } from './support/browser.ts';
import { boxesOf } from './support/pdf-boxes.ts';

/** `certflow manual --pictures`: the command walks the hall of a project by itself and makes the manual of what it saw. */
const folder = mkdtempSync(join(tmpdir(), 'certflow-e2e-manual-'));
const out = join(folder, 'manual.pdf');
const browser = useBrowser();

interface Told {
  readonly project: string;
  readonly out: string;
  readonly pictures: readonly {
    readonly place: string;
    readonly device: string;
    readonly width: number;
    readonly height: number;
    readonly marks: readonly {
      readonly text: string;
      readonly box: { x: number; y: number; width: number; height: number };
    }[];
  }[];
}

let told: Told;
let pages: string[];
let steps: readonly Step[];

beforeAll(async () => {
  const args = ['scripts/certflow.mjs', 'manual', '--project', 'szmg', '--pictures', '--out', out, '--json'];
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 10_000_000 });
  told = JSON.parse(stdout) as Told;
  pages = pdfText(readFileSync(out)).map((text) => text.replaceAll('\u00a0', ' '));
  const { projects } = loadAll(await readReleaseFiles('.'));
  steps = manualOf(projects.szmg as Definition)
    .chapters.flatMap(({ sections }) => sections.flatMap(({ blocks }) => blocks))
    .flatMap((block) => (block.kind === 'steps' ? block.steps : []));
}, 900_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the manual of szmg', () => {
  it('has a cover, contents that name every chapter and its page, chapters and every step, as text', () => {
    expect(told).toMatchObject({ project: 'szmg', out });
    expect(pages[0]).toContain('深圳广电采购管理系统');
    expect(pages[0]).toContain('证书新办操作手册');
    const contents = pages[1] ?? '';
    for (const title of ['一、编写目的', '三、证书新办操作步骤', '四、填写内容', '六、常见问题', '七、客户服务支持']) {
      const named = new RegExp(`${title}(\\d+)`).exec(contents);
      expect(named, title).not.toBeNull();
      expect(pages[Number(named?.[1]) - 1], `${title} stands on its page`).toContain(title);
    }
    const body = pages.slice(2).join('\n');
    expect(steps.length).toBeGreaterThan(10);
    for (const { title } of steps) expect(body).toContain(title);
    expect(body).toContain(`第 ${pages.length} 页，共 ${pages.length} 页`);
  });

  it('shows the hall on its desktop and on a phone, the list, and every button that is pressed', () => {
    expect(new Set(told.pictures.map(({ place }) => place))).toEqual(
      new Set(['entrance', 'case', 'list', 'accident', 'mishap']),
    );
    expect(new Set(told.pictures.map(({ device }) => device))).toEqual(new Set(['desktop', 'phone']));
    const marks = told.pictures.flatMap((picture) => picture.marks.map((mark) => ({ ...mark, picture })));
    for (const { box, picture } of marks) {
      expect(box.x).toBeGreaterThanOrEqual(0);
      expect(box.y).toBeGreaterThanOrEqual(0);
      expect(box.x + box.width).toBeLessThanOrEqual(picture.width);
      expect(box.y + box.height).toBeLessThanOrEqual(picture.height + 1);
    }
    const pressed = marks.map(({ text }) => text);
    for (const text of ['点击“登录”', '点击“下一步”', '点击“提交订单”', '点击“提交身份证”', '上传“企业证件照”'])
      expect(pressed).toContain(text);
  });

  it('pictures what may go wrong where it is told: another task in the list and its page, a code typed wrong, a payment turned down', () => {
    const of = (place: string) => told.pictures.filter((picture) => picture.place === place);
    expect(of('mishap').length).toBeGreaterThanOrEqual(2);
    expect(of('accident').length).toBeGreaterThanOrEqual(4);
    const texts = [...of('mishap'), ...of('accident')].flatMap(({ marks }) => marks.map(({ text }) => text));
    expect(texts.some((text) => text.includes('随机码不正确'))).toBe(true);
    expect(texts).toContain('点击“重新认证”');
    const body = pages.slice(2).join('\n');
    for (const text of ['在“我的业务单”里看到', '填错时，页面会说明', '没有付成时点击']) expect(body).toContain(text);
  });

  it('has no empty page, and draws its boxes on the buttons: what is inside them is a button’s blue', async () => {
    const { boxes, inked } = await boxesOf(browser(), readFileSync(out));
    for (const [at, share] of inked.entries()) expect(share, `page ${at + 1} is nearly empty`).toBeGreaterThan(0.06);
    const marks = told.pictures.flatMap((picture) => picture.marks);
    // The pictures may hold something red of their own.
    expect(boxes.length).toBeGreaterThanOrEqual(marks.length);
    // In the list one follows a link.
    const onTheWay = told.pictures.filter(({ place }) => place !== 'accident' && place !== 'mishap');
    const buttons = onTheWay.flatMap((picture) => picture.marks).filter(({ text }) => text.startsWith('点击'));
    expect(buttons.length).toBeGreaterThan(10);
    expect(boxes.filter(({ blue }) => blue > 0.4).length).toBeGreaterThanOrEqual(buttons.length);
  });
});
