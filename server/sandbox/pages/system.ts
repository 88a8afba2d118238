import type { ConnectorDefinition } from '../../../engine/model/definition.ts';
import type { JsonObject } from '../../../engine/model/json.ts';
import { objectIn } from '../../json.ts';
import { type Exchange, manners } from '../exchange.ts';
import { sample } from '../sample.ts';
import type { Request } from '../state.ts';
import { mannerTitle } from './home.ts';
import { caseNumber, type Html, html, time } from './html.ts';
import type { Speech } from './words.ts';

/** One outside system, drawn from its contract: the next answers, what it tells unasked, what was asked. */
export function system(exchange: Exchange, contract: ConnectorDefinition, speech: Speech): Html {
  const { say } = speech;
  const requests = exchange.world.state.requests.filter((one) => one.connector === contract.id).toReversed();
  const open = requests.filter((one) => one.status === 'open');
  return html`<div class="head"><span class="tile" aria-hidden="true">${contract.tile}</span><h1>${contract.title}</h1></div>
${
  open.length > 0 &&
  html`<section class="panel"><h2>${say('还没有答复')}</h2><div class="scroll" tabindex="0" role="region" aria-label="${say('表格')}"><table><thead><tr><th>${say('业务单')}</th><th>${say('请求')}</th><th>${say('收到')}</th><th>${say('现在答复')}</th></tr></thead><tbody>${open.map(
    (one) =>
      html`<tr><td>${caseNumber(one.context.caseNumber)}</td><td>${operationTitle(contract, one)}</td><td class="num">${time(one.at, speech)}</td><td><div class="row">${Object.entries(
        contract.operations[one.operation]?.outcomes ?? {},
      ).map(
        ([outcome, is]) =>
          html`<form method="post" action="/sandbox/answer"><input type="hidden" name="id" value="${one.id}"><input type="hidden" name="outcome" value="${outcome}"><button>${is.title}</button></form>`,
      )}</div></td></tr>`,
  )}</tbody></table></div></section>`
}
${
  Object.keys(contract.operations).length > 0 &&
  html`<section class="panel"><h2>${say('下一次怎么答复')}</h2>${Object.entries(contract.operations).map(([id, operation]) => nextAnswer(exchange, contract, id, operation, speech))}</section>`
}
${(exchange.isPlayed(contract.id) ? Object.entries(contract.events) : []).map(([id, event]) => eventForm(exchange, contract, id, event, speech))}
<section class="panel"><h2>${say('收到的请求')}</h2>${
    requests.length === 0
      ? html`<p class="empty">${say('还没有请求。在大厅里办理到这一步时会出现在这里。')}</p>`
      : html`<div class="scroll" tabindex="0" role="region" aria-label="${say('表格')}"><table><thead><tr><th>${say('时间')}</th><th>${say('业务单')}</th><th>${say('请求')}</th><th>${say('内容')}</th><th>${say('答复')}</th></tr></thead><tbody>${requests
          .slice(0, 30)
          .map(
            (one) =>
              html`<tr><td class="num">${time(one.at, speech)}</td><td>${caseNumber(one.context.caseNumber)}</td><td>${operationTitle(contract, one)}</td><td>${values(one.input)}</td><td>${answerOf(contract, one, speech)}</td></tr>`,
          )}</tbody></table></div>`
  }</section>`;
}

