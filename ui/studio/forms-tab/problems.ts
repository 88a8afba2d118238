import type { Issue } from '../../../engine/model/issue.ts';
import { mark } from '../../app/texts/punctuation.ts';
import { toldIssue } from '../../workbench/told-issue.ts';
import { changesOf } from './said.ts';
import { say } from './texts.ts';

/** What is wrong, by the address of the field or form whose change it is. */
export function problemsOf(issues: readonly Issue[], text: string): ReadonlyMap<string, readonly string[]> {
  const addresses = new Map(
    changesOf(text).map(({ name, change }) => [
      `changes.${name}`,
      String(change.set ?? change.add ?? change.remove ?? ''),
    ]),
  );
  const found = new Map<string, string[]>();
  for (const issue of issues) {
    if (issue.severity !== 'error') continue;
    const { message, proposal } = toldIssue(issue);
    // What is proposed in the words of the file is for whoever looks at the file.
    const said =
      proposal === undefined || !isSentence(proposal) ? message : `${message}${mark('semicolon')}${proposal}`;
    const address = addresses.get(issue.path ?? '') ?? addressOf(issue.path);
    const at = /^(forms\.\w+\.fields\.\w+|forms\.\w+|content\.\S+|notices\.\w+)/.exec(address)?.[1];
    if (at !== undefined) found.set(at, [...(found.get(at) ?? []), inWords(said)]);
  }
  return found;
}

const words = ['minLength', 'maxLength', 'minimum', 'maximum', 'minItems', 'maxItems', 'pattern', 'maxBytes'] as const;

/** Keywords of the file as the form calls them. */
function inWords(said: string): string {
  return words.reduce((rest, word) => rest.replace(new RegExp(`\\b${word}\\b`, 'g'), say(word)), said);
}

const isSentence = (text: string): boolean => /\p{Script=Han}/u.test(text) || /^[a-z]+ [a-z]+/.test(text);

/** Rules about forms name the field: `organization.phone`. */
function addressOf(path: string | undefined): string {
  const [form = '', field = ''] = (path ?? '').split('.');
  return /^[a-z]\w*$/.test(form) &&
    /^[a-z]\w*$/.test(field) &&
    !['changes', 'settings', 'content', 'notices'].includes(form)
    ? `forms.${form}.fields.${field}`
    : (path ?? '');
}
