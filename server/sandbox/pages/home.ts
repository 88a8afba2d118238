import type { Exchange } from '../exchange.ts';
import type { Manner } from '../state.ts';
import { type Html, html, time } from './html.ts';
import type { Speech, Words } from './words.ts';

const spans: readonly (readonly [Words, number])[] = [
  ['10 分钟', 600_000],
  ['1 小时', 3_600_000],
  ['1 天', 86_400_000],
  ['7 天', 604_800_000],
  ['30 天', 2_592_000_000],
];

/** The outside systems, what they will answer next, and the clock. */
export function home(exchange: Exchange, speech: Speech): Html {
  const { say } = speech;
  const { state } = exchange.world;
  // One without operations stands for the server's own doing; nobody outside plays it.
  const systems = Object.values(exchange.contracts).filter((one) => Object.keys(one.operations).length > 0);
  const unheard = state.callbacks.filter((callback) => callback.refused !== null);
  return html`<div><h1>${say('外部世界')}</h1><p class="lead">${say('每个系统默认按约定办成。要看别的情形，进入一个系统，选好下一次怎么答复，再去大厅里办理。')}</p></div>
<section class="panel"><div class="head"><h2>${say('时间')}</h2></div><p>${say('服务器现在是')} <strong class="num">${time(exchange.now(), speech)}</strong>${say('。拨快以后，到期的事情会立刻发生；不能往回拨。')}</p>
<div class="row">${spans.map(
    ([title, ms]) =>
      html`<form method="post" action="/sandbox/clock"><input type="hidden" name="advance" value="${ms}"><button>${say('拨快 {span}', { span: say(title) })}</button></form>`,
  )}</div></section>
${
  unheard.length > 0 &&
  html`<section class="panel"><h2>${say('服务器没有接受的消息')}</h2><ul>${unheard.slice(-5).map((one) => html`<li><code>${one.connector}: ${one.refused ?? ''}</code></li>`)}</ul></section>`
}
<div class="grid">${systems.map((system) => {
    const chosen = Object.entries(state.choices).filter(([name]) => name.startsWith(`${system.id}.`));
    const last = state.requests.findLast((request) => request.connector === system.id);
    const open = state.requests.filter((one) => one.connector === system.id && one.status === 'open').length;
    return html`<section class="panel"><div class="head"><span class="tile" aria-hidden="true">${system.tile}</span><h2>${system.title}</h2>${open > 0 && html`<span class="tag warn">${say('{n} 个还没有答复', { n: open })}</span>`}</div>
<p class="small muted">${Object.values(system.operations)
      .map((operation) => operation.title)
      .join(speech.locale === 'en' ? ', ' : '、')}</p>
${chosen.map(([name, choice]) => {
  const operation = system.operations[name.slice(system.id.length + 1)];
  const outcome = choice.outcome === null ? null : (operation?.outcomes[choice.outcome]?.title ?? choice.outcome);
  return html`<p class="small"><span class="tag warn">${say('下一次')}</span> ${operation?.title ?? name} · ${mannerTitle(choice.manner, speech)}${outcome && ` · ${outcome}`}</p>`;
})}
<p class="small">${last ? say('最近一次 {what}，{when}', { what: system.operations[last.operation]?.title ?? last.operation, when: time(last.at, speech) }) : html`<span class="empty">${say('还没有请求')}</span>`}</p>
<p><a href="/sandbox/systems/${system.id}">${say('进入{system}', { system: system.title })}</a></p></section>`;
  })}</div>`;
}

const manners: { readonly [manner in Manner]: Words } = {
  answer: '马上答复',
  late: '晚些答复',
  silence: '一直不答复',
  duplicate: '答复两遍',
  unavailable: '连不上',
};

export function mannerTitle(manner: Manner, { say }: Speech): string {
  return say(manners[manner]);
}
