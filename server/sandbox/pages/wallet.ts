import type { Exchange } from '../exchange.ts';
import type { Order } from '../state.ts';
import { caseNumber, type Html, html, money, time } from './html.ts';

export function wallet(exchange: Exchange): Html {
  const orders = exchange.world.state.orders.toReversed();
  return html`<div><h1>手机钱包</h1><p class="lead">扫付款二维码等于打开这里的一个订单。</p></div>
<section class="panel">${
    orders.length === 0
      ? html`<p class="empty">还没有订单。</p>`
      : html`<div class="scroll" tabindex="0" role="region" aria-label="表格"><table class="cards"><thead><tr><th>时间</th><th>订单</th><th class="r">金额</th><th>业务单</th><th>状态</th><th></th></tr></thead><tbody>${orders.map(
          (order) =>
            html`<tr><td class="num" data-th="时间">${time(order.at)}</td><td data-th="订单">${order.number}</td><td class="r num" data-th="金额">${money(order.amount)}</td><td data-th="业务单">${caseNumber(order.caseNumber)}</td><td data-th="状态">${status(order)}</td><td><a href="/sandbox/wallet/${order.number}">打开</a></td></tr>`,
        )}</tbody></table></div>`
  }</section>`;
}

const providers: { readonly [provider: string]: string } = { wechat: '微信支付', alipay: '支付宝' };

/** What the payer's phone shows after scanning. */
export function payPage(order: Order): Html {
  const action = (name: string, title: string, primary = false, extra: Html | null = null) =>
    html`<form method="post" action="/sandbox/wallet/${order.number}"><input type="hidden" name="do" value="${name}">${extra}<button${primary && html` class="primary"`}>${title}</button></form>`;
  return html`<section class="panel"><h1>${providers[order.provider] ?? '付款'}</h1><p class="muted">${order.description || '商户收款'}</p><p class="sum num">${money(order.amount)}</p><p>${status(order)}</p>
<dl><dt>订单</dt><dd>${order.number}</dd><dt>业务单</dt><dd>${caseNumber(order.caseNumber)}</dd>${order.payments.map((one) => html`<dt>${one.refunded ? '已退回' : '已付'}</dt><dd>${money(one.amount)}，${time(one.at)}</dd>`)}</dl>
${order.status === 'open' && html`${action('pay', `支付 ${money(order.amount)}`, true)}${action('refuse', '放弃支付')}`}</section>
<details><summary>少见的情形</summary><div class="panel">${
    order.status === 'open'
      ? html`${action('duplicate', '支付，通知发两遍')}${action('other', '少付 1 分')}${action('quiet', '支付，但通知没有发出')}`
      : html`${action('again', order.payments.length > 0 ? '再付一次' : '关闭以后仍然付款')}${order.payments.length > 0 && action('repeat', '把通知再发一遍')}`
  }</div></details>`;
}

function status(order: Order): Html {
  const refunded = order.payments.length > 0 && order.payments.every((one) => one.refunded);
  if (refunded) return html`<span class="tag">已退款</span>`;
  if (order.status === 'paid') return html`<span class="tag ok">已支付</span>`;
  if (order.status === 'closed') return html`<span class="tag">已关闭</span>`;
  return html`<span class="tag warn">待支付${order.refused > 0 ? `，放弃过 ${order.refused} 次` : ''}</span>`;
}
