/**
 * Where a Chinese line may break: between any two characters, but closing marks never begin a line and opening marks never end
 * one, numbers written in groups stay together, and words of Latin letters stay whole while they are short.
 */
const closing = /^[，。、；：？！）》」』】〕〉”’…—～％℃·,.;:?!)\]}%]$/;
const opening = /^[（《「『【〔〈“‘([{￥$#]$/;

/** A word, a number, an address; marks within stay within (280.00, a.b@c.d); numbers may stand in groups (138 0000 0002). */
const run =
  /[\p{Script=Latin}\p{Nd}_@/\\&+=<>'"*|^`~-]+(?:[.,:][\p{Script=Latin}\p{Nd}_@/\\&+=<>'"*|^`~-]+|(?<=\d)\u00a0\d+)*|./gsu;

/** A run longer than this is broken where its marks are, else anywhere: an address must not leave its cell. */
const longest = 24;

/**
 * A space of which the line breaker knows nothing. Its own idea of a good break is a space, and it would rather leave half a
 * line empty than part two Chinese characters; so spaces are ours, and all breaks are equal.
 */
export const space = '\u00a0';

/** @returns the pieces between which a line may break; joined they are the text. */
export function pieces(text: string): string[] {
  const result: string[] = [];
  let open = false;
  for (const [token] of text.matchAll(run)) {
    const [first = '', ...more] = split(token);
    const joins = result.length > 0 && (open || closing.test(token) || token === space);
    if (joins) result[result.length - 1] += first;
    else result.push(first);
    result.push(...more);
    open = opening.test(token);
  }
  return result;
}

function split(token: string): string[] {
  if (token.length <= longest) return [token];
  return token.split(/(?<=[.@/_-])/).flatMap((part) => part.match(new RegExp(`.{1,${longest}}`, 'gsu')) ?? []);
}
