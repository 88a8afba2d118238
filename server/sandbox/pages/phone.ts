import type { Exchange } from '../exchange.ts';
import { type Html, html, time } from './html.ts';
import type { Speech } from './words.ts';

/** Short messages and mails, a thread for each number or address. */
export function phone(exchange: Exchange, speech: Speech): Html {
  const { say } = speech;
  const threads = new Map<string, typeof exchange.world.state.messages>();
  for (const message of exchange.world.state.messages.toReversed())
    threads.set(message.to, [...(threads.get(message.to) ?? []), message]);
  return html`<div><h1>${say('手机收到的短信')}</h1><p class="lead">${say('每个号码一栏，最新的在上面。邮件也在这里。')}</p></div>
${threads.size === 0 && html`<section class="panel"><p class="empty">${say('还没有短信。')}</p></section>`}
<div class="grid">${[...threads].map(
    ([to, messages]) =>
      html`<section class="panel"><h2 class="num">${to || say('没有号码')}</h2><ol class="thread">${messages
        .slice(0, 20)
        .map(
          (message) =>
            html`<li>${message.text}<time>${time(message.at, speech)}${message.by === 'email' && ` · ${say('邮件')}`}</time></li>`,
        )}</ol></section>`,
  )}</div>`;
}
