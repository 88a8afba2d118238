import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CertificateRefused, newRequest, TestAuthority } from '../../../../server/sandbox/providers/authority.ts';

const folder = mkdtempSync(join(tmpdir(), 'certflow-ca-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const openssl = (...words: string[]): string => execFileSync('openssl', words, { encoding: 'utf8', stdio: 'pipe' });

const subject = { organization: '示例科技有限公司', number: '9144030071526726XG', holder: '王小明' };
let authority: TestAuthority;
beforeAll(async () => {
  authority = await TestAuthority.create();
});

test('a certificate from a request, as openssl sees it; issuer and holder say 测试', async () => {
  const issued = await authority.issue(await newRequest('whatever the request says'), subject, 2);
  const root = file('root.pem', authority.certificate);
  const path = file('one.pem', issued.certificate);
  expect(openssl('verify', '-CAfile', root, path)).toContain('OK');
  const read = new X509Certificate(issued.certificate);
  expect(read.serialNumber).toBe(issued.serial);
  expect(read.subject).toContain('CN=测试 王小明');
  expect(read.subject).toContain('O=测试 示例科技有限公司');
  expect(read.subject).toContain(subject.number);
  expect(read.subject).not.toContain('whatever');
  expect(read.issuer).toContain('测试');
  expect(read.ca).toBe(false);
  expect(new Date(read.validTo).getUTCFullYear() - new Date(read.validFrom).getUTCFullYear()).toBe(2);
});

test('a revoked certificate is in the list, and openssl refuses it', async () => {
  const good = await authority.issue(await newRequest('a'), subject, 1);
  const bad = await authority.issue(await newRequest('b'), subject, 1);
  authority.revoke(bad.serial);
  const both = file('trust.pem', `${authority.certificate}\n${await authority.list()}\n`);
  const check = (pem: string) => openssl('verify', '-crl_check', '-CAfile', both, file('checked.pem', pem));
  expect(check(good.certificate)).toContain('OK');
  expect(() => check(bad.certificate)).toThrow(/certificate revoked/);
});

test('a request that was changed, and what is none, is refused', async () => {
  const request = await newRequest('a');
  const bytes = Buffer.from(request.replace(/-----[^-]+-----|\s/g, ''), 'base64');
  bytes[bytes.length - 5]! ^= 1;
  const changed = `-----BEGIN CERTIFICATE REQUEST-----\n${bytes.toString('base64')}\n-----END CERTIFICATE REQUEST-----`;
  await expect(authority.issue(changed, subject, 1)).rejects.toThrow(CertificateRefused);
  await expect(authority.issue('no request', subject, 1)).rejects.toThrow(CertificateRefused);
});
