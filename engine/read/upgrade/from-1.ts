import type { Issue } from '../../model/issue.ts';
import { issueAt } from '../issue.ts';
import { entries, get, type Node, text } from '../tree.ts';
import type { Step } from './index.ts';
import type { Rewrite } from './rewrite.ts';

/**
 * Language 2 says in one word how somebody is told and who: `{ sms: agent.mobile, text }`, `{ desk: finance, text }`,
 * `{ page: true, text }`. Language 1 said `by` and `to`, words that mean a role and a movement everywhere else; `to` was
 * an expression or `role.x` (which a form called `role` would have been, too), and nothing at all for a page.
 */
export const from1: Step = (kind, file) => {
  const rewrites: Rewrite[] = [];
  const stuck: Issue[] = [];
  if (kind === 'workflow' || kind === 'fragment')
    for (const [id, notice] of entries(get(file, 'notices')))
      rewriteNotice(notice.value, ['notices', id], rewrites, stuck);
  if (kind === 'project')
    for (const [name, change] of entries(get(file, 'changes'))) rewriteChange(change.value, name, rewrites, stuck);
  return { rewrites, stuck };
};

const channels: ReadonlySet<string> = new Set(['sms', 'email', 'page', 'desk']);

function rewriteNotice(notice: Node, path: readonly string[], rewrites: Rewrite[], stuck: Issue[]): void {
  const by = get(notice, 'by');
  const to = get(notice, 'to');
  const channel = text(by) ?? '';
  const at = { path: path.join('.') };
  if (by === undefined) {
    // Whoever writes the newer words in an older file is told so, not that the older ones are missing.
    const newer = [...channels].some((each) => get(notice, each) !== undefined);
    if (notice.kind === 'map' && !newer)
      stuck.push(issueAt(notice.origin, 'missing-key', { key: 'by', where: path.at(-1) }, at));
    return;
  }
  if (!channels.has(channel)) {
    const params = { key: 'by', value: channel, allowed: [...channels].join('、') };
    stuck.push(issueAt(by.origin, 'not-one-of', params, at));
    return;
  }
  const told = text(to);
  if (told === undefined || channel === 'page') {
    // A page is that of the case: `to` meant nothing there.
    rewrites.push({ kind: 'rename', path: [...path, 'by'], to: channel });
    rewrites.push({ kind: 'replace', path: [...path, 'by'], by: true });
    if (to !== undefined) rewrites.push({ kind: 'drop', path: [...path, 'to'] });
    return;
  }
  const role = told.startsWith('role.');
  if (role !== (channel === 'desk')) {
    const rule = role ? `${channel} 发不到角色 ${told}，请写号码或地址的表达式` : `desk 只能写角色，不能写 ${told}`;
    stuck.push(issueAt(to!.origin, 'language-by-hand', { rule }, at));
    return;
  }
  rewrites.push({ kind: 'drop', path: [...path, 'by'] });
  rewrites.push({ kind: 'rename', path: [...path, 'to'], to: channel });
  if (role) rewrites.push({ kind: 'replace', path: [...path, 'to'], by: told.slice('role.'.length), skip: 5 });
}

/** A change that adds a notice holds one; one that sets half of a notice needs the other half, which is not in this file. */
function rewriteChange(change: Node, name: string, rewrites: Rewrite[], stuck: Issue[]): void {
  const added = text(get(change, 'add'));
  const is = get(change, 'is');
  if (added?.startsWith('notices.') === true && is !== undefined && get(change, 'on') === undefined)
    rewriteNotice(is, ['changes', name, 'is'], rewrites, stuck);
  const set = get(change, 'set');
  const half = /^notices\.(\w+)\.(?:to|by)$/.exec(text(set) ?? '');
  if (half !== null)
    stuck.push(
      issueAt(set!.origin, 'language-by-hand', {
        rule: {
          zh: `${half[0]} 请改写成 notices.${half[1]}.sms 等（通知的渠道）`,
          en: `write ${half[0]} as notices.${half[1]}.sms or another channel`,
        },
      }),
    );
}