function nextAnswer(
  exchange: Exchange,
  contract: ConnectorDefinition,
  id: string,
  operation: ConnectorDefinition['operations'][string],
  speech: Speech,
): Html {
  const { say } = speech;
  const name = `${contract.id}.${id}`;
  const choice = exchange.world.state.choices[name];
  return html`<div><div class="head"><h3>${operation.title}</h3>${
    choice &&
    html`<span class="tag warn">${mannerTitle(choice.manner, speech)}${choice.outcome ? ` · ${operation.outcomes[choice.outcome]?.title ?? choice.outcome}` : ''} · ${choice.left === null ? say('直到改回') : say('还有 {n} 次', { n: choice.left })}</span><form method="post" action="/sandbox/next"><input type="hidden" name="operation" value="${name}"><input type="hidden" name="clear" value="yes"><button class="link">${say('改回默认')}</button></form>`
  }</div>
<form class="row" method="post" action="/sandbox/next"><input type="hidden" name="operation" value="${name}">
<label>${say('方式')}<select name="manner">${manners.map((manner) => html`<option value="${manner}">${mannerTitle(manner, speech)}</option>`)}</select></label>
<label>${say('结果')}<select name="outcome"><option value="">${say('照常')}</option>${Object.entries(operation.outcomes).map(([outcome, is]) => html`<option value="${outcome}">${is.title}</option>`)}</select></label>
<label>${say('次数')}<select name="left"><option value="1">${say('{n} 次', { n: 1 })}</option><option value="2">${say('{n} 次', { n: 2 })}</option><option value="3">${say('{n} 次', { n: 3 })}</option><option value="">${say('直到改回')}</option></select></label>
<label>${say('晚几秒')}<input type="number" name="seconds" value="5" min="0" max="3600"></label><button>${say('定下')}</button></form></div>`;
}

function eventForm(
  exchange: Exchange,
  contract: ConnectorDefinition,
  id: string,
  event: ConnectorDefinition['events'][string],
  speech: Speech,
): Html {
  const { say } = speech;
  const properties = objectIn(event.data.properties);
  const required = Array.isArray(event.data.required) ? event.data.required : [];
  // A payment platform knows a case by its number only.
  const met = exchange.world.state.requests.filter(({ context }) => context.caseId !== '');
  const cases = new Map(met.map(({ context }) => [context.caseId, context.caseNumber]));
  return html`<section class="panel"><h2>${say('主动告诉：{event}', { event: event.title })}</h2>${
    cases.size === 0
      ? html`<p class="empty">${say('还没有业务单和外部世界打过交道。')}</p>`
      : html`<form class="row" method="post" action="/sandbox/event"><input type="hidden" name="connector" value="${contract.id}"><input type="hidden" name="event" value="${id}">
<label>${say('业务单')}<select name="caseId">${[...cases].toReversed().map(([caseId, number]) => html`<option value="${caseId}">${number}</option>`)}</select></label>
${Object.entries(properties)
  .filter(([field]) => field !== event.id)
  .map(([field, schema]) => input(field, objectIn(schema), required.includes(field), speech))}
<label>${say('次数')}<select name="times"><option value="1">${say('1 遍')}</option><option value="2">${say('2 遍（重复的消息）')}</option></select></label><button>${say('发出')}</button></form>`
  }</section>`;
}

function input(field: string, schema: JsonObject, required: boolean, { say }: Speech): Html {
  const title = typeof schema.title === 'string' ? schema.title : field;
  if (Array.isArray(schema.enum)) {
    const labels = objectIn(schema['x-labels']);
    return html`<label>${title}<select name="data.${field}">${!required && html`<option value="">${say('不填')}</option>`}${schema.enum.map((value) => html`<option value="${String(value)}">${String(labels[String(value)] ?? value)}</option>`)}</select></label>`;
  }
  const number = schema.type === 'integer' || schema.type === 'number';
  const value = required ? String(sample(field, schema) ?? '') : '';
  return html`<label>${title}<input name="data.${field}" type="${number ? 'number' : 'text'}" value="${value}"${required && html` required`}></label>`;
}

function operationTitle(contract: ConnectorDefinition, request: Request): string {
  return contract.operations[request.operation]?.title ?? request.operation;
}

function answerOf(contract: ConnectorDefinition, request: Request, { say }: Speech): Html {
  if (request.status === 'open' || request.outcome === null)
    return html`<span class="tag warn">${say('还没有答复')}</span>`;
  const title = contract.operations[request.operation]?.outcomes[request.outcome]?.title ?? request.outcome;
  return html`<span class="tag">${title}</span> ${values(request.data)}`;
}

function values(data: JsonObject): Html {
  return html`<code>${Object.entries(data)
    .map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join('　')}</code>`;
}
