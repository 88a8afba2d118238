/**
 * Draws the sample pictures of the sandbox (server/sandbox/samples) from samples.json. Run by hand after samples.json was changed: npx tsx scripts/make-samples.ts
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { launchBrowser } from '../tests/e2e/support/browser.ts';

interface Sample {
  readonly file: string;
  readonly title: string;
  readonly kind: string;
  readonly fields: { readonly [name: string]: string };
  readonly unsure?: readonly string[];
  /** What stands on it besides; nobody reads it. */
  readonly also: { readonly [label: string]: string };
}

const folder = 'server/sandbox/samples';
const samples = JSON.parse(readFileSync(`${folder}/samples.json`, 'utf8')) as Sample[];

const style = `
  * { box-sizing: border-box; margin: 0; } body { font: 22px/1.6 "Noto Sans CJK SC", "Noto Sans SC", sans-serif; color: #222; width: max-content; background: #fff; }
  .card { position: relative; overflow: hidden; }
  .mark { position: absolute; inset: 0; display: grid; place-items: center; font-size: 120px; font-weight: 700; color: #b3261e; opacity: .14; transform: rotate(-18deg); pointer-events: none; letter-spacing: .2em; }
  .licence { width: 1200px; height: 840px; padding: 56px 72px; border: 14px double #b08d3c; background: #fffdf5; } .licence h1 { text-align: center; font-size: 56px; letter-spacing: .5em; margin: 12px 0 24px; font-family: "Noto Serif CJK SC", serif; }
  dl { display: grid; grid-template-columns: max-content 1fr; gap: 12px 32px; } dt { color: #6b5a2b; }
  .id { width: 1012px; height: 638px; padding: 56px 64px; border-radius: 32px; border: 2px solid #9fb6cc; background: linear-gradient(120deg, #eef4fa, #f8f3ee); font-size: 28px; } .id dt { color: #2b6aa0; } .id .face { position: absolute; right: 72px; top: 88px; width: 230px; height: 290px; background: #d9dee3; border-radius: 8px; display: grid; place-items: end center; }
  .id .face::before { content: ""; position: absolute; width: 96px; height: 96px; border-radius: 50%; background: #a9b3bd; top: 52px; } .id .face::after { content: ""; width: 180px; height: 110px; border-radius: 90px 90px 0 0; background: #a9b3bd; }
  .id .number { position: absolute; left: 64px; bottom: 48px; display: flex; gap: 32px; font-size: 34px; } .id .number b { letter-spacing: .12em; } .blurred { filter: blur(2.6px); }
  .back h1 { font-size: 46px; letter-spacing: .3em; text-align: center; margin: 90px 0 150px; font-family: "Noto Serif CJK SC", serif; }
  .paper { width: 1000px; height: 1414px; padding: 110px 100px; background: #fbfaf6; } .paper h1 { text-align: center; font-size: 44px; margin-bottom: 56px; } .paper .rows { display: grid; gap: 26px; } .paper .rows i { display: block; height: 16px; background: #d8d6cf; border-radius: 3px; }
  .paper .sign { position: absolute; left: 130px; bottom: 200px; font: 48px "Noto Serif CJK SC", serif; transform: rotate(-6deg); color: #1a2a5a; }
  .seal { position: absolute; right: 120px; bottom: 130px; width: 260px; height: 260px; border: 9px solid #c3271c; border-radius: 50%; color: #c3271c; display: grid; place-items: center; font-size: 30px; text-align: center; transform: rotate(-9deg); opacity: .82; } .seal b { font-size: 84px; line-height: 1; display: block; }
`;

function list(values: { readonly [label: string]: string }): string {
  return `<dl>${Object.entries(values)
    .map(([label, value]) => `<dt>${label}</dt><dd>${value}</dd>`)
    .join('')}</dl>`;
}

function draw({ kind, fields, also, unsure }: Sample): string {
  const mark = '<div class="mark">样张</div>';
  switch (kind) {
    case 'businessLicense':
      return `<div class="card licence"><h1>营业执照</h1>${list({ 统一社会信用代码: fields.code ?? '', 名称: fields.name ?? '', ...also, 住所: fields.address ?? '' })}<div class="seal"><span><b>★</b>示例登记机关</span></div>${mark}</div>`;
    case 'idCardFront':
      return `<div class="card id ${unsure ? 'blurred' : ''}">${list({ 姓名: fields.name ?? '', ...also })}<div class="face"></div><div class="number"><span>公民身份号码</span><b>${fields.number}</b></div>${mark}</div>`;
    case 'idCardBack':
      return `<div class="card id back"><h1>居民身份证</h1>${list(also)}${mark}</div>`;
    default:
      return `<div class="card paper"><h1>${also.标题}</h1><div class="rows">${Array.from({ length: 18 }, (_, at) => `<i style="width:${[100, 96, 88, 100, 62][at % 5]}%"></i>`).join('')}</div><div class="sign">${also.签名}</div><div class="seal"><span><b>★</b>示例市远景影视</span></div>${mark}</div>`;
  }
}

const browser = await launchBrowser();
try {
  const page = await browser.newPage({ viewport: { width: 1240, height: 1500 } });
  for (const sample of samples) {
    await page.setContent(`<style>${style}</style>${draw(sample)}`);
    const picture = await page.locator('.card').screenshot({ type: 'jpeg', quality: 78 });
    writeFileSync(`${folder}/${sample.file}`, picture);
    console.log(`${sample.file}: ${Math.round(picture.length / 1024)} kB`);
  }
} finally {
  await browser.close();
}
