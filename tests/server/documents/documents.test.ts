import fc from 'fast-check';
import QRCode from 'qrcode';
import { describe, expect, it } from 'vitest';
import { type CaseState, type Definition, type Environment, forms, printed, start } from '../../../engine/index.ts';
import { pieces } from '../../../server/documents/break.ts';
import { renderDocument, UnknownDocument } from '../../../server/documents/index.ts';
import { qrPath } from '../../../server/documents/qr.ts';
import { projects } from '../../support/definitions.ts';
import { pdfText } from '../../support/pdf-text.ts';

const env: Environment = {
  now: Date.parse('2026-11-23T03:00:00Z'),
  calendar: { offsetMinutes: 480, exceptions: {}, until: '2026-12-31' },
};

function project(id: string): Definition {
  const found = projects()[id];
  if (found === undefined) throw new Error(id);
  return found;
}

function caseOf(definition: Definition, data: CaseState['forms']): CaseState {
  const begun = start(definition, { id: 'case-1', number: '99926112310424301', owner: 'person-1' }, env);
  if (begun.kind !== 'stepped') throw new Error('refused');
  return { ...begun.next, forms: data };
}

/** The smallest valid data of every form. */
function filled(definition: Definition): CaseState['forms'] {
  const data: { [form: string]: CaseState['forms'][string] } = {};
  const { settings, declared } = definition;
  for (const [id, schema] of Object.entries(definition.forms))
    data[id] = forms.smallest(
      forms.compileForm(id, schema),
      { settings, forms: data, tables: declared.tables } as never,
      {},
    );
  return data;
}

const text = async (definition: Definition, state: CaseState, document: string) =>
  pdfText(await renderDocument(definition, state, document, env)).map((page) => page.replaceAll('\u00a0', ' '));

const szmg = project('szmg');
const complete: CaseState['forms'] = {
  ...filled(szmg),
  organization: { ...filled(szmg).organization, name: '示例市远景影视文化有限公司' },
  agent: { ...filled(szmg).agent, name: '张示例', email: 'zhang@example.com', mobile: '13800000002' },
};

