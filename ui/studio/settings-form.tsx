import { useEffect, useId, useState } from 'react';
import type { Json, JsonObject } from '../../engine/model/json.ts';
import { Icon } from '../app/icon.tsx';
import { mark } from '../app/texts/punctuation.ts';
import {
  changedSettings,
  type DurationUnit,
  durationOf,
  durationText,
  durationUnits,
  type Setting,
  same,
  settingsOf,
  valueAt,
  wordsOf,
} from './settings-model.ts';
import { say, words } from './texts.ts';

interface SettingsFormProps {
  readonly schema: JsonObject;
  readonly defaults: JsonObject;
  /** What the project's text writes. */
  readonly own: JsonObject;
  /** Setting path -> what is wrong with it. */
  readonly problems: ReadonlyMap<string, string>;
  /** Groups are open, whether something of them is changed or not. */
  readonly opened?: boolean;
  onChange(path: readonly string[], value: Json | undefined): void;
}

/** Left: the form of the settings' schema. What differs from the base is marked, and can be restored. */
export function SettingsForm({ schema, defaults, own, problems, opened = false, onChange }: SettingsFormProps) {
  const settings = settingsOf(schema);
  const shared = { defaults, own, problems, opened, onChange };
  return (
    <div className="settings">
      {settings.map((setting) =>
        setting.kind === 'group' ? (
          <Group key={setting.path.join('.')} setting={setting} {...shared} />
        ) : (
          <Row key={setting.path.join('.')} setting={setting} {...shared} />
        ),
      )}
    </div>
  );
}

type Shared = Omit<SettingsFormProps, 'schema'> & { readonly setting: Setting };

function Group({ setting, ...shared }: Shared) {
  const count = changedSettings([setting], shared.defaults, shared.own).length;
  return (
    <details className={count > 0 ? 'setgroup ch' : 'setgroup'} open={count > 0 || shared.opened === true}>
      <summary>
        <Icon name="chevron" className="setchevron" />
        <span className="strong">{setting.title}</span>
        <span className="muted">{count > 0 ? say('changed', { n: count }) : say('same')}</span>
      </summary>
      {setting.description ? <small>{setting.description}</small> : null}
      {setting.inner.map((inner) =>
        inner.kind === 'group' ? (
          <Group key={inner.path.join('.')} setting={inner} {...shared} />
        ) : (
          <Row key={inner.path.join('.')} setting={inner} {...shared} />
        ),
      )}
    </details>
  );
}

function Row({ setting, defaults, own, problems, onChange }: Shared) {
  const id = useId();
  const base = valueAt(defaults, setting.path);
  const written = valueAt(own, setting.path);
  const value = written === undefined ? base : written;
  const changed = written !== undefined && !same(written, base);
  const problem = problems.get(setting.path.join('.'));
  const set = (next: Json) => onChange(setting.path, same(next, base) ? undefined : next);
  return (
    <div className={changed ? 'set ch' : 'set'} data-setting={setting.path.join('.')}>
      <label htmlFor={id} className="strong" id={`${id}-label`}>
        {setting.title}
      </label>
      <Control id={id} setting={setting} value={value} invalid={problem !== undefined} onSet={set} />
      <small id={`${id}-base`}>
        {changed ? (
          <>
            <span className="changedmark">~ </span>
            {say('defaultIs', { value: wordsOf(setting, base, words()) })}{' '}
            <button
              type="button"
              className="linkbtn"
              aria-label={say('resetName', { title: setting.title })}
              onClick={() => onChange(setting.path, undefined)}
            >
              {say('reset')}
            </button>
          </>
        ) : (
          say('same')
        )}
        {setting.description ? <span className="about">{setting.description}</span> : null}
      </small>
      {problem ? (
        <small className="bad">
          <Icon name="alert" /> {say('error')}
          {mark('colon')}
          {problem}
        </small>
      ) : null}
    </div>
  );
}

interface ControlProps {
  readonly id: string;
  readonly setting: Setting;
  readonly value: Json | undefined;
  readonly invalid: boolean;
  onSet(value: Json): void;
}

