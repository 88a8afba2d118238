import { Rows } from '../../desk/reports/rows.tsx';
import { ResultPart } from './result-part.tsx';
import { say } from './texts.ts';
import { figuresOf } from './told.ts';
import type { Played } from './use-load.ts';

interface Line {
  readonly id: string;
  readonly name: string;
  readonly kept: string;
  readonly now: string;
  readonly difference: string;
}

/** Two runs side by side, figure by figure. */
export function Compare({ kept, played }: { readonly kept: Played; readonly played: Played }) {
  const lines = figuresOf(kept.report, played.report).map(({ name, of, show }, index): Line => {
    const [one, two] = [of(kept.report), of(played.report)];
    const change = one === null || two === null ? null : two - one;
    const sign = change === null || change === 0 ? '' : change > 0 ? '+' : '−';
    return {
      id: String(index),
      name,
      kept: one === null ? '—' : show(one),
      now: two === null ? '—' : show(two),
      difference: change === null ? '—' : `${sign}${show(Math.abs(change))}`,
    };
  });
  const make = () => ({
    head: [say('figure'), say('kept'), say('this'), say('difference')],
    rows: lines.map(({ name, kept: one, now, difference }) => [name, one, now, difference]),
  });
  return (
    <ResultPart wide title={say('compare')} text={say('compareText')} table={{ name: 'compare', make }}>
      <Rows
        caption={say('compare')}
        rows={lines}
        keyOf={({ id }) => id}
        columns={[
          { title: say('figure'), cell: ({ name }) => name },
          { title: say('kept'), num: true, cell: ({ kept: one }) => one },
          { title: say('this'), num: true, cell: ({ now }) => now },
          { title: say('difference'), num: true, cell: ({ difference }) => difference },
        ]}
      />
    </ResultPart>
  );
}
