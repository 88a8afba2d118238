import { list, object } from '../../../engine/forms/fields.ts';
import type { Json } from '../../../engine/model/json.ts';
import type { EditorProps } from './field-editor.tsx';
import { additionOf, isChoiceNeeded, withWord, wordOf } from './fields.ts';
import { say } from './texts.ts';

/** The choices with their words. Those of the process may be left out and worded; a field of the project's may get more. */
export function ChoicesEditor({ row, form, text, parts, mayEdit, onText }: EditorProps) {
  const at = row.schema.type === 'array' ? 'items.' : '';
  const of = (schema: Json | undefined, word: string) => wordOf(object(schema), false, `${at}${word}`);
  const own = additionOf(row) !== null;
  const offered = list(of(row.schema, 'enum'));
  const known = own ? offered : list(of(row.base ?? {}, 'enum'));
  const words = object(of(row.schema, 'x-labels'));
  const baseWords = own ? words : object(of(row.base ?? {}, 'x-labels'));
  const set = (word: string, value: Json | undefined) => withWord(text, form, row, `${at}${word}`, value);

  const offer = (value: Json, on: boolean) => {
    const next = known.filter((one) => (one === value ? on : offered.includes(one)));
    if (next.length > 0) onText(set('enum', next));
  };
  const label = (value: Json, said: string) => {
    if (own) onText(set('x-labels', { ...words, [String(value)]: said }));
    else onText(set(`x-labels.${String(value)}`, said.trim() === '' ? baseWords[String(value)] : said));
  };
  const add = () => {
    const taken = new Set(offered.map(String));
    const value = [...'abcdefghijklmnopqrstuvwxyz'].find((letter) => !taken.has(letter)) ?? `c${taken.size + 1}`;
    onText(bothSet([...offered, value], { ...words, [value]: say('newChoice', { n: offered.length + 1 }) }));
  };
  const drop = (value: Json) => {
    const { [String(value)]: _, ...rest } = words;
    onText(
      bothSet(
        offered.filter((one) => one !== value),
        rest,
      ),
    );
  };
  /** Choices and their words are one change of a field that the project adds. */
  const bothSet = (values: readonly Json[], labels: { readonly [value: string]: Json }): string => {
    const change = additionOf(row);
    if (change === null) return text;
    const is = object(change.change.is);
    const part = { enum: [...values], 'x-labels': { ...labels } };
    const next = at === '' ? { ...is, ...part } : { ...is, items: { ...object(is.items), ...part } };
    return withWord(
      text,
      form,
      { ...row, changes: [{ ...change, change: { ...change.change, is: next } }] },
      'title',
      is.title,
    );
  };
  return (
    <fieldset className="word wide choiceset">
      <legend>{say('choices')}</legend>
      {known.map((value) => {
        const on = offered.includes(value);
        const needed = !own && isChoiceNeeded(parts.needs, form, row.name, String(value));
        const said = String(words[String(value)] ?? baseWords[String(value)] ?? value);
        const changed = !own && (!on || said !== String(baseWords[String(value)] ?? value));
        return (
          <div key={String(value)} className={changed ? 'choicerow ch' : 'choicerow'}>
            {own ? null : (
              <input
                type="checkbox"
                aria-label={say('choiceOffered', { value: String(baseWords[String(value)] ?? value) })}
                checked={on}
                disabled={!mayEdit}
                aria-disabled={needed}
                onChange={(event) => !needed && offer(value, event.target.checked)}
              />
            )}
            <input
              className="in"
              aria-label={say('choiceWord', { value: String(value) })}
              value={said}
              disabled={!mayEdit || !on}
              onChange={(event) => label(value, event.target.value)}
            />
            {needed ? <small className="muted">{say('choiceNeeded')}</small> : null}
            {own && mayEdit && known.length > 1 ? (
              <button
                type="button"
                className="btn sm"
                aria-label={say('removeChoice', { value: said })}
                onClick={() => drop(value)}
              >
                {say('remove')}
              </button>
            ) : null}
          </div>
        );
      })}
      {own && mayEdit ? (
        <button type="button" className="btn sm" onClick={add}>
          {say('addChoice')}
        </button>
      ) : null}
    </fieldset>
  );
}
