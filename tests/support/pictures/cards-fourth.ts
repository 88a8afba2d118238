import { back, card, front, longDate, seal, validity } from './card-parts.ts';
import type { Drawn, Look } from './cards.ts';
import type { IdCard, Licence } from './people.ts';

/** Layouts that were held back until 2026-11-29, as those of `cards-third.ts`. */
export const fourthStyle = `
  .sheet { width: 1290px; height: 910px; padding: 62px 96px; border: 8px solid #7d6a35; outline: 1px solid #7d6a35; outline-offset: 8px; background: #fffefa; font-size: 23px; }
  .sheet h1 { font-size: 56px; text-align: center; letter-spacing: .8em; text-indent: .8em; margin: 10px 0 8px; }
  .sheet .code { text-align: center; font-size: 21px; margin-bottom: 46px; letter-spacing: .04em; }
  .sheet .row { display: flex; gap: 40px; margin-bottom: 16px; } .sheet .row > p { flex: 1; display: flex; gap: 22px; }
  .sheet b { flex: none; width: 6em; white-space: nowrap; font-weight: 600; color: #333; } .sheet span { flex: 1; border-bottom: 1px dotted #999; line-height: 1.55; }
  .ruled { width: 930px; height: 1290px; padding: 76px 66px; border: 2px solid #444; background: #fff; font-size: 23px; }
  .ruled h1 { font-size: 54px; text-align: center; letter-spacing: .35em; text-indent: .35em; margin-bottom: 40px; }
  .ruled table { width: 100%; border-collapse: collapse; } .ruled td { border: 1px solid #777; padding: 13px 16px; line-height: 1.5; vertical-align: top; }
  .ruled td:first-child { width: 230px; background: #f1efe6; }
  .stacked { width: 1016px; height: 640px; border-radius: 24px; border: 2px solid #b5aa98; background: linear-gradient(200deg, #f5f1e8, #e9eef2 70%); }
  .stacked div { position: absolute; white-space: nowrap; font-size: 33px; } .stacked i { font-style: normal; font-size: 24px; color: #55707f; margin-right: 20px; }
  .stacked .home { white-space: normal; width: 372px; line-height: 1.36; font-size: 30px; }
  .stacked .face { position: absolute; right: 58px; top: 96px; width: 232px; height: 300px; background: #c9cfd2; border: 6px solid #fff; }
  .digital { width: 1000px; height: 640px; border-radius: 12px; border: 1px solid #ccc; background: #fbfcfe; color: #111; }
  .digital div { position: absolute; white-space: nowrap; font-size: 30px; } .digital .label { color: #777; }
  .digital .home { white-space: normal; width: 470px; line-height: 1.45; }
  .digital .face { position: absolute; right: 48px; top: 60px; width: 220px; height: 286px; background: #dfe5ea; }
  .stacked .emblem, .digital .emblem { left: 70px; top: 66px; width: 160px; height: 160px; border-radius: 50%; background: radial-gradient(#d9a92e 18%, #b8231a 20%); }
`;

/** Layouts: `sheet` (whole lines and halves in turn, dotted lines below), `ruled` (a table, the code in its first row). */
export function drawFourthLicence(one: Licence, { font, layout }: Look): Drawn {
  const { scope: _, ...expected } = one;
  const html = layout === 'sheet' ? sheet(one) : ruled(one);
  return {
    kind: 'businessLicense',
    expected,
    html: card({ font }, layout, html),
  };
}

function sheet(one: Licence): string {
  const row = (...pairs: readonly (readonly [string, string])[]) =>
    `<div class="row">${pairs.map(([label, value]) => `<p><b>${label}</b><span>${value}</span></p>`).join('')}</div>`;
  return `<h1>营业执照</h1><div class="code">统一社会信用代码：${one.code}</div>
  ${row(['名　　称', one.name])}${row(['类　　型', one.type])}${row(['法定代表人', one.legalRep], ['成立日期', longDate(one.established)])}
  ${row(['注册资本', one.capital], ['营业期限', '长期'])}${row(['住　　所', one.address])}${row(['经营范围', one.scope])}
  <div class="registrar">登记机关<br>${longDate(one.established)}</div>${seal('right:105px;bottom:48px')}`;
}

function ruled(one: Licence): string {
  const row = (label: string, value: string) => `<tr><td>${label}</td><td>${value}</td></tr>`;
  return `<h1>营业执照</h1><table>${row('统一社会信用代码', one.code)}${row('企业名称', one.name)}${row('类型', one.type)}${row('法定代表人', one.legalRep)}
  ${row('注册资本', one.capital)}${row('成立日期', longDate(one.established))}${row('营业期限', `${longDate(one.established)}至无固定期限`)}${row('住所', one.address)}${row('经营范围', one.scope)}</table>
  <div class="registrar">登记机关<br>${longDate(one.established)}</div>${seal('right:100px;bottom:50px')}`;
}

/** Layouts: `stacked` (small labels, large values, the address in three narrow lines), `digital` (labels in a column, with a colon). */
export function drawFourthIdFront(one: IdCard, { font, layout }: Look): Drawn {
  const [year, month, day] = one.born.split('-').map(Number);
  const html =
    layout === 'stacked'
      ? stackedFront(one, `${year} 年 ${month} 月 ${day} 日`)
      : digitalFront(one, longDate(one.born));
  return front(one, card({ font }, layout, `${html}<span class="face"></span>`));
}

function stackedFront(one: IdCard, born: string): string {
  const at = (row: number) => `left:74px;top:${62 + row * 79}px`;
  return `<div style="${at(0)}"><i>姓 名</i>${one.name}</div><div style="${at(1)}"><i>性 别</i>${one.sex}<i style="margin-left:48px">民 族</i>${one.nation}</div>
  <div style="${at(2)}"><i>出 生</i>${born}</div><div style="${at(3)}"><i>住 址</i></div><div class="home" style="left:158px;top:${62 + 3 * 79}px">${one.address}</div>
  <div style="left:74px;bottom:44px;font-size:38px;letter-spacing:.07em"><i style="letter-spacing:0">公民身份号码</i>${one.number}</div>`;
}

function digitalFront(one: IdCard, born: string): string {
  const row = (number: number, label: string, value: string, left = 60) =>
    `<div class="label" style="left:${left}px;top:${56 + number * 72}px">${label}：</div><div style="left:${left + 108}px;top:${56 + number * 72}px">${value}</div>`;
  return `${row(0, '姓名', one.name)}${row(1, '性别', one.sex)}${row(1, '民族', one.nation, 290)}${row(2, '出生', born)}
  <div class="label" style="left:60px;top:272px">住址：</div><div class="home" style="left:168px;top:271px">${one.address}</div>
  <div class="label" style="left:60px;bottom:54px">公民身份号码：</div><div style="left:290px;bottom:54px;font-size:34px">${one.number}</div>`;
}

export function drawFourthIdBack(one: IdCard, { font, layout }: Look): Drawn {
  const [left, low, mark] = layout === 'stacked' ? [236, 78, ''] : [150, 104, '：'];
  const html = `<div class="emblem"></div><div style="left:310px;top:70px;font-size:48px;letter-spacing:.16em">中华人民共和国</div>
  <div style="left:346px;top:156px;font-size:58px;letter-spacing:.3em">居民身份证</div>
  <div style="left:${left}px;bottom:${low + 68}px"><i>签发机关${mark}</i>${one.authority}</div>
  <div style="left:${left}px;bottom:${low}px"><i>有效期限${mark}</i>${validity(one)}</div>`;
  return back(one, card({ font }, layout, html));
}
