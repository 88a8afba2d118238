import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import type { Exchange, SandboxPortal } from '../exchange.ts';
import { type Html, html } from './html.ts';
import type { Speech } from './words.ts';

/** Somebody who is logged in to a portal; invented, with a number that checks. */
const EXAMPLE = { user: 'portal-user-1', name: '示例经办人', company: '示例供应商', number: '91440300MA5DEMR12B' };

/** Portals of others: who is logged in there, and the menu entry that leads to the hall. */
export function portals(exchange: Exchange, { say }: Speech): Html {
  return html`<div><h1>${say('外部门户')}</h1><p class="lead">${say('扮演已在门户登录的人：点击进入，门户签发一个五分钟内有效、只能用一次的凭证，带您到网上营业厅。')}</p></div>
${exchange.portals.length === 0 && html`<section class="panel"><p class="empty">${say('内容里没有门户。')}</p></section>`}
${exchange.portals.map(
  (portal) =>
    html`<section class="panel"><h2>${portal.title}</h2><form method="post" action="/sandbox/portals/${portal.id}" class="stack">
<label>${say('用户编号')} <input name="user" value="${EXAMPLE.user}" maxlength="60" required></label>
<label>${say('姓名')} <input name="name" value="${EXAMPLE.name}" maxlength="40" required></label>
<label>${say('单位名称')} <input name="company" value="${EXAMPLE.company}" maxlength="100" required></label>
<label>${say('单位证件号码')} <input name="number" value="${EXAMPLE.number}" maxlength="40" required></label>
<label>${say('项目')} <select name="project">${portal.projects.map((id) => html`<option value="${id}">${id}</option>`)}</select></label>
<button>${say('点击进入')}</button></form></section>`,
)}`;
}

/** What the portal signs. @returns the token */
export function signJump(portal: SandboxPortal, given: { readonly [name: string]: string }): Promise<string> {
  const { user = '', name = '', company = '', number = '', project = '' } = given;
  return new SignJWT({ project, name, company: { name: company, number } })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer(portal.id)
    .setAudience('certflow-hall')
    .setSubject(user)
    .setJti(randomUUID())
    .setIssuedAt()
    .setExpirationTime('5m')
    .sign(Buffer.from(portal.key, 'hex'));
}
