import type { Locale, Said } from '../../engine/errors/index.ts';

/** What a report says of a row that was not done. */
const texts = {
  gone: { zh: '这件业务单已经不在了，或您不能再查看', en: 'The case is not there any more, or you may not see it' },
  letterGone: { zh: '这个请求已经不在了', en: 'The request is not there any more' },
  letterDecided: { zh: '这个请求已经处理过', en: 'The request was decided already' },
  nothingAsked: { zh: '现在没有等待中的请求', en: 'No request is waiting now' },
  notClaimed: { zh: '这项任务已经不在别人手里', en: 'Nobody has claimed this task any more' },
  ownAlready: { zh: '任务本来就在这个人手里', en: 'The person has it already' },
  backOnly: { zh: '已退回队列，没有转交：{reason}', en: 'Back in the queue, not handed on: {reason}' },
  cannotTake: { zh: '这个人不能办理这件业务单', en: 'the person cannot take this case' },
} as const satisfies { readonly [code: string]: Said };

export function say(
  code: keyof typeof texts,
  locale: Locale,
  params: { readonly [name: string]: string } = {},
): string {
  return texts[code][locale === 'en' ? 'en' : 'zh'].replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? '');
}
