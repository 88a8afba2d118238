import { useEffect, useId, useRef, useState } from 'react';
import { type DeskList, MOST_COUNTED } from '../../engine/contract/routes.ts';
import type { QueueFilter } from '../api/index.ts';
import { Icon } from '../app/icon.tsx';
import { say } from './texts.ts';

/** While somebody types, the list follows after this pause. */
const PAUSE = 250;

interface QueueFiltersProps {
  readonly filter: QueueFilter;
  /** Null as long as it is not known. */
  readonly list: DeskList | null;
  onChange(next: QueueFilter, going?: { readonly replace?: boolean }): void;
}

/** Project, number or subject, what presses, and the order. All of it stands in the address. */
export function QueueFilters({ filter, list: newest, onChange }: QueueFiltersProps) {
  const id = useId();
  const [text, setText] = useState(filter.q ?? '');
  const change = useRef(onChange);
  change.current = onChange;
  const asked = useRef(text);
  useEffect(() => {
    if (text === asked.current) return;
    const timer = setTimeout(() => {
      asked.current = text;
      change.current({ q: text }, { replace: true });
    }, PAUSE);
    return () => clearTimeout(timer);
  }, [text]);
  // Back, forward, a link that clears it: what was not typed here.
  useEffect(() => {
    if ((filter.q ?? '') === asked.current) return;
    asked.current = filter.q ?? '';
    setText(asked.current);
  }, [filter.q]);

  // What was known before stays while the next is asked for.
  const known = useRef(newest);
  if (newest !== null) known.current = newest;
  const list = known.current;
  const pressing = list?.pressing ?? { warn: 0, late: 0 };
  const find = list?.finds === 'ends' ? 'findEnds' : 'find';
  return (
    <search className="deskfilters row">
      <label className="vh" htmlFor={`${id}q`}>
        {say(find)}
      </label>
      <span className="desksearch">
        <Icon name="search" />
        <input
          id={`${id}q`}
          type="search"
          value={text}
          placeholder={say(find)}
          title={say(find)}
          onChange={(event) => setText(event.target.value)}
        />
      </span>
      <label className="vh" htmlFor={`${id}p`}>
        {say('project')}
      </label>
      <select
        id={`${id}p`}
        value={filter.project ?? ''}
        onChange={(event) => onChange({ project: event.target.value })}
      >
        <option value="">{say('allProjects')}</option>
        {(list?.projects ?? []).map((project) => (
          <option key={project.id} value={project.id}>
            {`${project.title} ${counted(project.count)}`}
          </option>
        ))}
      </select>
      {(['late', 'warn'] as const).map((one) => (
        <button
          key={one}
          type="button"
          className={pressing[one] > 0 ? `btn sm deskpress ${one}` : 'btn sm deskpress'}
          aria-pressed={filter.pressing === one}
          onClick={() => onChange({ pressing: filter.pressing === one ? '' : one })}
        >
          {say(one === 'late' ? 'late' : 'soon')} <b className="num">{counted(pressing[one])}</b>
        </button>
      ))}
      <span className="grow" />
      <label htmlFor={`${id}o`}>{say('order')}</label>
      <select id={`${id}o`} value={filter.order ?? ''} onChange={(event) => onChange({ order: event.target.value })}>
        <option value="">{say('orderUrgent')}</option>
        <option value="age">{say('orderAge')}</option>
      </select>
    </search>
  );
}

/** Nobody counts further. */
function counted(n: number): string {
  return n === MOST_COUNTED ? `${n}+` : String(n);
}
