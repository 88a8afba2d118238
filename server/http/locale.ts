import type { Request } from 'express';
import type { Locale } from '../../engine/errors/index.ts';

/** The language that the page asks for: the hall's pages name the one that was chosen there. Chinese unless English comes first. */
export function localeOf(request: Request): Locale {
  return request.acceptsLanguages('zh', 'en') === 'en' ? 'en' : 'zh-CN';
}
