import { fieldsOf, kindOf, object } from '../../../engine/forms/fields.ts';
import type { Json } from '../../../engine/model/json.ts';
import { ChoicesEditor } from './choices-editor.tsx';
import { ConditionEditor } from './condition-editor.tsx';
import type { FieldListProps } from './field-list.tsx';
import { additionOf, needsFor, type Row, shownWord, withWord, wordOf } from './fields.ts';
import { FilesEditor } from './files-editor.tsx';
import { type PatternId, patternId, patterns } from './kinds.ts';
import { saidOf } from './need-words.ts';
import { say } from './texts.ts';
import { ChoiceWord, NumberWord, TextWord, TickWord, type WordProps } from './word-inputs.tsx';

export type EditorProps = Omit<FieldListProps, 'base'> & { readonly row: Row };

/** What a word of the field is, and how it is said otherwise. */
export function wordProps(props: EditorProps, word: string, label: string): WordProps {
  const { row, text, form, mayEdit, onText } = props;
  return {
    label,
    value: shownWord(text, form, row, word),
    base: row.base === null ? undefined : wordOf(row.base, row.baseRequired, word),
    own: additionOf(row) !== null,
    mayEdit,
    onSet: (value: Json | undefined) => onText(withWord(text, form, row, word, value)),
  };
}

const typed: ReadonlySet<string> = new Set(['text', 'multiline', 'address']);
const withExample: ReadonlySet<string> = new Set([...typed, 'number', 'money', 'search']);
/** Nobody fills them in: only their words are the project's. */
export const neverFilled: ReadonlySet<string> = new Set(['readonly', 'summary', 'qr']);

/** Title, hint, whether it has to be filled in, limits, choices, when it is shown. */
export function FieldEditor(props: EditorProps) {
  const { row, form, parts } = props;
  const kind = kindOf(row.schema);
  const word = (name: string, label: string) => wordProps(props, name, label);
  const always = row.base !== null && row.baseRequired ? needsFor(parts.needs, form, row.name, true) : [];
  const choosable = Array.isArray(row.schema.enum) || Array.isArray(object(row.schema.items).enum);
  return (
    <div className="words">
      <TextWord {...word('title', say('title'))} needed most={400} />
      <TextWord {...word('x-hint', say('hint'))} rows={2} most={1000} />
      {withExample.has(kind) ? <TextWord {...word('x-placeholder', say('placeholder'))} most={400} /> : null}
      {neverFilled.has(kind) ? null : (
        <TickWord
          {...word('required', say('required'))}
          locked={row.required && always.length > 0 ? say('neededAlways', { who: saidOf(always) }) : undefined}
        />
      )}
      {additionOf(row) !== null && typed.has(kind) ? (
        <TickWord
          {...word('x-sensitive', say('sensitive'))}
          onSet={(value) => props.onText(withSealed(props, value === true))}
        />
      ) : null}
      {typed.has(kind) && row.schema.format === undefined ? <Typed {...props} /> : null}
      {kind === 'number' ? (
        <>
          <NumberWord {...word('minimum', say('minimum'))} />
          <NumberWord {...word('maximum', say('maximum'))} />
          <TextWord {...word('x-unit', say('unit'))} most={20} />
        </>
      ) : null}
      {kind === 'money' ? (
        <>
          <NumberWord {...word('minimum', say('minimum'))} unit={say('yuan')} scale={100} />
          <NumberWord {...word('maximum', say('maximum'))} unit={say('yuan')} scale={100} />
        </>
      ) : null}
      {kind === 'list' || kind === 'choices' ? (
        <>
          <NumberWord {...word('minItems', say('minItems'))} whole />
          <NumberWord {...word('maxItems', say('maxItems'))} whole />
        </>
      ) : null}
      {choosable ? <ChoicesEditor {...props} /> : null}
      {row.schema['x-file'] !== undefined ? <FilesEditor {...props} /> : null}
      <ConditionEditor {...props} fields={fieldsOf({ title: '', properties: schemasOf(props.rows) })} />
    </div>
  );
}

function schemasOf(rows: readonly Row[]): { [name: string]: Row['schema'] } {
  return Object.fromEntries(rows.filter((row) => !row.hidden).map((row) => [row.name, row.schema]));
}

/** What is sensitive is masked, too. */
function withSealed({ text, form, row }: EditorProps, on: boolean): string {
  const sealed = withWord(text, form, row, 'x-sensitive', on ? true : undefined);
  const change = additionOf(row);
  if (change === null) return sealed;
  const next: Row = {
    ...row,
    changes: [
      {
        ...change,
        change: { ...change.change, is: { ...object(change.change.is), ...(on ? { 'x-sensitive': true } : {}) } },
      },
    ],
  };
  return on
    ? withWord(sealed, form, next, 'x-mask', 'all')
    : withWord(sealed, form, unsealed(next), 'x-mask', undefined);
}

function unsealed(row: Row): Row {
  return {
    ...row,
    changes: row.changes.map((one) => {
      const { 'x-sensitive': _, ...is } = object(one.change.is);
      return { ...one, change: { ...one.change, is } };
    }),
  };
}

function Typed(props: EditorProps) {
  const { row } = props;
  const pattern = typeof row.schema.pattern === 'string' ? row.schema.pattern : undefined;
  const base = typeof row.base?.pattern === 'string' ? row.base.pattern : undefined;
  const known = (Object.keys(patterns) as PatternId[]).map((id) => ({
    value: patterns[id],
    label: say(`pattern-${id}`),
  }));
  // A rule of the process's own can be kept and come back to.
  const own = [pattern, base].find((one) => one !== undefined && patternId(one) === null);
  const choices = own === undefined ? known : [...known, { value: own, label: say('pattern-own') }];
  return (
    <>
      <NumberWord {...wordProps(props, 'minLength', say('minLength'))} whole />
      <NumberWord {...wordProps(props, 'maxLength', say('maxLength'))} whole />
      <ChoiceWord {...wordProps(props, 'pattern', say('pattern'))} choices={choices} />
    </>
  );
}
