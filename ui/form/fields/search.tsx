import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import type { Option } from '../../../engine/contract/routes.ts';
import { Icon } from '../icons.tsx';
import { useSay } from '../texts.ts';
import { type ControlProps, controlProps, type KindOfField } from './field-kind.ts';

type Found = { readonly q: string; readonly options: readonly Option[] } | 'failed' | null;

/**
 * A list too long to show: type a part, choose one. An editable combobox with list autocompletion (ARIA 1.2). Only what
 * was chosen from the list is a value; what is only typed is told to be none when the field is left.
 */
function Control(props: ControlProps) {
  const { store, state, services } = props;
  const { field } = state;
  const say = useSay();
  const value = typeof state.value === 'string' ? state.value : '';
  const [query, setQuery] = useState<string | null>(null);
  const [found, setFound] = useState<Found>(null);
  const [at, setAt] = useState(-1);
  const list = useId();
  const closing = useRef<number | undefined>(undefined);
  const source = field.options?.kind === 'source' ? field.options.source : null;
  const q = query?.trim() ?? '';
  const under = state.under ?? '';

  useEffect(() => {
    if (source === null || q === '' || !services.options) {
      setFound(null);
      return;
    }
    const abort = new AbortController();
    // Typing faster than this asks once.
    const timer = setTimeout(() => {
      services.options?.(source, { q, ...(under === '' ? {} : { under }) }, abort.signal).then(
        (options) => {
          if (abort.signal.aborted) return;
          setFound({ q, options });
          setAt(options.length > 0 ? 0 : -1);
        },
        () => {
          if (!abort.signal.aborted) setFound('failed');
        },
      );
    }, 180);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [source, q, under, services]);
  useEffect(() => () => clearTimeout(closing.current), []);

  const options = found !== null && found !== 'failed' ? found.options : [];
  const open = query !== null && q !== '';
  const choose = (option: Option) => {
    store.set(field.name, option.value);
    store.complain(field.name, null);
    store.leave(field.name);
    setQuery(null);
    setFound(null);
  };
  const leave = () => {
    closing.current = window.setTimeout(() => {
      if (q !== '' && q !== value) store.complain(field.name, say('notChosen', { q }));
      setFound(null);
      if (q === '' || q === value) setQuery(null);
      store.leave(field.name);
      if (q !== '' && q !== value) store.complain(field.name, say('notChosen', { q }));
    }, 0);
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && open) {
      event.preventDefault();
      setQuery(null);
    } else if (event.key === 'Enter' && open) {
      event.preventDefault();
      const option = options[at];
      if (option) choose(option);
    } else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && options.length > 0) {
      event.preventDefault();
      setAt((at + (event.key === 'ArrowDown' ? 1 : options.length - 1)) % options.length);
    }
  };

  return (
    <div className="fv-combo">
      <div className="fv-with">
        <input
          {...controlProps(props)}
          className="fv-input"
          type="text"
          name={field.name}
          role="combobox"
          aria-expanded={open && options.length > 0}
          aria-controls={list}
          aria-autocomplete="list"
          aria-activedescendant={open && at >= 0 && options.length > 0 ? `${list}-${at}` : undefined}
          autoComplete="off"
          spellCheck={false}
          value={query ?? value}
          placeholder={field.placeholder || undefined}
          onChange={(event) => {
            setQuery(event.target.value);
            if (value !== '') store.set(field.name, undefined);
          }}
          onKeyDown={keys}
          onFocus={(event) => event.target.select()}
          onBlur={leave}
        />
        <span className="fv-affix">
          <Icon name="search" />
        </span>
      </div>
      <div
        className="fv-options"
        role="listbox"
        id={list}
        aria-label={field.title}
        hidden={!open || options.length === 0}
      >
        {options.map((option, i) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the input's (aria-activedescendant)
          <div
            key={option.value}
            id={`${list}-${i}`}
            role="option"
            tabIndex={-1}
            aria-selected={i === at}
            // Keeps the focus in the input, so that choosing is not leaving.
            onMouseDown={(event) => event.preventDefault()}
            onMouseEnter={() => setAt(i)}
            onClick={() => choose(option)}
          >
            {option.label}
            {option.hint && <small>{option.hint}</small>}
          </div>
        ))}
      </div>
      <p className={open && options.length === 0 ? 'fv-source is-plain' : 'fv-hidden'} role="status">
        {open && status(found, q, say)}
      </p>
    </div>
  );
}

function status(found: Found, q: string, say: ReturnType<typeof useSay>): string {
  if (found === 'failed') return say('loadFailed');
  if (found === null || found.q !== q) return say('searching');
  return found.options.length === 0 ? say('searchNone', { q }) : say('searchCount', { n: found.options.length });
}

export const search: KindOfField = { kind: 'search', frame: 'label', Control };
