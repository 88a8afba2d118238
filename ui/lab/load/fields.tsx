import { createContext, type ReactNode, useContext, useEffect, useId, useState } from 'react';
import type { Json } from '../../../engine/model/json.ts';
import type { Assumptions, Unplayable } from '../../../engine/simulate/load/index.ts';
import { say } from './texts.ts';

type Path = readonly (string | number)[];

/** The assumptions that are being filled in, what is wrong with them, and how one is changed. */
export interface Filling {
  readonly given: Assumptions;
  readonly wrong: readonly Unplayable[];
  readonly set: (path: Path, value: Json) => void;
}

export const FillingContext = createContext<Filling | null>(null);

export function useFilling(): Filling {
  const filling = useContext(FillingContext);
  if (!filling) throw new Error('no assumptions');
  return filling;
}

/** What is wrong with a value, as a sentence; null where nothing is. */
export function wrongAt(wrong: readonly Unplayable[], path: Path): string | null {
  const found = wrong.find((one) => one.path === path.join('.'));
  if (!found) return null;
  if (found.path === 'start') return say('wrongDate');
  if (found.path.startsWith('arrivals.') && path.length === 2 && path[1] !== 'perDay') return say('wrongSome');
  const isWhole = /^(cases|seed|tail)$|\.people$/.test(found.path);
  return say(isWhole ? 'wrongWhole' : 'wrongRange', { least: found.least, most: found.most });
}

interface FieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly path: Path;
  readonly children: (id: string, described: string | undefined, isWrong: boolean) => ReactNode;
}

/** Label, hint, error, control. */
export function Field({ label, hint, path, children }: FieldProps) {
  const id = useId();
  const error = wrongAt(useFilling().wrong, path);
  const described = [hint ? `${id}h` : null, error ? `${id}e` : null].filter(Boolean).join(' ') || undefined;
  return (
    <div className={error ? 'loadfield wrong' : 'loadfield'}>
      <label htmlFor={id}>{label}</label>
      {hint ? (
        <p id={`${id}h`} className="muted xs">
          {hint}
        </p>
      ) : null}
      {error ? (
        <p id={`${id}e`} className="loaderror">
          {error}
        </p>
      ) : null}
      {children(id, described, error !== null)}
    </div>
  );
}

interface NumberProps {
  readonly path: Path;
  readonly value: number;
  readonly id?: string;
  readonly label?: string;
  readonly described?: string | undefined;
  readonly step?: number;
}

/** A number as it is typed; what is none yet is told as none. Without an `id` it is named by its label alone. */
export function NumberInput({ path, value, id, label, described, step }: NumberProps) {
  const { set, wrong } = useFilling();
  const [text, setText] = useState(String(value));
  useEffect(() => {
    setText((now) => (Number(now) === value && now.trim() !== '' ? now : Number.isNaN(value) ? now : String(value)));
  }, [value]);
  const error = wrongAt(wrong, path);
  return (
    <>
      <input
        id={id}
        className="input loadnum"
        inputMode="decimal"
        autoComplete="off"
        aria-label={label}
        aria-describedby={described}
        aria-invalid={error !== null}
        data-step={step}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          set(path, numberOf(event.target.value));
        }}
      />
      {error !== null && id === undefined ? <span className="loaderror">{error}</span> : null}
    </>
  );
}

function numberOf(text: string): number {
  return text.trim() === '' ? Number.NaN : Number(text);
}

interface RowProps {
  readonly names: readonly string[];
  readonly path: Path;
  readonly values: readonly number[];
  readonly title: string;
  readonly hint: string;
  readonly children?: ReactNode;
}

/** A row of numbers that belong together: weekdays, hours, months. */
export function NumberRow({ names, path, values, title, hint, children }: RowProps) {
  const id = useId();
  const error = wrongAt(useFilling().wrong, path);
  return (
    <fieldset className={error ? 'loadrow wrong' : 'loadrow'} aria-describedby={`${id}h`}>
      <legend>{title}</legend>
      <p id={`${id}h`} className="muted xs">
        {hint}
      </p>
      {error ? <p className="loaderror">{error}</p> : null}
      {children}
      <div className="loadcells">
        {values.map((value, index) => {
          const name = names[index] ?? '';
          return (
            // biome-ignore lint/a11y/noLabelWithoutControl: the input is inside
            <label key={name}>
              <span className="xs muted">{name}</span>
              <NumberInput path={[...path, index]} value={value} label={`${title} ${name}`} />
            </label>
          );
        })}
      </div>
    </fieldset>
  );
}

interface PartProps {
  readonly title: string;
  readonly text: string;
  readonly open?: boolean;
  readonly children: ReactNode;
}

/** One fold of the form. */
export function FormPart({ title, text, open = false, children }: PartProps) {
  return (
    <details className="loadpart" open={open}>
      <summary>{title}</summary>
      <p className="muted">{text}</p>
      {children}
    </details>
  );
}

/** A table of fields that scrolls by itself. */
export function Scroll({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard
    <section className="loadscroll" tabIndex={0} aria-label={label}>
      <table className="table">{children}</table>
    </section>
  );
}
