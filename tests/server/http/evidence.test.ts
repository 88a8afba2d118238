import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { drawPack } from '../../../server/evidence/draw.ts';
import type { Running } from '../../../server/server.ts';
import { pdfText } from '../../support/pdf-text.ts';
import { inReview } from '../../support/review.ts';
import { Client, testServer } from '../../support/server.ts';

// A busy machine is no reason to fail.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

let running: Running;
let id = '';
let owner: Client;
beforeAll(async () => {
  running = await testServer({ sandbox: true });
  const words = { title: '扫描件', note: '', image: null };
  const scan = await drawPack({
    ...{ title: '营业执照', caseNumber: '1', author: '示例', digest: '0'.repeat(64), head: [], sections: [] },
    pictures: [words, words],
  });
  const uploads = { businessLicence: { type: 'pdf', bytes: scan } };
  const made = await inReview(running, { organization: { name: '江东纺织（示例）有限公司' } }, uploads);
  id = made.id;
  owner = made.client;
});
afterAll(() => running.close());

const who = (account: string) => new Client(running.url).logIn(account);

async function make(client: Client, reason = '内部审计'): Promise<{ status: number; text: string; bytes: Buffer }> {
  const response = await client.raw('POST', `/api/cases/${id}/evidence`, {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ reason }),
  });
  const bytes = Buffer.from(await response.arrayBuffer());
  // The renderer parts lines and writes spaces of its own: compared is what is left without them.
  const text = response.ok
    ? pdfText(bytes)
        .join('')
        .replace(/[\s\u00a0]/g, '')
    : '';
  return { status: response.status, text, bytes };
}

const deeds = async () => {
  const auditor = await who('auditor');
  const { body } = await auditor.ask<{ rows: { action: string; reason: string; case: { id: string } | null }[] }>(
    'GET',
    '/api/audit?action=evidence',
  );
  return body.rows.filter((row) => row.action === 'evidence' && row.case?.id === id);
};

describe('the evidence pack of a case', () => {
  test('holds data, hashes, proofs with their numbers, conversation and journal; who made it and why stands in the log', async () => {
    const reviewer = await who('reviewer');
    await reviewer.send(id, 'CLAIM');
    await reviewer.ask('POST', `/api/cases/${id}/talk`, { text: '请补交第二页', request: 'r1' });
    const before = (await deeds()).length;
    const { status, text, bytes } = await make(reviewer);
    expect(status).toBe(200);
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    const { document } = await running.context.cases.read(id);
    const { forms, number } = document.state;
    const licence = forms.documents?.businessLicence as { sha256: string };
    const idNumber = String(forms.agent?.idNumber);
    expect(text).toContain('江东纺织（示例）有限公司');
    expect(text).toContain(number);
    expect(text).toContain(licence.sha256);
    expect(text).toMatch(/小额打款：打款成功银行流水号：BK\d+/);
    expect(text).toContain('审核客服甲');
    expect(text).toContain('请补交第二页');
    expect(text).toContain('用途内部审计');
    // What is masked at the desk is masked on paper.
    expect(text).not.toContain(idNumber);
    expect(text).toContain(idNumber.slice(-4));
    // A PDF is printed page by page.
    expect(text.match(/证件资料营业执照扫描件，第\d页/g)).toEqual(
      [1, 2, 3].map((n) => `证件资料营业执照扫描件，第${n}页`),
    );
    const after = await deeds();
    expect(after.length).toBe(before + 1);
    expect(after[0]).toMatchObject({ reason: '内部审计' });
  });

  test('is made for no reason for nobody, and for whoever only applied, or is a stranger, not at all', async () => {
    const before = (await deeds()).length;
    expect((await make(await who('reviewer'), '  ')).status).toBe(422);
    expect((await make(owner)).status).toBe(404);
    expect((await make(await who('applicant2'))).status).toBe(404);
    expect((await make(await who('archivist'))).status).toBe(404);
    expect((await make(new Client(running.url))).status).toBe(401);
    expect((await deeds()).length).toBe(before);
  });

  test('an auditor has one too, without what is for other roles only', async () => {
    const { status, text } = await make(await who('auditor'), '年度审计');
    expect(status).toBe(200);
    expect(text).toContain('江东纺织（示例）有限公司');
    expect(text).toContain('证件资料营业执照扫描件');
    expect(text).not.toContain('经办人身份证身份证头像面');
  });
});
