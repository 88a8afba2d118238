import { type ReactNode, useEffect, useId, useState } from 'react';
import type { Json } from '../../../engine/model/json.ts';
import { same } from '../settings-model.ts';
import { say } from './texts.ts';

/** One word of a field, with what the process says where the project says something else. */
export interface WordProps {
  readonly label: string;
  readonly value: Json | undefined;
  /** As the process has it; `own` fields of the project have no base. */
  readonly base: Json | undefined;
  readonly own: boolean;
  readonly mayEdit: boolean;
  onSet(value: Json | undefined): void;
}

/** @param control draws the input with its id, and with what describes it */
export function Word(
  props: WordProps & {
    readonly wide?: boolean;
    readonly shown?: (value: Json | undefined) => string;
    control(given: {
      readonly id: string;
      readonly 'aria-describedby': string | undefined;
      readonly disabled: boolean;
    }): ReactNode;
  },
) {
  const { label, value, base, own, mayEdit, control, shown = plain } = props;
  const id = useId();
  const changed = !own && !same(value ?? null, base ?? null);
  return (
    <div className={`word${props.wide ? ' wide' : ''}${changed ? ' ch' : ''}`}>
      <label htmlFor={id}>{label}</label>
      {control({ id, 'aria-describedby': changed ? `${id}-was` : undefined, disabled: !mayEdit })}
      {changed ? <Was {...props} id={`${id}-was`} said={shown(base)} /> : null}
    </div>
  );
}

/** Longer texts are opened by whoever wants to compare. */
const LONG = 100;

/** What the process says, and the way back to it. */
export function Was({
  id,
  said,
  label,
  base,
  mayEdit,
  onSet,
}: WordProps & { readonly id?: string; readonly said: string }) {
  return (
    <small id={id}>
      <span className="changedmark">~ </span>
      {said.length > LONG ? (
        <details>
          <summary>{say('wasLong')}</summary>
          <p>{said}</p>
        </details>
      ) : (
        say('was', { value: said })
      )}{' '}
      {mayEdit ? (
        <button
          type="button"
          className="linkbtn"
          aria-label={say('takeBackName', { title: label })}
          onClick={() => onSet(base)}
        >
          {say('takeBack')}
        </button>
      ) : null}
    </small>
  );
}

function plain(value: Json | undefined): string {
  if (value === undefined || value === null || value === '') return say('nothing');
  if (typeof value === 'boolean') return say(value ? 'yes' : 'no');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** @param needed an empty text is not said; the one before stays until something is typed */
export function TextWord(
  props: WordProps & { readonly rows?: number; readonly needed?: boolean; readonly most?: number },
) {
  const said = typeof props.value === 'string' ? props.value : '';
  const [typed, setTyped] = useState(said);
  useEffect(() => setTyped((now) => (now.trim() === said ? now : said)), [said]);
  const set = (next: string) => {
    setTyped(next);
    const clean = next.trim();
    if (clean !== '') props.onSet(clean);
    else if (!props.needed) props.onSet(undefined);
  };
  const empty = props.needed === true && typed.trim() === '';
  return (
    <Word
      {...props}
      wide
      control={(given) => (
        <>
          {props.rows === undefined ? (
            <input
              {...given}
              className="in"
              value={typed}
              maxLength={props.most}
              aria-invalid={empty}
              onChange={(event) => set(event.target.value)}
              onBlur={() => empty && setTyped(said)}
            />
          ) : (
            <textarea
              {...given}
              className="in"
              rows={props.rows}
              value={typed}
              maxLength={props.most}
              aria-invalid={empty}
              onChange={(event) => set(event.target.value)}
              onBlur={() => empty && setTyped(said)}
            />
          )}
          {empty ? <small className="bad">{say('titleNeeded')}</small> : null}
        </>
      )}
    />
  );
}

/** @param scale what a unit that is shown has of those that are written: 100 for yuan, 1048576 for megabytes */
export function NumberWord(
  props: WordProps & {
    readonly unit?: string;
    readonly scale?: number;
    readonly whole?: boolean;
    readonly needed?: boolean;
  },
) {
  const { scale = 1, whole = false, onSet } = props;
  const show = (value: Json | undefined) =>
    typeof value === 'number' ? String(Math.round((value / scale) * 100) / 100) : '';
  const said = show(props.value);
  const [typed, setTyped] = useState(said);
  useEffect(
    () => setTyped((now) => (Number(now) === Number(said) && now.trim() !== '' && said !== '' ? now : said)),
    [said],
  );
  const set = (next: string) => {
    setTyped(next);
    const clean = next.trim();
    if (clean === '') {
      if (!props.needed) onSet(undefined);
    } else if (whole ? /^\d{1,9}$/.test(clean) : /^-?\d{1,9}(\.\d{1,2})?$/.test(clean))
      onSet(scale === 1 ? Number(clean) : Math.round(Number(clean) * scale));
  };
  return (
    <Word
      {...props}
      shown={(value) => (show(value) === '' ? say('nothing') : `${show(value)}${props.unit ? ` ${props.unit}` : ''}`)}
      control={(given) => (
        <span className="setin">
          <input
            {...given}
            className="in short"
            inputMode="decimal"
            value={typed}
            onChange={(event) => set(event.target.value)}
            onBlur={() => setTyped(said)}
          />
          {props.unit ? <span className="muted">{props.unit}</span> : null}
        </span>
      )}
    />
  );
}

export function ChoiceWord(
  props: WordProps & { readonly choices: readonly { readonly value: Json | undefined; readonly label: string }[] },
) {
  const labelOf = (value: Json | undefined) =>
    props.choices.find((one) => same(one.value ?? null, value ?? null))?.label ?? plain(value);
  const at = props.choices.findIndex((one) => same(one.value ?? null, props.value ?? null));
  return (
    <Word
      {...props}
      shown={labelOf}
      control={(given) => (
        <select
          {...given}
          className="in"
          value={at}
          onChange={(event) => props.onSet(props.choices[Number(event.target.value)]?.value)}
        >
          {at < 0 ? <option value={-1}>{plain(props.value)}</option> : null}
          {props.choices.map((one, index) => (
            <option key={one.label} value={index}>
              {one.label}
            </option>
          ))}
        </select>
      )}
    />
  );
}

/** @param locked why it cannot be changed */
export function TickWord(props: WordProps & { readonly about?: string; readonly locked?: string | undefined }) {
  const { locked } = props;
  return (
    <Word
      {...props}
      control={(given) => (
        <span className="tick">
          <input
            {...given}
            type="checkbox"
            checked={props.value === true}
            disabled={given.disabled}
            aria-disabled={locked !== undefined}
            onChange={(event) => locked === undefined && props.onSet(event.target.checked)}
          />
          {(locked ?? props.about) ? <small className="muted">{locked ?? props.about}</small> : null}
        </span>
      )}
    />
  );
}
