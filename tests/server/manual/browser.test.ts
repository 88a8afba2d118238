import { expect, test } from 'vitest';
import { browserPath } from '../../../server/manual/browser.ts';
import { ManualTrouble } from '../../../server/manual/trouble.ts';

test('the browser that is named, else the first that is installed', () => {
  expect(browserPath(process.execPath, [])).toBe(process.execPath);
  expect(browserPath('', ['/nowhere/chromium', process.execPath])).toBe(process.execPath);
});

test.each([
  ['/nowhere/chromium', [process.execPath]],
  ['', ['/nowhere/chromium']],
])('%j: none there says how to install one', (given, known) => {
  expect(() => browserPath(given, known)).toThrow(ManualTrouble);
  expect(() => browserPath(given, known)).toThrow(/apt-get install chromium.*CHROME_PATH/);
});
