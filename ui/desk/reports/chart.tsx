import { type KeyboardEvent, useId, useState } from 'react';
import { mark } from '../../app/texts/punctuation.ts';
import { say } from './texts.ts';

/** What is drawn of each day: one column a series, side by side or on top of each other. */
export interface Series {
  readonly name: string;
  /** Class that gives colour and pattern: never only colour. */
  readonly look: 'brand' | 'ok' | 'warn' | 'err' | 'plain';
  readonly values: readonly number[];
}

interface ChartProps {
  readonly title: string;
  readonly labels: readonly string[];
  readonly series: readonly Series[];
  readonly stacked?: boolean;
  /** What stands under a column. Default: month and day of a date. */
  readonly tick?: (label: string) => string;
}

const WIDTH = 640;
const HEIGHT = 180;
const LEFT = 36;
const BOTTOM = 22;
const TOP = 8;

/**
 * Columns over days. Drawn by ourselves: bars, an axis and a reading line are little, and tokens, high contrast and keys
 * are those of the product. The numbers stand in the table beside it, too.
 */
export function Chart({ title, labels, series, stacked = false, tick = monthAndDay }: ChartProps) {
  const id = useId();
  const [at, setAt] = useState<number | null>(null);
  const totals = labels.map((_, n) =>
    stacked ? sum(series.map((one) => one.values[n] ?? 0)) : Math.max(0, ...series.map((one) => one.values[n] ?? 0)),
  );
  const top = niceTop(Math.max(1, ...totals));
  const step = (WIDTH - LEFT) / labels.length;
  const y = (value: number): number => TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / top);
  const told = at === null ? '' : `${labels[at]}${mark('colon')}${readOut(series, at)}`;
  return (
    <figure className="chart">
      <Legend series={series} />
      {/* biome-ignore lint/a11y/useSemanticElements: a drawing with keys has no element of its own */}
      <div
        className="chartbox"
        role="group"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the keys go over its days
        tabIndex={0}
        aria-label={`${title}${mark('comma')}${say('chartKeys')}`}
        onKeyDown={(event) => move(event, labels.length, at, setAt)}
        onBlur={() => setAt(null)}
        onPointerLeave={() => setAt(null)}
      >
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
          <Patterns id={id} />
          {[0, top / 2, top].map((value) => (
            <g key={value} className="axis">
              <line x1={LEFT} x2={WIDTH} y1={y(value)} y2={y(value)} />
              <text x={LEFT - 6} y={y(value) + 4} textAnchor="end">
                {Number.isInteger(value) ? value : ''}
              </text>
            </g>
          ))}
          {labels.map((label, n) => (
            <g key={label}>
              {columns(series, n, stacked).map(({ look, low, high, place, of }) => (
                <rect
                  key={place}
                  className={`bar ${look}`}
                  style={look === 'warn' || look === 'err' ? { fill: `url(#${id}${look})` } : undefined}
                  x={LEFT + n * step + step * (0.14 + (0.72 * (stacked ? 0 : place)) / of)}
                  width={Math.max(1, (step * 0.72) / of)}
                  y={y(high)}
                  height={Math.max(0, y(low) - y(high))}
                />
              ))}
              <rect
                className={at === n ? 'reading on' : 'reading'}
                x={LEFT + n * step}
                width={step}
                y={TOP}
                height={HEIGHT - TOP - BOTTOM}
                onPointerEnter={() => setAt(n)}
              />
              {n % Math.ceil(labels.length / 8) === 0 ? (
                <text className="day" x={LEFT + (n + 0.5) * step} y={HEIGHT - 6} textAnchor="middle">
                  {tick(label)}
                </text>
              ) : null}
            </g>
          ))}
        </svg>
      </div>
      <figcaption aria-live="polite" className="muted xs">
        {told}&nbsp;
      </figcaption>
    </figure>
  );
}

const monthAndDay = (label: string): string => label.slice(5);

function Legend({ series }: { readonly series: readonly Series[] }) {
  return (
    <ul className="legend">
      {series.map(({ name, look }) => (
        <li key={name}>
          <i className={`swatch ${look}`} aria-hidden="true" />
          {name}
        </li>
      ))}
    </ul>
  );
}

/** Late and nearly late are told apart without colours. */
function Patterns({ id }: { readonly id: string }) {
  return (
    <defs>
      {(['warn', 'err'] as const).map((look) => (
        <pattern
          key={look}
          id={`${id}${look}`}
          width={look === 'warn' ? 6 : 4}
          height={look === 'warn' ? 6 : 4}
          patternUnits="userSpaceOnUse"
          patternTransform={look === 'warn' ? 'rotate(45)' : 'rotate(-45)'}
        >
          <rect className={`bar ${look}`} width="6" height="6" />
          <line className="hatch" x1="0" x2="0" y1="0" y2="6" />
        </pattern>
      ))}
    </defs>
  );
}

function columns(series: readonly Series[], n: number, stacked: boolean) {
  let low = 0;
  return series.map(({ look, values }, place) => {
    const value = values[n] ?? 0;
    const from = stacked ? low : 0;
    low += value;
    return { look, low: from, high: from + value, place, of: stacked ? 1 : series.length };
  });
}

function readOut(series: readonly Series[], at: number): string {
  return series.map(({ name, values }) => `${name} ${values[at] ?? 0}`).join(mark('comma'));
}

function move(event: KeyboardEvent, count: number, at: number | null, set: (at: number) => void): void {
  const to =
    event.key === 'ArrowRight'
      ? Math.min(count - 1, at === null ? 0 : at + 1)
      : event.key === 'ArrowLeft'
        ? Math.max(0, at === null ? count - 1 : at - 1)
        : event.key === 'Home'
          ? 0
          : event.key === 'End'
            ? count - 1
            : null;
  if (to === null) return;
  event.preventDefault();
  set(to);
}

const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0);

/** A round number above the highest column, whose half is whole. */
export function niceTop(most: number): number {
  const power = 10 ** Math.floor(Math.log10(most));
  const top = [1, 2, 4, 5, 10].map((one) => one * power).find((one) => one >= most) ?? 10 * power;
  return Math.max(top, 2);
}
