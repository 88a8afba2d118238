import { useEffect, useId, useMemo, useRef, useState } from 'react';
import type { EffectiveLine } from '../../engine/effective/index.ts';
import { Icon } from '../app/icon.tsx';
import { canFold, foundIn, opened, shownLines } from './effective-model.ts';
import { say } from './pane-texts.ts';

interface EffectivePaneProps {
  readonly lines: readonly EffectiveLine[];
  /** The project's own file: its lines lead to the editor. */
  readonly file: string;
  onGo(line: number, column: number): void;
}

const SIGNS = { same: '', added: '＋', removed: '−', changed: '~', off: '−' } as const;
/** More would make the page slow; the rest comes when it is asked for. */
const STEP = 400;

/** Process, fragments and project as one text, each line with who wrote it. */
export function EffectivePane({ lines, file, onGo }: EffectivePaneProps) {
  const [folded, setFolded] = useState<ReadonlySet<number>>(new Set());
  const [onlyChanged, setOnlyChanged] = useState(() => lines.some(({ change }) => change !== 'same'));
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const [most, setMost] = useState(STEP);
  const field = useId();
  const found = useMemo(() => foundIn(lines, query), [lines, query]);
  const here = found[at % Math.max(1, found.length)];
  const shown = useMemo(() => {
    const all = shownLines(lines, { folded, onlyChanged: onlyChanged && query.trim() === '' });
    return all;
  }, [lines, folded, onlyChanged, query]);
  const needed = here === undefined ? 0 : shown.indexOf(here) + 40;
  const list = shown.slice(0, Math.max(most, needed));
  const table = useRef<HTMLTableElement>(null);
  useEffect(() => {
    if (here !== undefined) setFolded((now) => opened(lines, now, here));
  }, [here, lines]);
  useEffect(() => {
    if (here !== undefined) table.current?.querySelector(`[data-line="${here}"]`)?.scrollIntoView({ block: 'center' });
  }, [here]);
  if (lines.length === 0) return <p className="muted">{say('noEffective')}</p>;
  const tops = lines.flatMap((_, index) => (canFold(lines, index) && lines[index]?.indent === 0 ? [index] : []));
  const toggle = (index: number) =>
    setFolded((now) => {
      const next = new Set(now);
      if (!next.delete(index)) next.add(index);
      return next;
    });
  return (
    <>
      <div className="effbar">
        <label htmlFor={field}>{say('search')}</label>
        <input
          id={field}
          className="in"
          type="search"
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setAt(0);
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter') setAt((now) => now + 1);
          }}
        />
        <span role="status" className="muted">
          {query.trim() === '' ? '' : say('found', { n: found.length })}
        </span>
        {found.length > 1 ? (
          <button type="button" className="btn sm" onClick={() => setAt((now) => now + 1)}>
            {say('nextFound')}
          </button>
        ) : null}
        <label className="effonly">
          <input type="checkbox" checked={onlyChanged} onChange={(event) => setOnlyChanged(event.target.checked)} />{' '}
          {say('onlyChanged')}
        </label>
        <button type="button" className="btn sm" onClick={() => setFolded(folded.size > 0 ? new Set() : new Set(tops))}>
          {say(folded.size > 0 ? 'unfoldAll' : 'foldAll')}
        </button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard */}
      <section className="efflines" tabIndex={0} aria-label={say('effective')}>
        <table ref={table}>
          <thead className="vh">
            <tr>
              <th scope="col">{say('changed2')}</th>
              <th scope="col">{say('source')}</th>
              <th scope="col">{say('text2')}</th>
            </tr>
          </thead>
          <tbody>
            {list.map((index) => {
              const line = lines[index];
              return line === undefined ? null : (
                <Line
                  key={index}
                  line={line}
                  index={index}
                  isHere={index === here}
                  fold={canFold(lines, index) ? (folded.has(index) ? 'folded' : 'open') : null}
                  isOwn={line.origin.file === file}
                  onFold={toggle}
                  onGo={onGo}
                />
              );
            })}
          </tbody>
        </table>
      </section>
      {shown.length > list.length ? (
        <button type="button" className="btn sm" onClick={() => setMost(list.length + STEP)}>
          {say('more2', { n: Math.min(STEP, shown.length - list.length) })}
        </button>
      ) : null}
    </>
  );
}

interface LineProps {
  readonly line: EffectiveLine;
  readonly index: number;
  readonly isHere: boolean;
  readonly fold: 'folded' | 'open' | null;
  readonly isOwn: boolean;
  onFold(index: number): void;
  onGo(line: number, column: number): void;
}

function Line({ line, index, isHere, fold, isOwn, onFold, onGo }: LineProps) {
  const { text, indent, change, was, origin } = line;
  const label = text.replace(/:.*$/, '');
  return (
    <tr className={`eff-${change}${isHere ? ' here' : ''}`} data-line={index}>
      <td className="effsign">
        <span aria-hidden="true">{SIGNS[change]}</span>
        {change === 'same' ? null : <span className="vh">{say(`line-${change}`)}</span>}
      </td>
      <td className="effsource">
        {isOwn ? (
          <button type="button" className="linkbtn" onClick={() => onGo(origin.line, origin.column)}>
            {sourceOf(line)}
          </button>
        ) : (
          <span title={`${origin.file}:${origin.line}`}>{sourceOf(line)}</span>
        )}
      </td>
      <td className="efftext" data-indent={Math.min(indent, 12)}>
        {fold === null ? (
          <span className="efffold" />
        ) : (
          <button
            type="button"
            className="efffold"
            aria-expanded={fold === 'open'}
            aria-label={say(fold === 'open' ? 'fold' : 'unfold', { title: label })}
            onClick={() => onFold(index)}
          >
            <Icon name={fold === 'open' ? 'chevron' : 'arrow'} />
          </button>
        )}
        <code>{text}</code>
        {was === null ? null : <span className="effwas">{say('wasText', { text: was })}</span>}
        {change === 'off' && fold !== null ? <span className="effwas">{say('off')}</span> : null}
      </td>
    </tr>
  );
}

function sourceOf({ layer, origin }: EffectiveLine): string {
  const name = origin.file.replace(/^.*\//, '').replace(/\.fragment\.yaml$/, '');
  if (layer === 'default') return say('from-default');
  return say('sourceLine', { from: say(`from-${layer}`, { name }), line: origin.line });
}
