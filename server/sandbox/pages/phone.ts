import type { Exchange } from '../exchange.ts';
import { type Html, html, time } from './html.ts';

/** Short messages and mails, a thread for each number or address. */
export function phone(exchange: Exchange): Html {
  const threads = new Map<string, typeof exchange.world.state.messages>();
  for (const message of exchange.world.state.messages.toReversed())
    threads.set(message.to, [...(threads.get(message.to) ?? []), message]);
  return html`<div><h1>手机收到的短信</h1><p class="lead">每个号码一栏，最新的在上面。邮件也在这里。</p></div>
${threads.size === 0 && html`<section class="panel"><p class="empty">还没有短信。</p></section>`}
<div class="grid">${[...threads].map(
    ([to, messages]) =>
      html`<section class="panel"><h2 class="num">${to || '没有号码'}</h2><ol class="thread">${messages
        .slice(0, 20)
        .map(
          (message) =>
            html`<li>${message.text}<time>${time(message.at)}${message.by === 'email' ? ' · 邮件' : ''}</time></li>`,
        )}</ol></section>`,
  )}</div>`;
}
