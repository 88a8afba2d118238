import { back, card, front, seal, validity } from './card-parts.ts';
import type { Drawn, Look } from './cards.ts';
import type { IdCard, Licence } from './people.ts';

/** Layouts that were held back until 2026-11-29, when what was read wrong on them was looked at. */
export const thirdStyle = `
  .upright { width: 940px; height: 1310px; padding: 84px 80px; border: 18px ridge #b9975b; background: #fffdf6; font-size: 24px; }
  .upright h1 { font-size: 60px; font-weight: 600; text-align: center; letter-spacing: .7em; text-indent: .7em; margin: 96px 0 8px; }
  .upright .sub { text-align: center; font-size: 24px; margin-bottom: 44px; }
  .upright .top { position: absolute; right: 80px; top: 74px; font-size: 20px; line-height: 1.6; text-align: right; }
  .upright dl { display: grid; grid-template-columns: 7.2em 1fr; gap: 22px 20px; line-height: 1.5; }
  .upright dt { text-align: right; color: #4c4430; } .upright dt::after { content: "："; }
  .trader { width: 1300px; height: 900px; padding: 66px 80px; border: 10px solid #8d7a46; outline: 2px solid #8d7a46; outline-offset: -22px; background: #fefcf3; font-size: 23px; }
  .trader h1 { font-size: 58px; text-align: center; letter-spacing: .4em; text-indent: .4em; margin: 6px 0 50px; }
  .trader .code { position: absolute; right: 84px; top: 92px; font-size: 20px; line-height: 1.6; text-align: center; }
  .trader .qr { position: absolute; left: 84px; top: 70px; width: 104px; height: 104px; background: repeating-conic-gradient(#333 0 25%, #fff 0 50%) 0 0 / 16px 16px; }
  .trader .halves { display: grid; grid-template-columns: 1fr 1fr; gap: 0 56px; }
  .trader p { display: grid; grid-template-columns: 6em 1fr; gap: 18px; margin-bottom: 20px; line-height: 1.5; } .trader p b { font-weight: 600; }
  .left-registrar { position: absolute; left: 120px; bottom: 74px; font-size: 23px; line-height: 2; text-align: center; }
  .issued { width: 1012px; height: 638px; border-radius: 30px; border: 2px solid #a9b8b2; background: linear-gradient(160deg, #eef4f0, #f4eef0 55%, #e8eef6); }
  .issued div { position: absolute; white-space: nowrap; font-size: 31px; } .issued i { font-style: normal; font-size: 26px; color: #3b7a9c; letter-spacing: .35em; margin-right: 14px; }
  .issued .home { white-space: normal; width: 11.4em; line-height: 1.42; font-size: 31px; }
  .issued .face, .plainer .face { position: absolute; right: 70px; top: 70px; width: 250px; height: 330px; border-radius: 120px 120px 30px 30px; background: #b9c2c9; }
  .issued .number { font-size: 37px; letter-spacing: .14em; }
  .plainer { width: 1000px; height: 630px; border-radius: 26px; border: 3px solid #888; background: #f3f3f1; color: #222; }
  .plainer div { position: absolute; white-space: nowrap; font-size: 30px; font-weight: 600; } .plainer i { font-style: normal; font-weight: 400; font-size: 30px; margin-right: 30px; }
  .plainer .home { white-space: normal; width: 430px; line-height: 1.5; }
  .issued .emblem, .plainer .emblem { left: 60px; top: 60px; width: 170px; height: 170px; border-radius: 50%; background: radial-gradient(#c3271c 55%, #e0b84c 58%); }
`;

const date = (day: string, between = '') =>
  day.replace(/^(\d+)-0?(\d+)-0?(\d+)$/, `$1${between}年${between}$2${between}月${between}$3${between}日`);