function Control({ id, setting, value, invalid, onSet }: ControlProps) {
  const described = { id, 'aria-describedby': `${id}-base`, 'aria-invalid': invalid };
  switch (setting.kind) {
    case 'boolean':
      return (
        <button
          type="button"
          role="switch"
          className={value === true ? 'sw on' : 'sw'}
          aria-checked={value === true}
          aria-labelledby={`${id}-label`}
          onClick={() => onSet(value !== true)}
          {...described}
        />
      );
    case 'choice':
      return (
        <select
          className="in"
          value={JSON.stringify(value ?? null)}
          onChange={(event) => onSet(JSON.parse(event.target.value) as Json)}
          {...described}
        >
          {setting.choices.some((choice) => same(choice.value, value)) ? null : (
            <option value={JSON.stringify(value ?? null)}>{String(value ?? '')}</option>
          )}
          {setting.choices.map((choice) => (
            <option key={choice.label} value={JSON.stringify(choice.value)}>
              {choice.label}
            </option>
          ))}
        </select>
      );
    case 'duration': {
      const duration = durationOf(value);
      if (!duration) return <Typed setting={setting} value={value} described={described} onSet={onSet} />;
      return <Duration key={String(value)} setting={setting} duration={duration} described={described} onSet={onSet} />;
    }
    case 'choices': {
      const chosen = Array.isArray(value) ? value : [];
      if (setting.choices.length === 0)
        return <Typed setting={setting} value={value} described={described} onSet={onSet} />;
      return (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot take the label of the row
        <span className="setchoices" role="group" aria-labelledby={`${id}-label`} {...described}>
          {setting.choices.map((choice) => (
            <label key={choice.label}>
              <input
                type="checkbox"
                checked={chosen.includes(choice.value)}
                onChange={(event) =>
                  // In the order of the schema, so that ticking back and forth leaves no trace in the file.
                  onSet(
                    setting.choices
                      .map((one) => one.value)
                      .filter((one) => (one === choice.value ? event.target.checked : chosen.includes(one))),
                  )
                }
              />
              {choice.label}
            </label>
          ))}
        </span>
      );
    }
    default:
      return <Typed setting={setting} value={value} described={described} onSet={onSet} />;
  }
}

interface DurationProps extends Omit<TypedProps, 'value'> {
  readonly duration: NonNullable<ReturnType<typeof durationOf>>;
}

/** A number and a unit, written as the language writes durations. */
function Duration({ setting, duration, described, onSet }: DurationProps) {
  const [count, setCount] = useState(duration.count);
  const commit = (next: string, unit: DurationUnit) => {
    if (/^\d{1,5}$/.test(next)) onSet(durationText(next, unit));
    else setCount(duration.count);
  };
  return (
    <span className="setin">
      <input
        className="in short"
        type="text"
        inputMode="numeric"
        value={count}
        onChange={(event) => setCount(event.target.value)}
        onBlur={() => count !== duration.count && commit(count, duration.unit)}
        onKeyDown={(event) => event.key === 'Enter' && commit(count, duration.unit)}
        {...described}
      />
      <select
        className="in unit"
        aria-label={say('unit', { title: setting.title })}
        value={duration.unit}
        onChange={(event) => commit(count, event.target.value as DurationUnit)}
      >
        {durationUnits.map((unit) => (
          <option key={unit} value={unit}>
            {say(unit)}
          </option>
        ))}
      </select>
    </span>
  );
}

interface TypedProps {
  readonly setting: Setting;
  readonly value: Json | undefined;
  readonly described: { readonly id: string; readonly 'aria-describedby': string; readonly 'aria-invalid': boolean };
  onSet(value: Json): void;
}

/** What is typed goes into the text when the field is left or Enter is pressed, so that a half number is never written. */
function Typed({ setting, value, described, onSet }: TypedProps) {
  const shown = textOf(setting, value);
  const [typed, setTyped] = useState(shown);
  useEffect(() => setTyped(shown), [shown]);
  const commit = () => {
    const next = typedValue(setting, typed);
    if (next === undefined) setTyped(shown);
    else if (!same(next, value)) onSet(next);
  };
  return (
    <span className="setin">
      <input
        className="in"
        type="text"
        inputMode={setting.kind === 'text' ? 'text' : 'decimal'}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => event.key === 'Enter' && commit()}
        {...described}
      />
      {setting.kind === 'money' ? <span className="muted">{say('yuan')}</span> : null}
    </span>
  );
}

function textOf(setting: Setting, value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  if (setting.kind === 'money' && typeof value === 'number') return (value / 100).toFixed(2);
  if (Array.isArray(value)) return value.map(String).join(mark('list'));
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** undefined = it is no value of that kind: the field goes back to what it was. Ranges are the check's business. */
function typedValue(setting: Setting, text: string): Json | undefined {
  const clean = text.trim();
  switch (setting.kind) {
    case 'money': {
      if (!/^\d+(\.\d{1,2})?$/.test(clean)) return undefined;
      const [whole = '0', cents = ''] = clean.split('.');
      return Number(whole) * 100 + Number(cents.padEnd(2, '0'));
    }
    case 'integer':
      return /^-?\d+$/.test(clean) ? Number(clean) : undefined;
    case 'number':
      return clean !== '' && Number.isFinite(Number(clean)) ? Number(clean) : undefined;
    case 'choices': {
      const list = clean === '' ? [] : clean.split(/[、,，\s]+/);
      const items = setting.schema.items;
      const type = typeof items === 'object' && items !== null && !Array.isArray(items) ? items.type : 'string';
      return type === 'integer' || type === 'number' ? list.map(Number) : list;
    }
    default:
      return clean;
  }
}
