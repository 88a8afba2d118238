import type { Exchange } from '../exchange.ts';
import type { Order } from '../state.ts';
import { caseNumber, type Html, html, money, time } from './html.ts';
import type { Speech, Words } from './words.ts';

export function wallet(exchange: Exchange, speech: Speech): Html {
  const { say } = speech;
  const orders = exchange.orders.toReversed();
  return html`<div><h1>${say('手机钱包')}</h1><p class="lead">${say('扫付款二维码等于打开这里的一个订单。')}</p></div>
<section class="panel">${
    orders.length === 0
      ? html`<p class="empty">${say('还没有订单。')}</p>`
      : html`<div class="scroll" tabindex="0" role="region" aria-label="${say('表格')}"><table class="cards"><thead><tr><th>${say('时间')}</th><th>${say('订单')}</th><th class="r">${say('金额')}</th><th>${say('业务单')}</th><th>${say('状态')}</th><th></th></tr></thead><tbody>${orders.map(
          (order) =>
            html`<tr><td class="num" data-th="${say('时间')}">${time(order.at, speech)}</td><td data-th="${say('订单')}">${order.number}</td><td class="r num" data-th="${say('金额')}">${money(order.amount, speech)}</td><td data-th="${say('业务单')}">${caseNumber(order.caseNumber)}</td><td data-th="${say('状态')}">${status(order, speech)}</td><td><a href="/sandbox/wallet/${order.number}">${say('打开')}</a></td></tr>`,
        )}</tbody></table></div>`
  }</section>`;
}

const providers: { readonly [provider: string]: Words } = { wechat: '微信支付', alipay: '支付宝' };

/** What the payer's phone shows after scanning. */
export function payPage(order: Order, speech: Speech): Html {
  const { say } = speech;
  const action = (name: string, title: string, primary = false, extra: Html | null = null) =>
    html`<form method="post" action="/sandbox/wallet/${order.number}"><input type="hidden" name="do" value="${name}">${extra}<button${primary && html` class="primary"`}>${title}</button></form>`;
  return html`<section class="panel"><h1>${say(providers[order.provider] ?? '付款')}</h1><p class="muted">${order.description || say('商户收款')}</p><p class="sum num">${money(order.amount, speech)}</p><p>${status(order, speech)}</p>
<dl><dt>${say('订单')}</dt><dd>${order.number}</dd><dt>${say('业务单')}</dt><dd>${caseNumber(order.caseNumber)}</dd>${order.payments.map((one) => html`<dt>${say(one.refunded ? '已退回' : '已付')}</dt><dd>${money(one.amount, speech)} · ${time(one.at, speech)}</dd>`)}</dl>
${order.status === 'open' && html`${action('pay', say('支付 {sum}', { sum: money(order.amount, speech) }), true)}${action('refuse', say('放弃支付'))}`}</section>
<details><summary>${say('少见的情形')}</summary><div class="panel">${
    order.status === 'open'
      ? html`${action('duplicate', say('支付，通知发两遍'))}${action('other', say('少付 1 分'))}${action('quiet', say('支付，但通知没有发出'))}`
      : html`${action('again', say(order.payments.length > 0 ? '再付一次' : '关闭以后仍然付款'))}${order.payments.length > 0 && action('repeat', say('把通知再发一遍'))}`
  }</div></details>`;
}

function status(order: Order, { say }: Speech): Html {
  const refunded = order.payments.length > 0 && order.payments.every((one) => one.refunded);
  if (refunded) return html`<span class="tag">${say('已退款')}</span>`;
  if (order.status === 'paid') return html`<span class="tag ok">${say('已支付')}</span>`;
  if (order.status === 'closed') return html`<span class="tag">${say('已关闭')}</span>`;
  return html`<span class="tag warn">${say('待支付')}${order.refused > 0 && say('，放弃过 {n} 次', { n: order.refused })}</span>`;
}
