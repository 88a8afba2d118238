import type { Exchange } from '../exchange.ts';
import { caseNumber, type Html, html, money, time } from './html.ts';
import type { Speech } from './words.ts';

/** The applicant's organisation reads its statement: what was transferred, with which remark. */
export function bank(exchange: Exchange, speech: Speech): Html {
  const { say } = speech;
  const entries = exchange.world.state.statement.toReversed();
  return html`<div><h1>${say('单位的银行流水')}</h1><p class="lead">${say('申请单位的财务在这里看到打款和转账附言，把附言告诉经手的人。')}</p></div>
<section class="panel">${
    entries.length === 0
      ? html`<p class="empty">${say('还没有收到款项。')}</p>`
      : html`<div class="scroll" tabindex="0" role="region" aria-label="${say('表格')}"><table class="cards"><thead><tr><th>${say('时间')}</th><th>${say('转账附言')}</th><th class="r">${say('收入')}</th><th>${say('户名与账号')}</th><th>${say('业务单')}</th><th>${say('操作')}</th></tr></thead><tbody>${entries.map(
          (entry) =>
            html`<tr><td class="num" data-th="${say('时间')}">${time(entry.at, speech)}</td><td class="remark" data-th="${say('转账附言')}">${entry.remark || '—'}</td><td class="r num" data-th="${say('收入')}">${money(entry.amount, speech)}</td><td data-th="${say('户名与账号')}">${entry.holder || '—'}<br><span class="muted">${entry.bank} ${entry.account}</span></td><td data-th="${say('业务单')}">${caseNumber(entry.caseNumber)}</td><td>${
              entry.returned
                ? html`<span class="tag">${say('已退回')}</span>`
                : html`<form method="post" action="/sandbox/bounce"><input type="hidden" name="id" value="${entry.id}"><button>${say('退回这笔款')}</button></form>`
            }</td></tr>`,
        )}</tbody></table></div>`
  }</section>`;
}
