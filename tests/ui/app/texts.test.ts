import { afterEach, describe, expect, it } from 'vitest';
import { en } from '../../../ui/app/texts/en.ts';
import { setLocale, t } from '../../../ui/app/texts/index.ts';
import { zhCN } from '../../../ui/app/texts/zh-CN.ts';

const places = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort();

describe('texts', () => {
  afterEach(() => setLocale('zh-CN'));

  it('says the same with the same placeholders in both languages', () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(zhCN).sort());
    for (const [key, text] of Object.entries(zhCN)) {
      expect(places(en[key as keyof typeof zhCN]), key).toEqual(places(text));
    }
  });

  it('keeps to the voice: no exclamation marks, no 温馨提示, no full stop in buttons', () => {
    for (const [key, text] of Object.entries(zhCN)) {
      expect(text, key).not.toMatch(/[！!]|温馨提示|请知悉|亲，/);
    }
    for (const key of ['login.submit', 'project.start', 'app.retry', 'app.cancel'] as const) {
      expect(zhCN[key]).not.toMatch(/。$/);
    }
  });

  it('fills what is given and leaves what is missing visible', async () => {
    expect(t('case.stepOf', { n: 2, total: 5 })).toBe('第 2 步，共 5 步');
    expect(t('case.stepOf', { n: 2 })).toBe('第 2 步，共 {total} 步');
    await setLocale('en');
    expect(t('case.stepOf', { n: 2, total: 5 })).toBe('Step 2 of 5');
  });
});
