import { useEffect, useId, useState } from 'react';
import type { Field } from '../../../engine/forms/types.ts';
import { type EditorProps, wordProps } from './field-editor.tsx';
import { type Condition, conditionOf, expressionOf } from './kinds.ts';
import { say } from './texts.ts';
import { Word } from './word-inputs.tsx';

type Mode = 'always' | 'when' | 'expression';

/** When the field is shown: always, when another field has a value, or as an expression says. */
export function ConditionEditor(props: EditorProps & { readonly fields: readonly Field[] }) {
  const { row, fields } = props;
  const word = wordProps(props, 'x-visible', say('condition'));
  const said = typeof word.value === 'string' ? word.value : '';
  const others = fields.filter((field) => field.name !== row.name && choicesOf(field).length > 0);
  const simple = said === '' ? null : conditionOf(said);
  const shown = simple !== null && others.some((field) => field.name === simple.field) ? simple : null;
  const [wanted, setWanted] = useState<Mode | null>(null);
  const mode: Mode = wanted ?? (said === '' ? 'always' : shown ? 'when' : 'expression');
  const choose = (next: Mode) => {
    setWanted(next === 'expression' ? next : null);
    if (next === 'always') word.onSet(undefined);
    if (next === 'when') word.onSet(first(others) ?? word.base);
  };
  return (
    <>
      <Word
        {...word}
        wide
        shown={(value) => inWords(value, others)}
        control={(given) => (
          <select {...given} className="in" value={mode} onChange={(event) => choose(event.target.value as Mode)}>
            <option value="always">{say('always')}</option>
            {others.length > 0 ? <option value="when">{say('when')}</option> : null}
            <option value="expression">{say('byExpression')}</option>
          </select>
        )}
      />
      {mode === 'when' && shown !== null ? (
        <Chosen
          condition={shown}
          fields={others}
          disabled={!word.mayEdit}
          onChange={(next) => word.onSet(expressionOf(next))}
        />
      ) : null}
      {mode === 'expression' ? (
        <Written value={said} disabled={!word.mayEdit} onSet={(next) => word.onSet(next === '' ? undefined : next)} />
      ) : null}
    </>
  );
}

interface ChosenProps {
  readonly condition: Condition;
  readonly fields: readonly Field[];
  readonly disabled: boolean;
  onChange(next: Condition): void;
}

function Chosen({ condition, fields, disabled, onChange }: ChosenProps) {
  const field = fields.find((one) => one.name === condition.field);
  const choices = field === undefined ? [] : choicesOf(field);
  return (
    <div className="word wide conditionrow">
      <select
        className="in"
        aria-label={say('whenField')}
        value={condition.field}
        disabled={disabled}
        onChange={(event) => {
          const next = fields.find((one) => one.name === event.target.value);
          const value = next === undefined ? undefined : choicesOf(next)[0]?.value;
          if (value !== undefined) onChange({ ...condition, field: event.target.value, value });
        }}
      >
        {fields.map((one) => (
          <option key={one.name} value={one.name}>
            {one.title}
          </option>
        ))}
      </select>
      <select
        className="in"
        aria-label={say('condition')}
        value={String(condition.is)}
        disabled={disabled}
        onChange={(event) => onChange({ ...condition, is: event.target.value === 'true' })}
      >
        <option value="true">{say('is')}</option>
        <option value="false">{say('isNot')}</option>
      </select>
      <select
        className="in"
        aria-label={say('value')}
        value={choices.findIndex((one) => one.value === condition.value)}
        disabled={disabled}
        onChange={(event) =>
          onChange({ ...condition, value: choices[Number(event.target.value)]?.value ?? condition.value })
        }
      >
        {choices.map((one, index) => (
          <option key={one.label} value={index}>
            {one.label}
          </option>
        ))}
      </select>
    </div>
  );
}

function Written({
  value,
  disabled,
  onSet,
}: {
  readonly value: string;
  readonly disabled: boolean;
  onSet(value: string): void;
}) {
  const id = useId();
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped((now) => (now.trim() === value ? now : value)), [value]);
  return (
    <div className="word wide">
      <label htmlFor={id}>{say('expression')}</label>
      <input
        id={id}
        className="in code"
        spellCheck={false}
        value={typed}
        disabled={disabled}
        onChange={(event) => {
          setTyped(event.target.value);
          onSet(event.target.value.trim());
        }}
      />
    </div>
  );
}

/** Values that a condition can ask for; none for what is typed freely. */
function choicesOf(field: Field): readonly { readonly value: Condition['value']; readonly label: string }[] {
  if (field.kind === 'checkbox') return [true, false].map((value) => ({ value, label: say(value ? 'yes' : 'no') }));
  const values = field.type === 'array' ? undefined : field.schema.enum;
  if (!Array.isArray(values)) return [];
  return values.flatMap((value) =>
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
      ? [{ value, label: field.labels[String(value)] ?? String(value) }]
      : [],
  );
}

function first(fields: readonly Field[]): string | undefined {
  const [field] = fields;
  const value = field === undefined ? undefined : choicesOf(field)[0]?.value;
  return field === undefined || value === undefined ? undefined : expressionOf({ field: field.name, is: true, value });
}

function inWords(value: unknown, fields: readonly Field[]): string {
  if (typeof value !== 'string') return say('always');
  const condition = conditionOf(value);
  const field = fields.find((one) => one.name === condition?.field);
  if (condition === null || field === undefined) return value;
  const label = choicesOf(field).find((one) => one.value === condition.value)?.label ?? String(condition.value);
  return `${field.title} ${say(condition.is ? 'is' : 'isNot')} ${label}`;
}
