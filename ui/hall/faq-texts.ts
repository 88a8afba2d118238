import { dictionary } from '../app/texts/dictionary.ts';

/** What the page of questions says. */
export const say = dictionary(
  {
    'faq.title': '常见问题',
    'faq.none': '还没有整理好的问题，请致电客服。',
  },
  {
    'faq.title': 'Questions and answers',
    'faq.none': 'Nothing here yet; please call the hotline.',
  },
);
