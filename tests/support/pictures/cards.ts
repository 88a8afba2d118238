import { back, card, front, longDate, seal, validity } from './card-parts.ts';
import type { IdCard, Licence } from './people.ts';

/** What a picture shows, and what is to be read from it. */
export interface Drawn {
  readonly html: string;
  readonly kind: 'businessLicense' | 'idCardFront' | 'idCardBack';
  readonly expected: { readonly [field: string]: string };
}

export interface Look {
  /** CSS family. */
  readonly font: string;
  readonly layout: string;
}

export const style = `
  * { box-sizing: border-box; margin: 0; padding: 0; }
  body { background: #fff; }
  .card { position: relative; overflow: hidden; width: max-content; color: #1d1d1f; }
  .specimen { position: absolute; right: 10px; top: 6px; font-size: 15px; color: #b3261e; opacity: .75; }
  .wide { width: 1320px; height: 930px; padding: 60px 84px; border: 16px double #b08d3c; background: #fffdf5; font-size: 23px; }
  .wide h1, .tall h1, .plain h1 { text-align: center; font-weight: 700; letter-spacing: .5em; text-indent: .5em; }
  .wide h1 { font-size: 62px; margin: 30px 0 34px; }
  .wide .code { position: absolute; left: 84px; top: 96px; font-size: 19px; line-height: 1.5; }
  .wide .copy { position: absolute; right: 110px; top: 120px; font-size: 22px; }
  .wide .columns { display: grid; grid-template-columns: 1.25fr 1fr; gap: 0 40px; }
  .pair { display: grid; grid-template-columns: 5.4em 1fr; gap: 14px; margin-bottom: 17px; line-height: 1.45; }
  .pair b { font-weight: 400; color: #6b5a2b; display: flex; justify-content: space-between; height: 1.45em; }
  .spaced b { color: #222; font-weight: 700; }
  .registrar { position: absolute; right: 120px; bottom: 70px; font-size: 24px; line-height: 2; text-align: center; }
  .seal { position: absolute; width: 190px; height: 190px; border: 7px solid #c3271c; border-radius: 50%; color: #c3271c; display: grid; place-items: center; font-size: 20px; text-align: center; opacity: .78; transform: rotate(-11deg); }
  .seal i { font-style: normal; font-size: 64px; line-height: 1; display: block; }
  .tall { width: 920px; height: 1300px; padding: 70px 92px; border: 14px solid #c9a95a; outline: 3px solid #c9a95a; outline-offset: -24px; background: #fffef8; font-size: 23px; }
  .tall h1 { font-size: 66px; margin: 70px 0 40px; }
  .tall .code { text-align: center; font-size: 22px; margin-bottom: 40px; }
  .plain { width: 1180px; height: 800px; padding: 54px 70px; border: 3px solid #345; background: #fff; font-size: 22px; }
  .plain h1 { font-size: 50px; margin-bottom: 34px; }
  .plain .code { font-size: 22px; margin-bottom: 22px; }
  .foot { position: absolute; left: 84px; bottom: 26px; font-size: 14px; color: #555; }
  .id { width: 1012px; height: 638px; border-radius: 34px; border: 2px solid #9fb6cc; background: linear-gradient(120deg, #e6eff7, #f6f1ea 60%, #e9f1f5); }
  .id .line { position: absolute; white-space: nowrap; font-size: 32px; } .id .line b { font-weight: 400; color: #2b6aa0; font-size: 27px; margin-right: 24px; }
  .id .line u { text-decoration: none; margin: 0 14px; color: #2b6aa0; font-size: 27px; }
  .id .home { white-space: normal; width: 400px; line-height: 1.4; }
  .id .face { position: absolute; right: 66px; top: 84px; width: 240px; height: 310px; background: #d5dbe1; border-radius: 10px; overflow: hidden; }
  .id .face::before { content: ""; position: absolute; width: 104px; height: 110px; border-radius: 50%; background: #9ca8b3; left: 68px; top: 58px; }
  .id .face::after { content: ""; position: absolute; width: 220px; height: 160px; border-radius: 110px 110px 0 0; background: #77838f; left: 10px; bottom: -10px; }
  .id .number { font-size: 36px; letter-spacing: .09em; }
  .id h1 { position: absolute; left: 330px; font-weight: 600; letter-spacing: .2em; } .id .emblem { position: absolute; left: 76px; top: 70px; width: 180px; height: 180px; border-radius: 50%; background: radial-gradient(#e8c35a 20%, #c3271c 22%, #c3271c 60%, #e8c35a 62%); }
  .gray { filter: grayscale(1); }
`;

