import { useId, useState } from 'react';
import type { EditChoices, EditSubject, EditWay } from '../../../engine/contract/edit.ts';
import { conditionText, type Operator, operatorsOf, type Term } from '../../../engine/edit/condition.ts';
import type { Json } from '../../../engine/model/json.ts';
import { Icon } from '../../app/icon.tsx';
import { Dialog } from '../../app/parts/dialog.tsx';
import { aside } from '../../app/texts/punctuation.ts';
import type { Editing } from '../use-project.ts';
import { withCondition } from './edits.ts';
import { Preview } from './preview.tsx';
import { say } from './texts.ts';
import { wayTitle } from './way-list.tsx';

interface ConditionDialogProps {
  readonly editing: Editing;
  readonly way: EditWay;
  readonly choices: EditChoices;
  onClose(): void;
}

type Draft = Term & { readonly key: number };

/** A further condition, chosen from lists; the expression that is written is shown. */
export function ConditionDialog({ editing, way, choices, onClose }: ConditionDialogProps) {
  const { subjects } = choices;
  const [terms, setTerms] = useState<readonly Draft[]>([{ key: 0, path: '', is: 'equal', value: null }]);
  const [joined, setJoined] = useState<'all' | 'any'>('all');
  const [missing, setMissing] = useState(false);
  const whole = terms.every((term) => isWhole(term, subjects));
  const condition = whole ? conditionText(terms, subjects, joined) : '';
  const next = condition === '' ? null : withCondition(editing.text, way.tighten, condition);
  const change = (key: number, to: Partial<Term>) => {
    setMissing(false);
    setTerms(terms.map((term) => (term.key === key ? { ...term, ...to } : term)));
  };
  const name = useId();
  return (
    <Dialog title={say('conditionTitle', { title: wayTitle(way) })} onClose={onClose} sticky wide>
      <p className="muted">{say('conditionHint')}</p>
      {way.if === null ? null : (
        <p>
          <span className="muted">{say('conditionNow')}</span> <code>{way.if}</code>
        </p>
      )}
      <ol className="terms">
        {terms.map((term) => (
          <li key={term.key}>
            <TermRow
              term={term}
              subjects={subjects}
              onChange={(to) => change(term.key, to)}
              onDrop={terms.length > 1 ? () => setTerms(terms.filter(({ key }) => key !== term.key)) : null}
            />
          </li>
        ))}
      </ol>
      <p className="propdo">
        <button
          type="button"
          className="btn sm"
          onClick={() =>
            setTerms([...terms, { key: (terms.at(-1)?.key ?? 0) + 1, path: '', is: 'equal', value: null }])
          }
        >
          {say('moreTerm')}
        </button>
      </p>
      {terms.length > 1 ? (
        <fieldset className="joined">
          <legend className="strong">{say('joined')}</legend>
          {(['all', 'any'] as const).map((one) => (
            <label key={one}>
              <input type="radio" name={name} checked={joined === one} onChange={() => setJoined(one)} /> {say(one)}
            </label>
          ))}
        </fieldset>
      ) : null}
      {condition === '' ? null : (
        <p>
          <code>{condition}</code>
        </p>
      )}
      {missing ? (
        <p className="err" role="alert">
          <Icon name="alert" /> {say('conditionMissing')}
        </p>
      ) : null}
      <Preview editing={editing} text={next} />
      <footer>
        <button
          type="button"
          className="btn primary"
          onClick={() => {
            if (next === null) return setMissing(true);
            editing.setText(next);
            onClose();
          }}
        >
          {say('conditionDo')}
        </button>
        <button type="button" className="btn" onClick={onClose}>
          {say('cancel')}
        </button>
      </footer>
    </Dialog>
  );
}

interface TermRowProps {
  readonly term: Term;
  readonly subjects: readonly EditSubject[];
  onChange(to: Partial<Term>): void;
  readonly onDrop: (() => void) | null;
}

function TermRow({ term, subjects, onChange, onDrop }: TermRowProps) {
  const subject = subjects.find(({ path }) => path === term.path);
  const operators = subject === undefined ? [] : operatorsOf(subject);
  return (
    <span className="term">
      <select
        className="in subject"
        aria-label={say('subject')}
        value={term.path}
        onChange={({ target }) => {
          const chosen = subjects.find(({ path }) => path === target.value);
          onChange({ path: target.value, is: firstOperator(chosen), value: firstValue(chosen) });
        }}
      >
        <option value="">{say('subject')}</option>
        {groupsOf(subjects).map(([title, group]) => (
          <optgroup key={title} label={title}>
            {group.map((one) => (
              <option key={one.path} value={one.path}>
                {one.title}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
      {subject === undefined ? null : (
        <select
          className="in"
          aria-label={say('operator')}
          value={term.is}
          onChange={({ target }) => onChange({ is: target.value as Operator })}
        >
          {operators.map((one) => (
            <option key={one} value={one}>
              {say(one)}
            </option>
          ))}
        </select>
      )}
      {subject === undefined || term.is === 'filled' || term.is === 'empty' ? null : (
        <Value subject={subject} value={term.value} onSet={(value) => onChange({ value })} />
      )}
      {onDrop ? (
        <button type="button" className="linkbtn" onClick={onDrop}>
          {say('dropTerm')}
        </button>
      ) : null}
    </span>
  );
}

interface ValueProps {
  readonly subject: EditSubject;
  readonly value: Json;
  onSet(value: Json): void;
}

function Value({ subject: { type, choices }, value, onSet }: ValueProps) {
  const options =
    type === 'boolean' ? [true, false].map((one) => ({ value: one, title: say(one ? 'yes' : 'no') })) : choices;
  if (options.length > 0)
    return (
      <select
        className="in"
        aria-label={say('value')}
        value={JSON.stringify(value)}
        onChange={({ target }) => onSet(JSON.parse(target.value) as Json)}
      >
        {options.map((one) => (
          <option key={String(one.value)} value={JSON.stringify(one.value)}>
            {one.title}
          </option>
        ))}
      </select>
    );
  return (
    <input
      className="in"
      aria-label={say('value')}
      inputMode={type === 'number' ? 'decimal' : 'text'}
      value={value === null ? '' : String(value)}
      onChange={({ target }) => onSet(type === 'number' ? numberOf(target.value) : target.value)}
    />
  );
}

/** What is no number yet stays as it is typed: the row is not whole then. */
function numberOf(typed: string): Json {
  return /^-?\d+(\.\d+)?$/.test(typed) ? Number(typed) : typed;
}

function isWhole({ path, is, value }: Term, subjects: readonly EditSubject[]): boolean {
  const subject = subjects.find((one) => one.path === path);
  if (subject === undefined) return false;
  if (is === 'filled' || is === 'empty') return true;
  if (subject.type === 'number') return typeof value === 'number';
  return value !== null && value !== '';
}

const firstOperator = (subject: EditSubject | undefined): Operator =>
  subject === undefined ? 'equal' : (operatorsOf(subject)[0] ?? 'equal');

function firstValue(subject: EditSubject | undefined): Json {
  if (subject?.type === 'boolean') return true;
  return subject?.choices[0]?.value ?? null;
}

/** Facts first, then a group for each form, settings and counters last. */
function groupsOf(subjects: readonly EditSubject[]): readonly (readonly [string, readonly EditSubject[]])[] {
  const groups = new Map<string, EditSubject[]>();
  for (const subject of subjects) {
    const title = subject.of === null ? say(subject.group) : say('forms') + aside(subject.of);
    groups.set(title, [...(groups.get(title) ?? []), subject]);
  }
  return [...groups];
}
