import { existsSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { ManualTrouble } from './trouble.ts';

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:/Program Files/Google/Chrome/Application/chrome.exe',
];

const HOW =
  '请安装 Chromium（Debian：apt-get install chromium fonts-noto-cjk；macOS：brew install --cask chromium），或用环境变量 CHROME_PATH 指明它的位置。';

/** The browser that walks the hall: CHROME_PATH, or the first that is installed. @throws ManualTrouble */
export function browserPath(given = process.env.CHROME_PATH, known: readonly string[] = places): string {
  if (given !== undefined && given !== '') {
    if (existsSync(given)) return given;
    throw new ManualTrouble(`CHROME_PATH 是 ${given}，那里没有文件。${HOW}`);
  }
  const found = known.find((place) => existsSync(place));
  if (found === undefined) throw new ManualTrouble(`没有找到浏览器，图片要在浏览器里拍。${HOW}`);
  return found;
}

/** @throws ManualTrouble where the browser, or the package that steers it, is not there */
export async function launch(executablePath: string): Promise<Browser> {
  // Only this command steers a browser: an installation without the developers' packages has no need of it.
  const steering = await import('playwright-core').catch(() => null);
  if (steering === null)
    throw new ManualTrouble('没有安装 playwright-core，浏览器由它驱动。请运行 npm install playwright-core。');
  try {
    return await steering.chromium.launch({
      executablePath,
      args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run', '--disable-sync'],
    });
  } catch (error) {
    const said = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    throw new ManualTrouble(`浏览器 ${executablePath} 没有启动：${said}。${HOW}`);
  }
}
