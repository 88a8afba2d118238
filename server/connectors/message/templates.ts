/**
 * Gateways take no texts, only templates that the operator has approved, and what goes into their places. The text of a
 * notice is the workflow's; here it is found again among the approved ones, so that nothing else can be sent.
 */
export interface Template {
  /** The gateway's number of it. */
  readonly id: string;
  /** As it was approved, without the signature: `您好，您提交的${project}申请…` or `…{1}…`. */
  readonly text: string;
}

export interface Filled {
  readonly id: string;
  /** What stands between `【` and `】`. */
  readonly sign: string;
  /** Places in their order. */
  readonly values: readonly { readonly name: string; readonly value: string }[];
}

const placeOf = /\$?\{(\w+)\}/g;

interface Pattern {
  readonly template: Template;
  readonly words: readonly string[];
  readonly names: readonly string[];
}

/** @returns the template that has this text, or null */
export function createTemplates(templates: readonly Template[]): (text: string) => Filled | null {
  const patterns: Pattern[] = templates.map((template) => ({
    template,
    words: template.text.split(placeOf).filter((_part, index) => index % 2 === 0),
    names: [...template.text.matchAll(placeOf)].map((match) => match[1]!),
  }));
  // The one with the most words of its own first: what is more general must not swallow it.
  const length = ({ words }: Pattern) => words.reduce((sum, word) => sum + word.length, 0);
  patterns.sort((a, b) => length(b) - length(a));

  return (text) => {
    const [, sign, rest] = /^【([^】]+)】(.*)$/s.exec(text) ?? [];
    if (sign === undefined || rest === undefined) return null;
    for (const { template, words, names } of patterns) {
      const values = placesIn(rest, words);
      if (values) return { id: template.id, sign, values: names.map((name, at) => ({ name, value: values[at]! })) };
    }
    return null;
  };
}

/** What stands between the words, shortest first; null when the text is another. No pattern of the file can run long. */
function placesIn(text: string, words: readonly string[]): string[] | null {
  const [first = '', ...others] = words;
  if (!text.startsWith(first)) return null;
  const last = others.at(-1);
  if (last === undefined) return text === first ? [] : null;
  const values: string[] = [];
  let at = first.length;
  for (const [index, word] of others.entries()) {
    const isLast = index === others.length - 1;
    const next = isLast ? text.length - last.length : text.indexOf(word, at);
    if (next < at || (isLast && !text.endsWith(last))) return null;
    values.push(text.slice(at, next));
    at = next + word.length;
  }
  return values.some((value) => value === '') ? null : values;
}