/** Layouts: `upright` (one column, labels to the right, a number of the paper besides), `trader` (two halves, a sole trader's words). */
export function drawThirdLicence(one: Licence, { font, layout }: Look): Drawn {
  const { scope: _, capital, ...rest } = one;
  const html = layout === 'upright' ? upright(one) : trader(one);
  return {
    kind: 'businessLicense',
    expected: layout === 'upright' ? { ...rest, capital } : rest,
    html: card({ font }, layout, html),
  };
}

function upright(one: Licence): string {
  const pair = (label: string, value: string) => `<dt>${label}</dt><dd>${value}</dd>`;
  return `<div class="top">证照编号 A${one.code.slice(8, 16)}<br>统一社会信用代码 ${one.code}</div><h1>营业执照</h1><div class="sub">（副 本）1-1</div>
  <dl>${pair('名称', one.name)}${pair('主体类型', one.type)}${pair('住所', one.address)}${pair('法定代表人', one.legalRep)}${pair('注册资本', one.capital)}
  ${pair('成立日期', date(one.established))}${pair('营业期限', '长期')}${pair('经营范围', one.scope)}</dl>
  <div class="left-registrar">登记机关<br>${date(one.established, ' ')}</div>${seal('left:95px;bottom:52px')}`;
}

function trader(one: Licence): string {
  const pair = (label: string, value: string) => `<p><b>${label}</b><span>${value}</span></p>`;
  return `<div class="qr"></div><div class="code">统一社会信用代码<br>${one.code}</div><h1>营业执照</h1>
  <div class="halves"><div>${pair('名　　称', one.name)}${pair('类　　型', one.type)}${pair('经 营 者', one.legalRep)}${pair('经营范围', one.scope)}</div>
  <div>${pair('组成形式', '个人经营')}${pair('注册日期', date(one.established))}${pair('经营场所', one.address)}</div></div>
  <div class="registrar">登 记 机 关<br>${date(one.established)}</div>${seal('right:105px;bottom:48px')}`;
}

/** Layouts: `issued` (labels spaced, the address in narrow lines), `plainer` (labels and bold values of one size, no colour). */
export function drawThirdIdFront(one: IdCard, { font, layout }: Look): Drawn {
  const [year, month, day] = one.born.split('-').map(Number);
  const issued = layout === 'issued';
  const [left, gap, top] = issued ? [70, 70, 66] : [58, 74, 60];
  const at = (row: number) => `left:${left}px;top:${top + row * gap}px`;
  const html = `<div style="${at(0)}"><i>姓名</i>${one.name}</div>
  <div style="${at(1)}"><i>性别</i>${one.sex}<i style="margin-left:70px">民族</i>${one.nation}</div>
  <div style="${at(2)}"><i>出生</i>${year}<i style="margin:0 10px">年</i>${month}<i style="margin:0 10px">月</i>${day}<i style="margin:0 10px">日</i></div>
  <div style="${at(3)}"><i>住址</i></div><div class="home" style="left:${left + (issued ? 100 : 96)}px;top:${top + 3 * gap - (issued ? 4 : 3)}px">${one.address}</div>
  <span class="face"></span><div class="number" style="left:${left}px;bottom:${issued ? 56 : 48}px"><i style="letter-spacing:${issued ? '.1em' : 0}">公民身份号码</i>${one.number}</div>`;
  return front(one, card({ font }, layout, html));
}

export function drawThirdIdBack(one: IdCard, { font, layout }: Look): Drawn {
  const [left, low] = layout === 'issued' ? [250, 70] : [190, 90];
  const html = `<div class="emblem"></div><div style="left:300px;top:76px;font-size:50px;letter-spacing:.12em">中华人民共和国</div>
  <div style="left:330px;top:164px;font-size:62px;letter-spacing:.24em">居民身份证</div>
  <div style="left:${left}px;bottom:${low + 64}px"><i>签发机关</i>${one.authority}</div>
  <div style="left:${left}px;bottom:${low}px"><i>有效期限</i>${validity(one)}</div>`;
  return back(one, card({ font }, layout, html));
}