describe('every document of every project', () => {
  const all = Object.values(projects()).flatMap((definition) =>
    Object.keys(definition.documents).map((document) => ({
      definition,
      document,
      title: `${definition.project.id}/${document}`,
    })),
  );

  it('is there to be tested', () => expect(all.length).toBeGreaterThan(5));

  it.each(all)('$title is drawn, filled in or not', async ({ definition, document }) => {
    for (const data of [{}, filled(definition)]) {
      const state = caseOf(definition, data);
      const pages = await text(definition, state, document);
      const content = printed(definition, state, document, env);
      expect(pages).toHaveLength(1);
      expect(pages[0]).toContain(content?.title);
      expect(pages[0]).not.toMatch(/\ufffd|undefined|null|NaN|\[object|\{[\w.]+\}/);
      for (const section of content?.sections ?? []) expect(pages[0]).toContain(section.title ?? '');
    }
  });
});

describe('the seal sheet', () => {
  it('carries a digest of its own: another name wants another sheet, another handler does not', async () => {
    const digestOf = (data: CaseState['forms']) => printed(szmg, caseOf(szmg, data), 'sealSheet', env)?.digest;
    const digest = digestOf(complete) ?? '';
    expect((await text(szmg, caseOf(szmg, complete), 'sealSheet'))[0]).toContain(`版本码 ${digest}`);
    expect(digest).not.toBe(printed(szmg, caseOf(szmg, complete), 'applicationForm', env)?.digest);
    expect(digestOf({ ...complete, organization: { ...complete.organization, name: '另一家示例公司' } })).not.toBe(
      digest,
    );
    expect(digestOf({ ...complete, agent: { ...complete.agent, name: '王示例' } })).toBe(digest);
  });
});

describe('the application form', () => {
  it('shows labels, values in words, the declaration with its gaps filled, the foot and the number of the page', async () => {
    const [page = ''] = await text(szmg, caseOf(szmg, complete), 'applicationForm');
    for (const part of [
      '示例市远景影视文化有限公司',
      '138 0000 0002',
      'zhang@example.com',
      '机构证书',
      '单位公章',
      '第 1 页，共 1 页',
      '999 261123 104243 01',
    ])
      expect(page).toContain(part);
    expect(page).toContain('现委托本单位员工，姓名：张示例，');
  });

  it('prints a gap where nothing was filled in', async () => {
    const { idNumber: _, ...legalRep } = complete.legalRep ?? {};
    const [page = ''] = await text(szmg, caseOf(szmg, { ...complete, legalRep, organization: {} }), 'applicationForm');
    expect(page).toContain('机构名称＿＿＿＿＿＿');
    expect(page).toContain('身份证号码：＿＿＿＿＿＿，系本单位');
  });

  it('carries the digest of the data it is about, and another one when they change', async () => {
    const before = caseOf(szmg, complete);
    const digest = printed(szmg, before, 'applicationForm', env)?.digest ?? '';
    expect(digest).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
    expect((await text(szmg, before, 'applicationForm'))[0]).toContain(`版本码 ${digest}`);
    const renamed = caseOf(szmg, { ...complete, agent: { ...complete.agent, name: '王示例' } });
    expect(printed(szmg, renamed, 'applicationForm', env)?.digest).not.toBe(digest);
    const rebanked = caseOf(szmg, { ...complete, bank: { accountName: '另一户名' } });
    expect(printed(szmg, rebanked, 'applicationForm', env)?.digest).toBe(digest);
  });

  it('is the same file for the same case', async () => {
    const state = caseOf(szmg, complete);
    const [one, two] = [
      await renderDocument(szmg, state, 'applicationForm', env),
      await renderDocument(szmg, state, 'applicationForm', { ...env, now: env.now + 86_400_000 }),
    ];
    expect(one.equals(two)).toBe(true);
  });

  it('holds the longest values; a signature never stands alone on a page', async () => {
    const long = (letters: string, count: number) => letters.repeat(Math.ceil(count / letters.length)).slice(0, count);
    const name = long('示例市前海深港现代服务业合作区影视文化传播（集团）股份有限公司', 300);
    const state = caseOf(szmg, {
      ...complete,
      organization: { ...complete.organization, name, address: long('南山区示例路八号三栋二十三层，', 400) },
      agent: { ...complete.agent, email: `${long('a.very.long.mailbox.', 80)}@${long('department.', 60)}example.com` },
    });
    const pages = await text(szmg, state, 'applicationForm');
    expect(pages.length).toBeGreaterThan(1);
    expect(pages.join('')).toContain(name);
    const last = pages.at(-1) ?? '';
    expect(last).toContain('经办人手写签名');
    expect(last).toContain('本单位授权上述经办人');
    for (const page of pages) expect(page).toContain('版本码');
  });

  it('prints rare characters that the font has', async () => {
    const state = caseOf(szmg, { ...complete, agent: { ...complete.agent, name: '龘㙍𬱖' } });
    const [page = ''] = await text(szmg, state, 'applicationForm');
    expect(page).toContain('龘㙍𬱖');
    expect(page).not.toContain('□');
  });

  it('names a character that the font lacks instead of losing it', async () => {
    const state = caseOf(szmg, { ...complete, agent: { ...complete.agent, name: '张𠮷\u0000😀' } });
    const [page = ''] = await text(szmg, state, 'applicationForm');
    expect(page).toContain('张□（U+20BB7）□（U+1F600）');
    expect(page).toContain('字库中没有的字印作 □，请手写补上：U+20BB7、U+1F600');
  });

  it('is refused when the release has none of that name', async () => {
    await expect(renderDocument(szmg, caseOf(szmg, {}), 'nothing', env)).rejects.toThrow(UnknownDocument);
  });
});

describe('line breaks', () => {
  const signs = fc.string({
    unit: fc.constantFrom(...'示例单位（）《》“”，。：！？、abc 019.@-/\u00a0￥%…'),
    maxLength: 60,
  });

  it('lose nothing, begin no line with a closing mark and end none with an opening one', () => {
    fc.assert(
      fc.property(signs, (given) => {
        const parts = pieces(given);
        expect(parts.join('')).toBe(given);
        for (const part of parts.slice(1)) expect(part).not.toMatch(/^[，。：！？、）》”%…]/);
        for (const part of parts.slice(0, -1)) expect(part).not.toMatch(/[（《“￥]$/);
      }),
    );
  });

  it('keep numbers, words and addresses whole, and part what is too long at its marks', () => {
    expect(pieces('共￥1,280.00元')).toEqual(['共', '￥1,280.00', '元']);
    expect(pieces('号138\u00a00000\u00a00002。')).toEqual(['号', '138\u00a00000\u00a00002。']);
    expect(pieces('发至a.b@c.example')).toEqual(['发', '至', 'a.b@c.example']);
    expect(pieces('somebody.long@department.example.com')).toEqual([
      'somebody.',
      'long@',
      'department.',
      'example.',
      'com',
    ]);
    expect(Math.max(...pieces('x'.repeat(200)).map((part) => part.length))).toBeLessThanOrEqual(24);
  });
});

describe('the QR code', () => {
  it('has exactly the modules of its text', () => {
    const { path, size } = qrPath('99926112310424301 7K3M-Q0ZD');
    const { modules } = QRCode.create('99926112310424301 7K3M-Q0ZD', { errorCorrectionLevel: 'M' });
    expect(size).toBe(modules.size);
    const dark = new Set<string>();
    for (const [, x, y, width] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g))
      for (let at = 0; at < Number(width); at++) dark.add(`${Number(x) + at},${y}`);
    for (let y = 0; y < size; y++)
      for (let x = 0; x < size; x++) expect(dark.has(`${x},${y}`)).toBe(Boolean(modules.get(y, x)));
  });
});
