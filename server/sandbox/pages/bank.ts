import type { Exchange } from '../exchange.ts';
import { caseNumber, type Html, html, money, time } from './html.ts';

/** The applicant's organisation reads its statement: what was transferred, with which remark. */
export function bank(exchange: Exchange): Html {
  const entries = exchange.world.state.statement.toReversed();
  return html`<div><h1>单位的银行流水</h1><p class="lead">申请单位的财务在这里看到打款和转账附言，把附言告诉经手的人。</p></div>
<section class="panel">${
    entries.length === 0
      ? html`<p class="empty">还没有收到款项。</p>`
      : html`<div class="scroll" tabindex="0" role="region" aria-label="表格"><table class="cards"><thead><tr><th>时间</th><th>转账附言</th><th class="r">收入</th><th>户名与账号</th><th>业务单</th><th>操作</th></tr></thead><tbody>${entries.map(
          (entry) =>
            html`<tr><td class="num" data-th="时间">${time(entry.at)}</td><td class="remark" data-th="转账附言">${entry.remark || '—'}</td><td class="r num" data-th="收入">${money(entry.amount)}</td><td data-th="户名与账号">${entry.holder || '—'}<br><span class="muted">${entry.bank} ${entry.account}</span></td><td data-th="业务单">${caseNumber(entry.caseNumber)}</td><td>${
              entry.returned
                ? html`<span class="tag">已退回</span>`
                : html`<form method="post" action="/sandbox/bounce"><input type="hidden" name="id" value="${entry.id}"><button>退回这笔款</button></form>`
            }</td></tr>`,
        )}</tbody></table></div>`
  }</section>`;
}
