import type { ConnectorDefinition } from '../../../engine/model/definition.ts';
import type { JsonObject } from '../../../engine/model/json.ts';
import { objectIn } from '../../json.ts';
import { type Exchange, manners } from '../exchange.ts';
import { sample } from '../sample.ts';
import type { Request } from '../state.ts';
import { mannerTitle } from './home.ts';
import { caseNumber, type Html, html, time } from './html.ts';

/** One outside system, drawn from its contract: the next answers, what it tells unasked, what was asked. */
export function system(exchange: Exchange, contract: ConnectorDefinition): Html {
  const requests = exchange.world.state.requests.filter((one) => one.connector === contract.id).toReversed();
  const open = requests.filter((one) => one.status === 'open');
  return html`<div class="head"><span class="tile" aria-hidden="true">${contract.tile}</span><h1>${contract.title}</h1></div>
${
  open.length > 0 &&
  html`<section class="panel"><h2>还没有答复</h2><div class="scroll" tabindex="0" role="region" aria-label="表格"><table><thead><tr><th>业务单</th><th>请求</th><th>收到</th><th>现在答复</th></tr></thead><tbody>${open.map(
    (one) =>
      html`<tr><td>${caseNumber(one.context.caseNumber)}</td><td>${operationTitle(contract, one)}</td><td class="num">${time(one.at)}</td><td><div class="row">${Object.entries(
        contract.operations[one.operation]?.outcomes ?? {},
      ).map(
        ([outcome, is]) =>
          html`<form method="post" action="/sandbox/answer"><input type="hidden" name="id" value="${one.id}"><input type="hidden" name="outcome" value="${outcome}"><button>${is.title}</button></form>`,
      )}</div></td></tr>`,
  )}</tbody></table></div></section>`
}
${
  Object.keys(contract.operations).length > 0 &&
  html`<section class="panel"><h2>下一次怎么答复</h2>${Object.entries(contract.operations).map(([id, operation]) => nextAnswer(exchange, contract, id, operation))}</section>`
}
${Object.entries(contract.events).map(([id, event]) => eventForm(exchange, contract, id, event))}
<section class="panel"><h2>收到的请求</h2>${
    requests.length === 0
      ? html`<p class="empty">还没有请求。在大厅里办理到这一步时会出现在这里。</p>`
      : html`<div class="scroll" tabindex="0" role="region" aria-label="表格"><table><thead><tr><th>时间</th><th>业务单</th><th>请求</th><th>内容</th><th>答复</th></tr></thead><tbody>${requests
          .slice(0, 30)
          .map(
            (one) =>
              html`<tr><td class="num">${time(one.at)}</td><td>${caseNumber(one.context.caseNumber)}</td><td>${operationTitle(contract, one)}</td><td>${values(one.input)}</td><td>${answerOf(contract, one)}</td></tr>`,
          )}</tbody></table></div>`
  }</section>`;
}

function nextAnswer(
  exchange: Exchange,
  contract: ConnectorDefinition,
  id: string,
  operation: ConnectorDefinition['operations'][string],
): Html {
  const name = `${contract.id}.${id}`;
  const choice = exchange.world.state.choices[name];
  return html`<div><div class="head"><h3>${operation.title}</h3>${
    choice &&
    html`<span class="tag warn">${mannerTitle(choice.manner)}${choice.outcome ? ` · ${operation.outcomes[choice.outcome]?.title ?? choice.outcome}` : ''} · ${choice.left === null ? '直到改回' : `还有 ${choice.left} 次`}</span><form method="post" action="/sandbox/next"><input type="hidden" name="operation" value="${name}"><input type="hidden" name="clear" value="yes"><button class="link">改回默认</button></form>`
  }</div>
<form class="row" method="post" action="/sandbox/next"><input type="hidden" name="operation" value="${name}">
<label>方式<select name="manner">${manners.map((manner) => html`<option value="${manner}">${mannerTitle(manner)}</option>`)}</select></label>
<label>结果<select name="outcome"><option value="">照常</option>${Object.entries(operation.outcomes).map(([outcome, is]) => html`<option value="${outcome}">${is.title}</option>`)}</select></label>
<label>次数<select name="left"><option value="1">1 次</option><option value="2">2 次</option><option value="3">3 次</option><option value="">直到改回</option></select></label>
<label>晚几秒<input type="number" name="seconds" value="5" min="0" max="3600"></label><button>定下</button></form></div>`;
}

function eventForm(
  exchange: Exchange,
  contract: ConnectorDefinition,
  id: string,
  event: ConnectorDefinition['events'][string],
): Html {
  const properties = objectIn(event.data.properties);
  const required = Array.isArray(event.data.required) ? event.data.required : [];
  const cases = new Map(exchange.world.state.requests.map((one) => [one.context.caseId, one.context.caseNumber]));
  return html`<section class="panel"><h2>主动告诉：${event.title}</h2>${
    cases.size === 0
      ? html`<p class="empty">还没有业务单和外部世界打过交道。</p>`
      : html`<form class="row" method="post" action="/sandbox/event"><input type="hidden" name="connector" value="${contract.id}"><input type="hidden" name="event" value="${id}">
<label>业务单<select name="caseId">${[...cases].toReversed().map(([caseId, number]) => html`<option value="${caseId}">${number}</option>`)}</select></label>
${Object.entries(properties)
  .filter(([field]) => field !== event.id)
  .map(([field, schema]) => input(field, objectIn(schema), required.includes(field)))}
<label>次数<select name="times"><option value="1">1 遍</option><option value="2">2 遍（重复的消息）</option></select></label><button>发出</button></form>`
  }</section>`;
}

function input(field: string, schema: JsonObject, required: boolean): Html {
  const title = typeof schema.title === 'string' ? schema.title : field;
  if (Array.isArray(schema.enum)) {
    const labels = objectIn(schema['x-labels']);
    return html`<label>${title}<select name="data.${field}">${!required && html`<option value="">不填</option>`}${schema.enum.map((value) => html`<option value="${String(value)}">${String(labels[String(value)] ?? value)}</option>`)}</select></label>`;
  }
  const number = schema.type === 'integer' || schema.type === 'number';
  const value = required ? String(sample(field, schema) ?? '') : '';
  return html`<label>${title}<input name="data.${field}" type="${number ? 'number' : 'text'}" value="${value}"${required && html` required`}></label>`;
}

function operationTitle(contract: ConnectorDefinition, request: Request): string {
  return contract.operations[request.operation]?.title ?? request.operation;
}

function answerOf(contract: ConnectorDefinition, request: Request): Html {
  if (request.status === 'open' || request.outcome === null) return html`<span class="tag warn">还没有答复</span>`;
  const title = contract.operations[request.operation]?.outcomes[request.outcome]?.title ?? request.outcome;
  return html`<span class="tag">${title}</span> ${values(request.data)}`;
}

function values(data: JsonObject): Html {
  return html`<code>${Object.entries(data)
    .map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join('　')}</code>`;
}
