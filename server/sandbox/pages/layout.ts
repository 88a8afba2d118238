import { type Html, html, time } from './html.ts';
import type { Speech, Words } from './words.ts';

export interface Page {
  readonly title: string;
  /** Path below /sandbox of the menu entry that is current. */
  readonly at: string;
  readonly now: number;
  readonly body: Html;
  /** A page as on a phone: no menu. */
  readonly bare?: boolean;
  /** Shows new things by itself. */
  readonly live?: boolean;
}

const menu: readonly { readonly to: string; readonly title: Words }[] = [
  { to: '', title: '总览' },
  { to: '/bank', title: '单位的银行流水' },
  { to: '/phone', title: '手机收到的短信' },
  { to: '/wallet', title: '手机钱包' },
  { to: '/portals', title: '外部门户' },
  { to: '/samples', title: '样张' },
];

export function layout(page: Page, speech: Speech): string {
  const { say } = speech;
  const other = speech.locale === 'en' ? 'zh-CN' : 'en';
  const live = page.live ? html` data-live` : null;
  return `<!doctype html>${
    html`<html lang="${speech.locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${page.title} · ${say('沙盒')}</title><link rel="stylesheet" href="/sandbox/assets/sandbox.css"><script src="/sandbox/assets/sandbox.js" defer></script></head>
<body class="${page.bare ? 'bare' : ''}"><a class="skip" href="#main">${say('跳到内容')}</a>
${
  page.bare
    ? null
    : html`<header class="top"><div><a class="brandmark" href="/sandbox"><b aria-hidden="true">沙</b>${say('沙盒')}</a><nav aria-label="${say('沙盒')}">${menu.map(
        (entry) =>
          html`<a href="/sandbox${entry.to}"${entry.to === page.at ? html` aria-current="page"` : null}>${say(entry.title)}</a>`,
      )}</nav><p class="clock"><span>${say('服务器时间')}</span> <span class="num">${time(page.now, speech)}</span></p><button class="link" type="button" data-locale="${other}" lang="${other}">${other === 'en' ? 'English' : '中文'}</button></div></header>`
}
<p class="banner">${say('这里是外部世界的替身：不动真钱，不发短信。正式环境没有这些页面。')}</p>
<main id="main"${live}>${page.body}</main></body></html>`.text
  }`;
}
