import { describe, expect, it, vi } from 'vitest';
import type { Context } from '../../../server/context.ts';
import { refuseOldPrint } from '../../../server/use-cases/old-print.ts';

const wanted = { number: '99926112310424301', digest: '7K3M-Q0ZD' };
const upload = (codes: () => Promise<readonly string[]>) => {
  const warn = vi.fn();
  const context = { recognizer: { codes }, log: { warn } } as unknown as Context;
  return { warn, result: refuseOldPrint(context, wanted, Buffer.alloc(1), 'image/jpeg') };
};
const shows = (...texts: string[]) => upload(async () => texts).result;

describe('the code on a scan of a printed form', () => {
  it('lets the print of these data pass, and a scan without a code of ours', async () => {
    await shows('99926112310424301 7K3M-Q0ZD');
    await shows();
    await shows('https://example.com/', '99926112310424301', '7K3M-Q0ZD');
  });

  it('refuses a print of older data, with both codes and what to do', async () => {
    const refused = shows('99926112310424301 AAAA-BBBB');
    await expect(refused).rejects.toMatchObject({ status: 422, code: 'file-outdated' });
    await expect(refused).rejects.toThrow(/AAAA-BBBB.*7K3M-Q0ZD.*重新打印/);
  });

  it('refuses the print of another case', async () => {
    await expect(shows('99926112310424399 7K3M-Q0ZD')).rejects.toMatchObject({ code: 'file-other-case' });
  });

  it('refuses nothing when the reader is down', async () => {
    const { warn, result } = upload(() => Promise.reject(new Error('reader busy')));
    await result;
    expect(warn).toHaveBeenCalledOnce();
  });
});