const spread = (label: string) => `<b>${[...label].map((sign) => `<span>${sign}</span>`).join('')}</b>`;
const pair = (label: string, value: string) => `<div class="pair">${spread(label)}<span>${value}</span></div>`;
const looseDate = (date: string) => date.replace(/^(\d+)-(\d+)-(\d+)$/, '$1 年 $2 月 $3 日');

/** Layouts: `wide` (since 2019, two columns), `tall` (since 2014, one column), `plain` (a copy that an office prints). */
export function drawLicence(one: Licence, { font, layout }: Look): Drawn {
  const { scope: _, ...expected } = one;
  const html = { wide, tall, plain }[layout as 'wide' | 'tall' | 'plain'](one);
  return {
    kind: 'businessLicense',
    expected,
    html: card({ font }, layout, html),
  };
}

function wide(one: Licence): string {
  return `<div class="code">统一社会信用代码<br>${one.code}</div><h1>营业执照</h1><div class="copy">（副本）</div>
  <div class="columns"><div>${pair('名称', one.name)}${pair('类型', one.type)}${pair('法定代表人', one.legalRep)}${pair('经营范围', one.scope)}</div>
  <div>${pair('注册资本', one.capital)}${pair('成立日期', longDate(one.established))}${pair('住所', one.address)}</div></div>
  <div class="registrar">登记机关<br>${longDate(one.established)}</div>${seal('right:105px;bottom:48px')}
  <div class="foot">国家企业信用信息公示系统网址：http://gsxt.example.com</div>`;
}

function tall(one: Licence): string {
  return `<h1>营业执照</h1><div class="code">统一社会信用代码 ${one.code}</div><div class="spaced">
  ${pair('名称', one.name)}${pair('类型', one.type)}${pair('住所', one.address)}${pair('法定代表人', one.legalRep)}${pair('注册资本', one.capital)}
  ${pair('成立日期', looseDate(one.established))}${pair('营业期限', `${longDate(one.established)}至长期`)}${pair('经营范围', one.scope)}</div>
  <div class="registrar">登记机关<br>${looseDate(one.established)}</div>${seal('right:110px;bottom:55px')}`;
}

function plain(one: Licence): string {
  const row = (label: string, value: string) =>
    `<div style="margin-bottom:15px;line-height:1.5">${label}：${value}</div>`;
  return `<h1>营业执照</h1><div class="code">统一社会信用代码：${one.code}</div>
  ${row('名称', one.name)}${row('类型', one.type)}${row('法定代表人', one.legalRep)}${row('住所', one.address)}${row('注册资本', one.capital)}
  ${row('成立日期', longDate(one.established))}${row('经营范围', one.scope)}${seal('right:60px;bottom:40px')}`;
}

/** Layouts: `standard` as issued, `loose` with other places and gaps, `copied` without colour. */
export function drawIdFront(one: IdCard, { font, layout }: Look): Drawn {
  const [year, month, date] = one.born.split('-').map(Number);
  const loose = layout === 'loose';
  const [left, gap, top] = loose ? [84, 76, 92] : [64, 82, 72];
  const at = (row: number) => `left:${left}px;top:${top + row * gap}px`;
  const html = `<div class="line" style="${at(0)};${loose ? '' : 'font-size:36px'}"><b>姓名</b>${one.name}</div>
  <div class="line" style="${at(1)}"><b>性别</b>${one.sex}<u style="margin-left:56px">民族</u>${one.nation}</div>
  <div class="line" style="${at(2)}"><b>出生</b>${year}<u>年</u>${month}<u>月</u>${date}<u>日</u></div>
  <div class="line" style="${at(3)}"><b>住址</b></div><div class="line home" style="left:${left + 88}px;top:${top + 3 * gap - 4}px">${one.address}</div>
  <div class="face"></div><div class="line number" style="left:${left}px;bottom:${loose ? 60 : 52}px"><b>公民身份号码</b>${loose ? '' : '&nbsp;&nbsp;'}${one.number}</div>`;
  return front(one, card({ font }, `id${layout === 'copied' ? ' gray' : ''}`, html));
}

export function drawIdBack(one: IdCard, { font, layout }: Look): Drawn {
  const loose = layout === 'loose';
  const [left, low] = loose ? [220, 96] : [280, 84];
  const html = `<div class="emblem"></div><h1 style="top:80px;font-size:52px;font-family:${font}">中华人民共和国</h1><h1 style="top:172px;font-size:64px;font-family:${font}">居民身份证</h1>
  <div class="line" style="left:${left}px;bottom:${low + 70}px"><b>签发机关</b>${one.authority}</div>
  <div class="line" style="left:${left}px;bottom:${low}px"><b>有效期限</b>${validity(one)}</div>`;
  return back(one, card({ font }, `id${layout === 'copied' ? ' gray' : ''}`, html));
}
