import type { EditableNeed } from '../../../engine/contract/editable.ts';
import { locale } from '../../app/texts/index.ts';
import { mark } from '../../app/texts/punctuation.ts';
import { say } from './texts.ts';

const FEW = 3;

/** Who reads a field, in words: the first few, and how many there are. */
export function saidOf(needs: readonly EditableNeed[]): string {
  const words = needs.map(({ by }) => (locale() === 'en' ? by.en : by.zh));
  const few = words.slice(0, FEW).join(mark('list'));
  return words.length > FEW ? say('andMore', { who: few, n: words.length }) : few;
}
