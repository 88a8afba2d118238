import { type Judge, nearest } from '../expressions/index.ts';

/**
 * Enum literals: a text that is compared with an enum, or stands where one is wanted, is one of its values. CEL alone would
 * never find the misspelt one equal, and nobody would know why.
 */
export const literals: Judge = {
  code: 'expression-literal',
  literal(text, values) {
    if (values.includes(text)) return null;
    const near = nearest(text, values);
    return { params: { value: text, known: values.join('、') }, ...(near === null ? {} : { proposal: `'${near}'` }) };
  },
};
