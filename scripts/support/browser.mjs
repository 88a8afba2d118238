import { existsSync } from 'node:fs';
import { fail, output, run } from './process.mjs';

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

/**
 * Finds a browser and a Chinese font for the browser suites; on Debian as root it installs what is missing.
 * CHROME_PATH is used as it is. @returns the browser's path
 */
export async function ensureBrowser() {
  const given = process.env.CHROME_PATH;
  if (given) {
    if (!existsSync(given)) fail(`CHROME_PATH names ${given}, and there is no such file.`);
    return given;
  }
  const found = places.find((place) => existsSync(place));
  const missing = [...(found ? [] : ['chromium']), ...((await chineseFont()) ? [] : ['fonts-noto-cjk'])];
  if (missing.length === 0) return found;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    if (found) {
      console.warn(
        'There is no Chinese font here: pictures will show boxes. On Debian: apt-get install fonts-noto-cjk',
      );
      return found;
    }
    fail(
      'The browser suites need Chromium. Install it (on Debian: apt-get install chromium fonts-noto-cjk) or set CHROME_PATH.',
    );
  }
  console.log(`Installing ${missing.join(', ')} …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-qq'], { env });
  const code = await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], { env });
  const now = places.find((place) => existsSync(place));
  if (code !== 0 || !now)
    fail(`apt-get could not install ${missing.join(', ')}. Install a Chromium and set CHROME_PATH.`);
  return now;
}

/** Fontconfig knows; where it is absent (macOS, Windows) the system has Chinese fonts of its own. */
async function chineseFont() {
  if (process.platform !== 'linux') return true;
  const list = await output('fc-list', [':lang=zh', 'family']);
  return list !== null && list.trim() !== '';
}
