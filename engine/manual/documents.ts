import { list, object } from '../forms/fields.ts';
import type { Json } from '../model/json.ts';
import { type Block, bullets } from './blocks.ts';
import { conditionHolds, type Known } from './known.ts';
import { generalText, text } from './words.ts';

/** What stands in a printed document: its sections with their entries, and what is signed or sealed below. */
export function documentChapter(known: Known, id: string): readonly Block[] {
  const { sections, foot } = object(known.definition.documents[id]);
  const lines = list(sections).flatMap((section) => {
    const { title, hint, if: condition, rows } = object(section);
    if (typeof condition === 'string' && conditionHolds(known, condition) === 'no') return [];
    const labels = list(rows).flatMap((row) => list(row).flatMap(labelOf));
    const said = [
      generalText(known, text(title)),
      text(hint) === '' ? '' : `（${generalText(known, text(hint))}）`,
    ].join('');
    return [labels.length === 0 ? said : `${said}：${labels.join('、')}`];
  });
  const below = list(foot).flatMap(labelOf);
  if (below.length > 0) lines.push(`签名和盖章：${below.join('、')}`);
  return bullets(lines.filter((line) => line !== ''));
}

function labelOf(entry: Json): readonly string[] {
  const label = text(object(entry).label);
  return label === '' ? [] : [label];
}
