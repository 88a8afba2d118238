import { useEffect, useState } from 'react';
import type { Option } from '../../../engine/contract/routes.ts';
import { useSay } from '../texts.ts';
import { type ControlProps, controlProps, type KindOfField } from './field-kind.ts';

type Loaded = { readonly under: string; readonly options: readonly Option[] } | 'failed' | null;

/** One level of a tree (province, city, …): a native list of what the server offers under the level above. */
function Control(props: ControlProps) {
  const { store, state, services } = props;
  const { field, under } = state;
  const say = useSay();
  const [loaded, setLoaded] = useState<Loaded>(null);
  const [attempt, setAttempt] = useState(0);
  const source = field.options?.kind === 'source' ? field.options.source : null;
  const parent = field.options?.kind === 'source' && field.options.under ? store.form.field(field.options.under) : null;

  // biome-ignore lint/correctness/useExhaustiveDependencies: `attempt` asks again
  useEffect(() => {
    if (source === null || under === null || !services.options) return;
    const abort = new AbortController();
    services.options(source, { q: '', ...(under === '' ? {} : { under }) }, abort.signal).then(
      (options) => {
        if (!abort.signal.aborted) setLoaded({ under, options });
      },
      () => {
        if (!abort.signal.aborted) setLoaded('failed');
      },
    );
    return () => abort.abort();
  }, [source, under, services, attempt]);

  const options = loaded !== null && loaded !== 'failed' && loaded.under === under ? loaded.options : null;
  const value = typeof state.value === 'string' ? state.value : '';
  // A city of another province is no city of this one.
  useEffect(() => {
    if (value === '') return;
    const gone = under === null || (options !== null && !options.some((option) => option.value === value));
    if (gone) store.set(field.name, undefined);
  }, [options, under, value, store, field.name]);

  const first =
    under === null ? say('chooseFirst', { title: parent?.title ?? '' }) : field.placeholder || say('choose');
  return (
    <>
      <div className="fv-select">
        <select
          {...controlProps(props)}
          className="fv-input"
          name={field.name}
          value={value}
          onChange={(event) => {
            store.set(field.name, event.target.value === '' ? undefined : event.target.value);
            store.leave(field.name);
          }}
          onBlur={() => store.leave(field.name)}
        >
          <option value="">{options === null && under !== null && loaded !== 'failed' ? say('loading') : first}</option>
          {value !== '' && options === null && <option value={value}>{value}</option>}
          {options?.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      </div>
      {loaded === 'failed' && (
        <p className="fv-source is-doubtful" role="status">
          {say('loadFailed')}
          <button type="button" className="fv-link" onClick={() => setAttempt(attempt + 1)}>
            {say('retry')}
          </button>
        </p>
      )}
    </>
  );
}

export const cascade: KindOfField = { kind: 'cascade', frame: 'label', Control };
