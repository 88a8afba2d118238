import { invalid } from '../../fault.ts';
import { countDeskNotices } from '../../use-cases/desk-notices.ts';
import { countUnread, listMessages, markAll, markMessages } from '../../use-cases/messages.ts';
import { bodyOf, type Call, numberOf, optionalText, personOf, queryPage, queryText } from '../request.ts';
import type { Route } from '../route.ts';
import { streamInbox } from '../stream.ts';

/** What a page shows; a request for more is none of ours. */
const MOST_KEYS = 100;
const LONGEST_KEY = 120;

export function keysOf(call: Call): readonly string[] {
  const { keys } = bodyOf(call);
  const isList = Array.isArray(keys) && keys.length <= MOST_KEYS;
  if (!isList || !keys.every((key) => typeof key === 'string' && key.length <= LONGEST_KEY))
    throw invalid(`keys 应为最多 ${MOST_KEYS} 项文字`, `keys has to be a list of at most ${MOST_KEYS} texts`);
  return keys as readonly string[];
}

/** 我的消息: what the hall has told a person about their own cases. */
export const messageRoutes: readonly Route[] = [
  {
    method: 'get',
    path: '/api/messages',
    access: { kind: 'person' },
    handle: async (context, call) =>
      listMessages(
        context,
        personOf(call),
        { case: queryText(call, 'case'), unread: queryText(call, 'view') === 'unread' },
        queryPage(call),
      ),
  },
  {
    method: 'post',
    path: '/api/messages/marks',
    access: { kind: 'person' },
    async handle(context, call) {
      const { read } = bodyOf(call);
      if (typeof read !== 'boolean') throw invalid('read 应为 true 或 false', 'read has to be true or false');
      return { unread: await markMessages(context, personOf(call), keysOf(call), read) };
    },
  },
  {
    method: 'post',
    path: '/api/messages/read',
    access: { kind: 'person' },
    async handle(context, call) {
      const body = bodyOf(call);
      const only = optionalText(body, 'case', LONGEST_KEY) ?? '';
      return { unread: await markAll(context, personOf(call), numberOf(body, 'until'), only) };
    },
  },
  {
    method: 'get',
    path: '/api/messages/stream',
    access: { kind: 'person' },
    handle: async (context, call) =>
      streamInbox(context, call, async () => ({
        unread: await countUnread(context, personOf(call)),
        desk: await countDeskNotices(context, personOf(call)),
      })),
  },
];
