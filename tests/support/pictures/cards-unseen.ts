import { back, card, front, longDate, seal, validity } from './card-parts.ts';
import type { Drawn, Look } from './cards.ts';
import type { IdCard, Licence } from './people.ts';

/**
 * Layouts that the rules for reading are never tuned on: nobody looks at what was read wrong on them. When somebody has to, they become a
 * part that rules are tuned on, as those of `cards-third.ts` and `cards-fourth.ts` did, and others are drawn here.
 */
export const unseenStyle = `
  .facing { width: 1340px; height: 920px; padding: 70px 76px; border: 12px solid #c2a86a; border-radius: 6px; background: #fdf9ec; font-size: 24px; }
  .facing h1 { font-size: 60px; text-align: center; letter-spacing: .6em; text-indent: .6em; margin: 16px 0 46px; }
  .facing .code { position: absolute; left: 78px; top: 60px; font-size: 22px; line-height: 1.5; }
  .facing .columns { display: grid; grid-template-columns: 1fr 1fr; gap: 0 48px; } .facing .columns p { display: flex; gap: 16px; line-height: 1.6; margin-bottom: 12px; }
  .facing b { flex: none; width: 5.6em; white-space: nowrap; font-weight: 400; color: #7a2f24; }
  .notice { width: 960px; height: 1280px; padding: 90px 84px; border: 3px double #555; background: #fff; font-size: 24px; }
  .notice h1 { font-size: 52px; text-align: center; letter-spacing: .5em; text-indent: .5em; margin-bottom: 20px; } .notice .sub { text-align: center; font-size: 22px; margin-bottom: 42px; }
  .notice p { display: flex; gap: 10px; line-height: 1.55; margin-bottom: 14px; } .notice b { flex: none; white-space: nowrap; font-weight: 600; }
  .broad { width: 1020px; height: 644px; border-radius: 28px; border: 2px solid #b8a9c0; background: linear-gradient(140deg, #f2ecf4, #eef4f2 70%); }
  .broad div { position: absolute; white-space: nowrap; font-size: 32px; } .broad i { font-style: normal; font-size: 28px; color: #2d5f8a; margin-right: 22px; }
  .broad .home { white-space: normal; width: 442px; line-height: 1.42; font-size: 32px; }
  .broad .face { position: absolute; right: 60px; top: 80px; width: 236px; height: 320px; background: #c6ccd4; border-radius: 8px; }
  .copyist { width: 1000px; height: 630px; border-radius: 20px; border: 2px solid #777; background: #ededed; color: #1a1a1a; }
  .copyist div { position: absolute; white-space: nowrap; font-size: 31px; } .copyist i { font-style: normal; font-size: 31px; letter-spacing: .5em; margin-right: 10px; }
  .copyist .home { white-space: normal; width: 400px; line-height: 1.46; }
  .copyist .face { position: absolute; right: 64px; top: 70px; width: 230px; height: 300px; background: #bbb; }
  .broad .emblem, .copyist .emblem { left: 64px; top: 72px; width: 176px; height: 176px; border-radius: 50%; background: radial-gradient(#d8b045 30%, #a92a22 32%); }
`;

/** Layouts: `facing` (two columns of one width, the code at the top left), `notice` (lines with a colon, one below the other). */
export function drawUnseenLicence(one: Licence, { font, layout }: Look): Drawn {
  const { scope: _, ...expected } = one;
  const html = layout === 'facing' ? facing(one) : notice(one);
  return {
    kind: 'businessLicense',
    expected,
    html: card({ font }, layout, html),
  };
}

const pair = (label: string, value: string) => `<p><b>${label}</b><span>${value}</span></p>`;

function facing(one: Licence): string {
  return `<div class="code">统一社会信用代码<br>${one.code}</div><h1>营业执照</h1>
  <div class="columns"><div>${pair('名　　称', one.name)}${pair('主体类型', one.type)}${pair('法定代表人', one.legalRep)}${pair('注册资本', one.capital)}</div>
  <div>${pair('成立日期', longDate(one.established))}${pair('营业期限', '长期')}${pair('住　　所', one.address)}${pair('经营范围', one.scope)}</div></div>
  <div class="registrar">登记机关<br>${longDate(one.established)}</div>${seal('right:105px;bottom:48px')}`;
}

function notice(one: Licence): string {
  return `<h1>营业执照</h1><div class="sub">（副本）</div>${pair('统一社会信用代码：', one.code)}${pair('企业名称：', one.name)}${pair('法定代表人：', one.legalRep)}${pair('类型：', one.type)}
  ${pair('成立日期：', longDate(one.established))}${pair('注册资本：', one.capital)}${pair('营业期限：', `自${longDate(one.established)}至长期`)}${pair('住所：', one.address)}${pair('经营范围：', one.scope)}
  <div class="registrar">登记机关<br>${longDate(one.established)}</div>${seal('right:100px;bottom:50px')}`;
}

/** Layouts: `broad` (large print, a broad address), `copyist` (labels spaced as wide as values, no colour). */
export function drawUnseenIdFront(one: IdCard, { font, layout }: Look): Drawn {
  const [year, month, day] = one.born.split('-').map(Number);
  const [left, top, gap, home] = layout === 'broad' ? [62, 70, 80, 98] : [76, 58, 76, 112];
  const at = (row: number) => `left:${left}px;top:${top + row * gap}px`;
  const html = `<div style="${at(0)}"><i>姓名</i>${one.name}</div><div style="${at(1)}"><i>性别</i>${one.sex}<i style="margin-left:52px">民族</i>${one.nation}</div>
  <div style="${at(2)}"><i>出生</i>${year}年${month}月${day}日</div><div style="${at(3)}"><i>住址</i></div><div class="home" style="left:${left + home}px;top:${top + 3 * gap - 3}px">${one.address}</div>
  <div style="left:${left}px;bottom:50px;font-size:36px;letter-spacing:.08em"><i style="letter-spacing:0">公民身份号码</i>${one.number}</div>`;
  return front(one, card({ font }, layout, `${html}<span class="face"></span>`));
}

export function drawUnseenIdBack(one: IdCard, { font, layout }: Look): Drawn {
  const [left, low] = layout === 'broad' ? [260, 88] : [200, 76];
  const html = `<div class="emblem"></div><div style="left:310px;top:70px;font-size:48px;letter-spacing:.16em">中华人民共和国</div>
  <div style="left:346px;top:156px;font-size:58px;letter-spacing:.3em">居民身份证</div>
  <div style="left:${left}px;bottom:${low + 68}px"><i style="letter-spacing:0">签发机关</i>${one.authority}</div>
  <div style="left:${left}px;bottom:${low}px"><i style="letter-spacing:0">有效期限</i>${validity(one)}</div>`;
  return back(one, card({ font }, layout, html));
}
