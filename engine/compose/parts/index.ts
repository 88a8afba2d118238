import type { Said } from '../../errors/index.ts';
import type { Issue } from '../../model/issue.ts';
import type { Source } from '../../read/bundle.ts';
import { issueAt, type Node } from '../../read/index.ts';
import { changeForms, type Loosened } from './forms.ts';
import { type Need, needsOf, type Reading } from './needs.ts';

export { changeContent } from './content.ts';
export { changeForms } from './forms.ts';
export { type Need, needsOf } from './needs.ts';
export { partTarget } from './target.ts';

/**
 * The forms with the project's changes, without those that take away what the process reads: who reads it is told at the
 * change, and the field stays, so that it is not told once more everywhere.
 */
export function keepNeeded(
  reading: Reading & { readonly formFiles: readonly Source[] },
  changes: Node | undefined,
): { readonly forms: readonly Source[]; readonly issues: readonly Issue[] } {
  const { loosened } = changeForms(reading.formFiles, changes);
  if (loosened.length === 0) return { forms: reading.forms, issues: [] };
  const needs = needsOf(reading);
  const kept = new Set<string>();
  const issues = loosened.flatMap((change): Issue[] => {
    const readers = needs.filter((need) => isNeeded(change, need));
    if (readers.length === 0) return [];
    kept.add(change.change);
    const field = [change.form, ...change.field].join('.');
    const params = { name: field, who: { zh: whoOf(readers, 'zh'), en: whoOf(readers, 'en') } };
    const path = `changes.${change.change}`;
    return [
      issueAt(
        change.at,
        codes[change.kind],
        { ...params, choices: change.choices.join('、') },
        { path, proposal: proposals[change.kind] },
      ),
    ];
  });
  return { forms: kept.size === 0 ? reading.forms : changeForms(reading.formFiles, changes, kept).forms, issues };
}

const codes = { gone: 'field-needed', optional: 'field-needed-always', choice: 'choice-needed' } as const;
const proposals: { readonly [kind in Loosened['kind']]: Said } = {
  gone: { zh: '撤回这项修改；要换说法，改标题和提示', en: 'take the change back; its title and hint may be changed' },
  optional: { zh: '撤回这项修改，保持必填', en: 'take the change back: it stays required' },
  choice: {
    zh: '撤回这项修改；要换说法，改选项的文字',
    en: 'take the change back; the word of the choice may be changed',
  },
};

function isNeeded({ form, field, kind, choices }: Loosened, need: Need): boolean {
  const path = [form, ...field];
  if (!path.every((name, index) => need.path[index] === name)) return false;
  if (kind === 'gone') return true;
  if (kind === 'optional') return need.strict;
  return (
    need.rows || choices.some((choice) => need.source.includes(`'${choice}'`) || need.source.includes(`"${choice}"`))
  );
}

/** The first few of those who read it, each once, with the place. */
function whoOf(needs: readonly Need[], language: 'zh' | 'en'): string {
  const said = [...new Set(needs.map(({ by, origin }) => `${by[language]}（${origin.file}:${origin.line}）`))];
  const few = said.slice(0, 3).join(language === 'zh' ? '、' : ', ');
  return said.length > 3
    ? language === 'zh'
      ? `${few} 等 ${said.length} 处`
      : `${few} and ${said.length - 3} more`
    : few;
}
